"""By when a voter must have chosen or changed party to vote in a party's primary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from state_rules.ages import months_before
from state_rules.dated import Version
from state_rules.elections import Election
from state_rules.form_needs import rule_on
from state_rules.jurisdiction import Jurisdiction
from state_rules.practice import PartyChange, Primary


@dataclass(frozen=True, slots=True)
class PartyDate:
    """``whom`` must have changed party by the day ``by``. ``blocked``: after it no change is taken until the primary is
    over."""

    whom: Literal["switchers", "changes", "everyone"]
    by: date
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class PartyDates:
    """Who may vote in a party's primary (``version.value.kind``), and the days by which to belong to it."""

    dates: tuple[PartyDate, ...]
    version: Version[Primary]


def party_dates(jurisdiction: Jurisdiction, primary: Election) -> PartyDates:
    """The days for one primary, under the rule in force on its day. Raises LookupError before the data begins."""
    version = rule_on(jurisdiction.primary, primary.day)
    dates = tuple(PartyDate(each.whom, _by(each, primary.day), each.blocked) for each in version.value.change)
    return PartyDates(dates, version)


def _by(change: PartyChange, primary: date) -> date:
    if change.month is not None and change.day is not None:
        return date(primary.year - change.years_before, change.month, change.day)
    if change.months_before is not None:
        return months_before(primary, change.months_before)
    return primary - timedelta(days=change.days_before or 0)
