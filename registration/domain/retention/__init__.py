"""What is kept, for how long, and the forgetting."""

from __future__ import annotations

from datetime import datetime

from registration.domain.retention.counted import Why, note, totals
from registration.domain.retention.lengths import BACKUPS, BadLength, Length, check_lengths, lasts, length_of
from registration.domain.retention.schedule import (
    EVERY,
    LATE,
    SCHEDULE,
    STAYS,
    Kept,
    forget_all,
    forget_kind,
    last_run,
    late,
    work,
)

__all__ = [
    "BACKUPS",
    "EVERY",
    "LATE",
    "SCHEDULE",
    "STAYS",
    "BadLength",
    "Kept",
    "Length",
    "Why",
    "check_lengths",
    "forget_all",
    "forget_contacts",
    "forget_expired",
    "forget_invitations",
    "forget_kind",
    "forget_sessions",
    "forget_webhooks",
    "last_run",
    "lasts",
    "late",
    "length_of",
    "note",
    "totals",
    "work",
]


def forget_expired(now: datetime, *, limit: int = 1000) -> int:
    """Delete sealed answers whose time is over, at most ``limit``; how many."""
    return forget_kind("sealed_answers", now, limit=limit)


def forget_contacts(now: datetime, *, limit: int = 1000) -> int:
    """Delete contacts whose time is over, at most ``limit``; how many."""
    return forget_kind("contacts", now, limit=limit)


def forget_webhooks(now: datetime, *, limit: int = 1000) -> int:
    """Delete old webhook messages with the log of their deliveries, and endpoints removed so long ago; how many."""
    return forget_kind("webhooks", now, limit=limit) + forget_kind("endpoints", now, limit=limit)


def forget_sessions(now: datetime, *, limit: int = 1000) -> int:
    """Delete the dashboard's sessions that are over, and from where they came; how many."""
    return forget_kind("sessions", now, limit=limit)


def forget_invitations(now: datetime, *, limit: int = 1000) -> int:
    """Delete invitations, and with them the address, some time after they were taken, withdrawn or ran out."""
    return forget_kind("invitations", now, limit=limit)
