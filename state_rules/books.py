"""The day on which registration for an election ends: when the books close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from state_rules.dated import Confidence, Source
from state_rules.deadlines import Due, due_dates
from state_rules.elections import Election
from state_rules.jurisdiction import Jurisdiction
from state_rules.qualifications import CHANNELS


@dataclass(frozen=True, slots=True)
class Books:
    """``last_day``: the last day on which one can still register in some way for a full ballot; None where there is no
    way at all. ``president_last_day``: the same for a vote for president alone, where that day is later."""

    last_day: date | None
    president_last_day: date | None
    sources: tuple[Source, ...]
    confidence: Confidence


def _full(due: Due) -> date:
    """The last day of registering for a full ballot."""
    if due.version.value.last_chance_scope == "president_only":
        return due.ordinary_last_day_to_act or due.election.day
    return due.end


@lru_cache(maxsize=4096)
def books(jurisdiction: Jurisdiction, election: Election) -> Books:
    """When the books close for ``election``. Raises LookupError before the data begins."""
    dues = [due_dates(jurisdiction, election, channel, election.day) for channel in CHANNELS]
    offered = [due for due in dues if due.available]
    if not offered:
        return Books(None, None, (), "low")
    last = max(offered, key=_full)
    last_day = _full(last)
    for_president = (due.end for due in offered if due.version.value.last_chance_scope == "president_only")
    president = max(for_president, default=None)
    return Books(
        last_day,
        president if president and president > last_day else None,
        last.version.sources,
        last.version.confidence,
    )
