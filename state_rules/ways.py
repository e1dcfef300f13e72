"""The ways to register that are open on a day, and the election to aim for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from state_rules.deadlines import Due, DueDate, due_dates
from state_rules.elections import Election, next_general, upcoming
from state_rules.form_needs import rule_on
from state_rules.jurisdiction import Jurisdiction
from state_rules.qualifications import CHANNELS, Channel

Standing = Literal["open", "last_chance", "off", "closed", "none"]

#: How many election days ahead are looked at before the next general is named.
_HORIZON = 8


@dataclass(frozen=True, slots=True)
class Way:
    """One way to register for one election.

    ``standing``: "open"; "last_chance" (the regular close has passed, a later chance is left); "off" (open by law, but
    nobody is sent there now); "closed"; "none" (there is no such way there). Where a local official sets the day
    within a range, a way stands "open" to the end of it. ``own_form_only``: mail is open to the jurisdiction's own
    form, not to the NVRA form.
    """

    channel: Channel
    standing: Standing
    due: Due
    own_form_only: bool = False

    @property
    def is_open(self) -> bool:
        return self.standing in ("open", "last_chance")


def _end(day: date | None, dates: tuple[DueDate, ...]) -> date | None:
    """``day``, later where a local official may keep the way open longer: until then it is not known to be closed."""
    latest = [due.latest for due in dates if due.latest]
    return max([day, *latest]) if day else None


def _standing(due: Due, on: date) -> Standing:
    if not due.available:
        return "none"
    last = _end(due.last_day_to_act, due.dates)
    ordinary = _end(due.ordinary_last_day_to_act, due.ordinary or due.dates)
    if on > (last or due.election.day):
        return "closed"
    if ordinary is not None and on > ordinary:
        return "last_chance"
    return "open"


def ways(
    jurisdiction: Jurisdiction, election: Election, on: date, off: frozenset[Channel] = frozenset()
) -> tuple[Way, ...]:
    """Online, mail and in person, in this order, as they stand on ``on``. ``off``: those that are switched off."""
    form = rule_on(jurisdiction.nvra_form, on).value
    found = []
    for channel in CHANNELS:
        due = due_dates(jurisdiction, election, channel, on)
        own_form_only = channel == "mail" and due.available and form.acceptance != "registers"
        way = Way(channel, _standing(due, on), due, own_form_only)
        found.append(replace(way, standing="off") if way.is_open and channel in off else way)
    return tuple(found)


def target_election(jurisdiction: Jurisdiction, on: date) -> Election:
    """The first coming election for which some way is still open; where there is none, the next general.

    Where one cannot register in any way, it is the next election.
    """
    for election in upcoming(jurisdiction.code, on, _HORIZON):
        found = ways(jurisdiction, election, on)
        if any(way.is_open for way in found) or all(way.standing == "none" for way in found):
            return election
    return next_general(jurisdiction.code, on)
