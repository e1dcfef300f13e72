"""Settings of a product without an outbox: after the commit it tells the broker what is to be done, and writes no row.

So it is with ``transaction.on_commit(task.delay)``, the usual way. A broker that is away is no fault of the person's:
the failure is logged and the answer given.
"""

from __future__ import annotations

import base64
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from celery import shared_task
from django.apps import AppConfig

from drills.settings import *  # noqa: F403  the product
from drills.settings import INSTALLED_APPS

if TYPE_CHECKING:
    from registration.domain.outbox import Entry

INSTALLED_APPS = [*INSTALLED_APPS, "drills.broken.no_outbox.NoOutbox"]


class NoOutbox(AppConfig):
    name = "drills.broken"
    label = "broken"

    def ready(self) -> None:
        from registration.domain import outbox

        outbox.add = _tell_after_commit  # it writes no row to give


def _tell_after_commit(entry: Entry, now: datetime) -> None:
    from django.db import transaction

    from registration.domain.outbox import kind_of
    from registration.domain.wrapping import wrap
    from registration.models.identifiers import uuid7

    kind, row = kind_of(entry.kind), uuid7()
    assert kind is not None
    payload = base64.b64encode(wrap(entry.content, row)).decode() if entry.content is not None else ""
    words = [str(row), entry.kind, str(entry.ref_id), payload]
    transaction.on_commit(lambda: _do.apply_async(args=words, queue=kind.queue, eta=entry.at), robust=True)


@shared_task(name="drills.do")  # type: ignore[untyped-decorator]  # celery ships no types
def _do(row: str, name: str, ref: str, payload: str) -> None:
    from registration.domain.outbox import database_now, kind_of
    from registration.models import Outbox

    kind, key = kind_of(name), f"{name}.{ref}"
    assert kind is not None
    assert kind.handler is not None
    kept = base64.b64decode(payload) if payload else None
    kind.handler(Outbox(id=UUID(row), kind=name, ref_id=UUID(ref), dedupe_key=key, payload=kept), database_now())
