"""The ways to register that are open on a day, and the election to aim for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from state_rules.deadlines import Due, due_dates
from state_rules.elections import Election, next_general, upcoming
from state_rules.form_needs import FormNeeds, form_needs, rule_on
from state_rules.jurisdiction import IdKind, Jurisdiction, Need
from state_rules.practice import SameDay
from state_rules.qualifications import CHANNELS, Channel

WayName = Literal["online", "mail", "in_person", "same_day"]
#: "last_chance": the regular close has passed, a later chance is left. "later": it begins when the regular close has
#: passed. "off": the operator sends nobody there for now. "none": there is no such way.
Standing = Literal["open", "last_chance", "later", "closed", "off", "none"]
#: What a person needs for a way, beside what the state's own site asks for.
WayNeed = Literal[
    Need, "own_form", "ink_signature", "first_time_id", "citizenship_documents", "listed_proof", "licence_and_ssn4"
]

#: How many election days ahead are looked at before the next general is named.
_HORIZON = 8
_NUMBERS: dict[IdKind, tuple[WayNeed, ...]] = {
    "licence_or_ssn4": ("licence_or_ssn4",),
    "licence_and_ssn4": ("licence_and_ssn4",),
    "full_ssn": ("ssn",),
    "ssn4_or_full_ssn": ("ssn4",),
    "not_asked": (),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to register for one election.

    ``name`` is the way, ``channel`` the deadline that governs it: registering on the day one votes is governed by the
    last chance in person. Where a local official sets the day within a range, a way stands "open" to the end of it.
    ``needs``: what to bring or have, as machine words. ``instead``: where this one is not open, the ways that are, the
    best first. ``own_form_only``: mail is open to the jurisdiction's own form, not to the NVRA form.
    ``takes_last_chance``: what is left after the regular close belongs to this way, and not to the visit of voting.
    """

    name: WayName
    channel: Channel
    standing: Standing
    due: Due
    needs: tuple[WayNeed, ...] = ()
    instead: tuple[WayName, ...] = ()
    own_form_only: bool = False
    takes_last_chance: bool = True

    @property
    def is_open(self) -> bool:
        return self.standing in ("open", "last_chance")

    @property
    def last_day(self) -> date | None:
        """The last day on which one can still act this way; None where no day is stated or there is no such way."""
        if self.standing == "none":
            return None
        if self.name == "same_day" or (self.takes_last_chance and self.standing in ("last_chance", "closed")):
            return self.due.last_day_to_act
        return self.due.ordinary_last_day_to_act


def _standing(due: Due, on: date, *, last_chance: bool) -> Standing:
    """``last_chance``: whether what is left after the regular close belongs to this way."""
    if not due.available:
        return "none"
    if on > due.end:
        return "closed"
    ordinary = due.ordinary_end
    if ordinary is None or on <= ordinary:
        return "open"
    return "last_chance" if last_chance else "closed"


def same_day_for(rule: SameDay, election: Election) -> bool:
    """Whether one can register on the visit on which one votes in ``election``, by a state's rule."""
    if rule.scope == "none" or (rule.elections and election.kind not in rule.elections):
        return False
    return rule.scope == "all" or election.is_presidential_general


def _same_day(due: Due, on: date) -> Standing:
    if not due.available:
        return "none"
    if on > due.end:
        return "closed"
    begins_after = due.ordinary_end if due.ordinary else None
    if on == due.election.day or (begins_after and on > begins_after):
        return "last_chance"
    return "later"


def _needs(name: WayName, needs: FormNeeds) -> tuple[WayNeed, ...]:
    if name == "online":
        return needs.online.value.needs
    documents: tuple[WayNeed, ...] = ()
    if needs.citizenship_proof.value.documents != "none":
        documents = ("citizenship_documents",)
    if name == "same_day":
        return ("listed_proof", *documents)
    numbers = _NUMBERS[needs.id_number.value.kind]
    if name == "in_person":
        return (*numbers, *documents)
    form: tuple[WayNeed, ...] = () if needs.acceptance == "registers" else ("own_form",)
    first_time: tuple[WayNeed, ...] = ("first_time_id",) if needs.first_time_mail_id.value.applies else ()
    return (*form, *numbers, "ink_signature", *first_time, *documents)


#: The order in which a closed way is replaced by an open one: the surest and quickest first.
_PREFERENCE: tuple[WayName, ...] = ("online", "in_person", "same_day", "mail")


def ways(
    jurisdiction: Jurisdiction, election: Election, on: date, off: Collection[Channel] = frozenset()
) -> tuple[Way, ...]:
    """Online, mail, in person and on the day of voting, in this order, as they stand on ``on``.

    ``off``: channels to which the operator sends nobody for now. Raises LookupError before the data begins.
    """
    needs = form_needs(jurisdiction, on)
    same_day = same_day_for(rule_on(jurisdiction.same_day, max(election.day, on)).value, election)
    found: list[Way] = []
    for channel in CHANNELS:
        due = due_dates(jurisdiction, election, channel, on)
        last_chance = channel != "in_person" or not same_day
        standing = _standing(due, on, last_chance=last_chance)
        own_form_only = channel == "mail" and due.available and needs.acceptance != "registers"
        found.append(Way(channel, channel, standing, due, _needs(channel, needs), (), own_form_only, last_chance))
    last = found[-1].due
    found.append(
        Way("same_day", "in_person", _same_day(last, on) if same_day else "none", last, _needs("same_day", needs))
    )
    if off:
        found = [replace(way, standing="off") if way.channel in off and way.is_open else way for way in found]
    return _with_fallbacks(found)


def _with_fallbacks(found: list[Way]) -> tuple[Way, ...]:
    if all(way.is_open or way.standing in ("none", "later") for way in found):
        return tuple(found)
    open_now = {way.name for way in found if way.is_open}
    instead = tuple(name for name in _PREFERENCE if name in open_now)
    return tuple(replace(way, instead=instead) if way.standing in ("closed", "off") else way for way in found)


def target_election(jurisdiction: Jurisdiction, on: date) -> Election:
    """The first coming election for which some way is still open; where there is none, the next general.

    Where one cannot register in any way, it is the next election.
    """
    for election in upcoming(jurisdiction.code, on, _HORIZON):
        found = ways(jurisdiction, election, on)
        if any(way.is_open for way in found) or all(way.standing == "none" for way in found):
            return election
    return next_general(jurisdiction.code, on)
