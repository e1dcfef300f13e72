"""Settings of a product whose workers hold nothing: whoever hears of a row that is not over does it, and ends it.

So it is with a task that looks whether its work is done, does it, and writes down that it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import AppConfig

from drills.settings import *  # noqa: F403  the product
from drills.settings import INSTALLED_APPS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from registration.domain.outbox.queue import Held
    from registration.models import Outbox

INSTALLED_APPS = [*INSTALLED_APPS, "drills.broken.no_lease.NoLease"]


class NoLease(AppConfig):
    name = "drills.broken"
    label = "broken"

    def ready(self) -> None:
        from registration.domain.outbox import queue, working

        working.claim = _look  # type: ignore[attr-defined]  # a name that it imports
        queue._held = _row_of


def _look(row_id: UUID, now: datetime) -> Held | None:
    from registration.domain.outbox import waiting
    from registration.domain.outbox.queue import Held

    row = waiting().select_related("partner").filter(id=row_id, available_at__lte=now).first()
    return Held(row, row.lease) if row else None


def _row_of(held: Held) -> QuerySet[Outbox]:
    from registration.models import Outbox

    return Outbox.objects.filter(pk=held.row.pk)
