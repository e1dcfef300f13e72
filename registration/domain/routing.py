"""What a person is offered first. The state's own online registration comes before paper, with equal weight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from state_rules import Election, Jurisdiction, Way, form_needs, ways
from state_rules.jurisdiction import Acceptance

#: What the NVRA form does there: registers, only asks for the state's own form, or nothing.
PaperForm = Literal["registers", "request_only", "none"]


@dataclass(frozen=True, slots=True)
class Route:
    """The ways to register for one election, those still open first.

    ``ways``: every way that exists there, open ones first, each group in the order online, mail, in person.
    ``paper_form``: what the NVRA form does there; it can be made whatever the day, since it serves later elections.
    ``instead``: why there is no form to make ("refused", "no_registration", "not_covered"), or "".
    """

    ways: tuple[Way, ...]
    paper_form: PaperForm
    acceptance: Acceptance
    online_url: str = ""

    @property
    def open(self) -> tuple[Way, ...]:
        return tuple(way for way in self.ways if way.is_open)

    @property
    def closed(self) -> tuple[Way, ...]:
        return tuple(way for way in self.ways if way.standing == "closed")

    @property
    def first(self) -> Way | None:
        """The way to show first, or None where none is open."""
        return self.open[0] if self.open else None

    @property
    def makes_form(self) -> bool:
        return self.paper_form != "none"

    @property
    def instead(self) -> str:
        return "" if self.makes_form else self.acceptance


def route(jurisdiction: Jurisdiction, election: Election, on: date) -> Route:
    """The ways for ``election`` as they stand on ``on``. Raises LookupError before the data begins."""
    needs = form_needs(jurisdiction, on)
    found = ways(jurisdiction, election, on)
    if needs.acceptance == "no_registration":
        found = ()
    ordered = sorted((way for way in found if way.standing != "none"), key=lambda way: not way.is_open)
    made: dict[Acceptance, PaperForm] = {"registers": "registers", "request_only": "request_only"}
    return Route(
        ways=tuple(ordered),
        paper_form=made.get(needs.acceptance, "none"),
        acceptance=needs.acceptance,
        online_url=needs.online.value.url if needs.online.value.available else "",
    )
