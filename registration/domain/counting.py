"""How often something happened on a day: numbers by state, door and campaign, and nothing of any person."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import Error, connection, transaction

from registration.models import DailyCount, Partner

logger = logging.getLogger(__name__)
Kind = DailyCount.Kind
#: What a partner's tracking words may be made of. No space and no @: a name or an address is not to fit by accident.
WORD = re.compile(r"[A-Za-z0-9._~-]{1,60}", re.ASCII)
#: Different campaigns that are kept apart for a partner on a day; whatever comes after them is counted as "other".
CAMPAIGNS_A_DAY = 200
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Tracking:
    """Where a partner says that the person came from: ``source``, ``medium`` and ``campaign`` (utm), each may be ""."""

    source: str = ""
    medium: str = ""
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """What is counted with each happening."""

    partner: Partner
    channel: str
    jurisdiction: str = ""
    language: str = ""
    tracking: Tracking = Tracking()


def tracking(source: str = "", medium: str = "", campaign: str = "") -> Tracking:
    """The words that may be kept; "" for any that is longer, or holds anything but letters, digits and . _ ~ -"""
    return Tracking(*(word if WORD.fullmatch(word) else "" for word in (source, medium, campaign)))


def count(visit: Visit, kind: DailyCount.Kind, now: datetime, step: str = "") -> None:
    """Add one. A count that fails is logged and lost: it must never reach the person."""
    count_each(visit, (kind,), now, step)


def count_each(visit: Visit, kinds: Sequence[DailyCount.Kind], now: datetime, step: str = "") -> None:
    """Add one to each of ``kinds``, at once.

    Raises Error only where the transaction around it is lost with the count, as with the connection: swallowed, it
    would be rolled back without a word, and what it stored be taken for stored.
    """
    try:
        with transaction.atomic():
            _add(visit, kinds, now, step)
    except Error:
        logger.exception("a count was lost")
        if connection.in_atomic_block and _is_lost():
            raise


def _is_lost() -> bool:
    """Whether the transaction can do nothing any more. Asked of the database itself: a savepoint may have been lost in
    ways of which Django knows nothing."""
    if connection.needs_rollback:
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return True
    return False


def _add(visit: Visit, kinds: Sequence[DailyCount.Kind], now: datetime, step: str) -> None:
    day = now.astimezone(UTC).date()
    of_day = DailyCount.objects.filter(partner=visit.partner, day=day)
    words = visit.tracking
    if words != Tracking() and not of_day.filter(**_words(words)).exists():
        campaigns = of_day.exclude(**_words(Tracking())).values("source", "medium", "campaign").distinct()
        if campaigns.count() >= CAMPAIGNS_A_DAY:
            words = Tracking(OTHER, OTHER, OTHER)
    values: dict[str, Any] = {
        "partner_id": visit.partner.pk,
        "day": day,
        "jurisdiction": visit.jurisdiction,
        "channel": str(visit.channel),
        "language": visit.language,
        "step": step,
        **_words(words),
    }
    # One statement, so that nothing is counted twice or not at all, however many come at once.
    with connection.cursor() as cursor:
        rows = [value for kind in kinds for value in (str(kind), *values.values())]
        cursor.execute(_upsert(("kind", *values), len(kinds)), rows)


@lru_cache(maxsize=8)
def _upsert(columns: tuple[str, ...], rows: int) -> str:
    table = connection.ops.quote_name(DailyCount._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, columns))
    places = ", ".join(["%s"] * len(columns))
    all_rows = ", ".join([f"({places}, 1)"] * rows)
    return (
        f"INSERT INTO {table} ({names}, count) VALUES {all_rows} "  # noqa: S608  our own names
        f"ON CONFLICT ({names}) DO UPDATE SET count = {table}.count + 1"
    )


def _words(words: Tracking) -> dict[str, str]:
    return {"source": words.source, "medium": words.medium, "campaign": words.campaign}
