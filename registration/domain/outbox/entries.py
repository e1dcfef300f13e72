"""Writing down what is to be done, in the transaction of what it follows from."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Least, Now

from registration.domain.outbox.kinds import Queue, kind_of
from registration.domain.wrapping import wrap
from registration.models import Outbox, Partner
from registration.models.identifiers import uuid7

#: Set when there is something to do at once. The relay's loops in this process wait for them, one for each queue.
_woken: dict[str, threading.Event] = {}
CHANNEL = "outbox"


def woken_for(queue: Queue) -> threading.Event:
    return _woken.setdefault(queue, threading.Event())


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """``kind`` about ``ref_id``, from ``at`` on (None: at once), no longer than ``until`` (None: what its kind says).

    ``content`` is wrapped, and erased when it is done.
    """

    kind: str
    ref_id: UUID
    partner: Partner | None = None
    content: dict[str, str] | None = None
    at: datetime | None = None
    until: datetime | None = None


def add(entry: Entry, now: datetime) -> Outbox | None:
    """Write an entry; None where that kind about that thing was written before. The caller holds the transaction.

    Raises LookupError for an unknown kind.
    """
    kind = kind_of(entry.kind)
    if kind is None:
        raise LookupError(entry.kind)
    key = f"{entry.kind}.{entry.ref_id}"
    if Outbox.objects.filter(dedupe_key=key).exists():
        return None
    row = Outbox(
        id=uuid7(),
        kind=entry.kind,
        ref_id=entry.ref_id,
        dedupe_key=key,
        partner=entry.partner,
        created_at=now,
        useful_until=entry.until or (entry.at or now) + kind.lasts,
    )
    if entry.content is not None:
        row.payload = wrap(entry.content, row.pk)
    # What is due at once is due by the database's clock, too, however wrong the one of this process is.
    row.available_at = entry.at or Least(Value(now, output_field=DateTimeField()), Now())
    row.save(force_insert=True)
    if entry.at is None:
        _wake(kind.queue)
    return row


def _wake(queue: Queue) -> None:
    """Tell the relays, once this is committed."""
    transaction.on_commit(woken_for(queue).set)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")
