"""The numbers that prove the forgetting: how many of a kind went on a day, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import F, Q, Sum

from registration.models import Forgotten

Why = Forgotten.Why
LATELY = timedelta(days=30)


def note(kind: str, why: Forgotten.Why, count: int, now: datetime) -> None:
    """Add to the number of the day, in the caller's transaction: what is counted is gone, what is gone is counted."""
    if not count:
        return
    day = now.astimezone(UTC).date()
    row, made = Forgotten.objects.get_or_create(day=day, kind=kind, why=why, defaults={"count": count})
    if not made:
        Forgotten.objects.filter(pk=row.pk).update(count=F("count") + count)


def totals(now: datetime) -> dict[tuple[str, str], tuple[int, int]]:
    """(how many of the last thirty days, how many ever) by (kind, why)."""
    since = (now - LATELY).astimezone(UTC).date()
    sums = Forgotten.objects.values_list("kind", "why").annotate(
        ever=Sum("count"), lately=Sum("count", filter=Q(day__gt=since), default=0)
    )
    return {(kind, why): (lately, ever) for kind, why, ever, lately in sums}
