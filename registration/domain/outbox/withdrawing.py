"""Ending what waits about something that its owner wants no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from registration.domain.outbox.queue import waiting
from registration.models import Outbox

WITHDRAWN = "withdrawn"


def withdraw(refs: Iterable[UUID], now: datetime) -> int:
    """End the rows about ``refs`` and erase what all of them carry; how many waited.

    Whoever works on one of them comes too late. The caller holds the transaction.
    """
    refs = list(refs)
    over = {"done_at": now, "outcome": WITHDRAWN, "payload": None, "lease_until": None, "queued_until": None}
    ended = waiting().filter(ref_id__in=refs).update(**over)
    Outbox.objects.filter(ref_id__in=refs, payload__isnull=False).update(payload=None)
    return ended
