"""The hours in which nobody is disturbed, where the person lives."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

FIRST, LAST = time(9), time(20)


def wake_up(now: datetime, zone: str) -> datetime | None:
    """When reminders may be sent again, in UTC; None where they may be now: from 9:00 until before 20:00 there."""
    here = ZoneInfo(zone)
    local = now.astimezone(here)
    if FIRST <= local.time() < LAST:
        return None
    day = local.date() if local.time() < FIRST else local.date() + timedelta(days=1)
    return datetime.combine(day, FIRST, here).astimezone(UTC)
