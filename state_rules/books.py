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


def _latest(due: Due) -> date:
    """The last day of all that is left; Election Day where no day is stated, since it is not known to be closed."""
    ends = [due.last_day_to_act, *(each.latest for each in due.dates)]
    return max((day for day in ends if day), default=due.election.day)


def _regular(due: Due) -> date:
    return due.ordinary_last_day_to_act or due.election.day


@lru_cache(maxsize=4096)
def books(jurisdiction: Jurisdiction, election: Election) -> Books:
    """When the books close for ``election``. Raises LookupError before the data begins."""
    dues = [due_dates(jurisdiction, election, channel, election.day) for channel in CHANNELS]
    offered = [due for due in dues if due.available]
    if not offered:
        return Books(None, None, (), "low")
    for_president = [due for due in offered if due.version.value.last_chance_scope == "president_only"]
    last = max(offered, key=lambda due: _regular(due) if due in for_president else _latest(due))
    last_day = _regular(last) if last in for_president else _latest(last)
    president = max((_latest(due) for due in for_president), default=None)
    return Books(
        last_day,
        president if president and president > last_day else None,
        last.version.sources,
        last.version.confidence,
    )
