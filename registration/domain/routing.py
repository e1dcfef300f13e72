"""What a person is offered first. The state's own online registration comes before paper, with equal weight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from state_rules import Channel, Election, Jurisdiction, Way, form_needs, target_election, upcoming, ways
from state_rules.jurisdiction import Acceptance

#: How many coming elections are looked at for the one that a form was made for.
ELECTIONS_AHEAD = 8
#: What the NVRA form does there: registers, only asks for the state's own form, or nothing.
PaperForm = Literal["registers", "request_only", "none"]


@dataclass(frozen=True, slots=True)
class Route:
    """The ways to register for one election, those still open first.

    ``ways``: every way that exists there, open ones first, each group in the order online, mail, in person, on the
    visit of voting. Of the last two, which are one office and one door, only the one that matters now.
    ``off``: those that are open by law and switched off for now.
    ``paper_form``: what the NVRA form does there; it can be made whatever the day, since it serves later elections.
    ``acceptance``: why there is no form to make where there is none ("refused", "no_registration", "not_covered").
    """

    ways: tuple[Way, ...]
    paper_form: PaperForm
    acceptance: Acceptance
    online_url: str = ""

    @property
    def open(self) -> tuple[Way, ...]:
        return tuple(way for way in self.ways if way.is_open)

    @property
    def off(self) -> tuple[Way, ...]:
        return tuple(way for way in self.ways if way.standing == "off")

    @property
    def closed(self) -> tuple[Way, ...]:
        return tuple(way for way in self.ways if way.standing == "closed")


def route(jurisdiction: Jurisdiction, election: Election, on: date, off: frozenset[Channel] = frozenset()) -> Route:
    """The ways for ``election`` as they stand on ``on``; those in ``off`` are switched off for now.

    Raises LookupError before the data begins.
    """
    needs = form_needs(jurisdiction, on)
    found = ways(jurisdiction, election, on, off)
    if needs.acceptance == "no_registration":
        found = ()
    ordered = sorted(_that_matter(found), key=lambda way: not way.is_open)
    made: dict[Acceptance, PaperForm] = {"registers": "registers", "request_only": "request_only"}
    return Route(
        ways=tuple(ordered),
        paper_form=made.get(needs.acceptance, "none"),
        acceptance=needs.acceptance,
        online_url=needs.online.value.url if needs.online.value.available else "",
    )


def at_the_office(found: tuple[Way, ...]) -> Way:
    """Registering in person, or on the visit of voting where only that is left; be it switched off for now.

    ``found``: all ways, as ``state_rules.ways`` gives them.
    """
    by_name = {way.name: way for way in found}
    left = {name for name, way in by_name.items() if way.is_open or way.standing == "off"}
    return by_name["same_day" if "same_day" in left and "in_person" not in left else "in_person"]


def _that_matter(found: tuple[Way, ...]) -> list[Way]:
    """The ways that exist, and registering in person once, not twice."""
    if not found:
        return []
    kept = at_the_office(found)
    return [way for way in found if way.standing != "none" and (way is kept or way.channel != kept.channel)]


def election_in_view(jurisdiction: Jurisdiction, day: date, on: date) -> Election:
    """The election of ``day`` that a form was made for; once it is over, the one to aim for now."""
    same = (election for election in upcoming(jurisdiction.code, on, ELECTIONS_AHEAD) if election.day == day)
    return next(same, None) or target_election(jurisdiction, on)
