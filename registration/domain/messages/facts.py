"""What a message is about, from the rules as they stand on the day on which it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from registration import phrases
from registration.domain import rules
from registration.domain.documents import cover_sheet
from registration.domain.routing import election_in_view
from registration.pdf.content import Language
from registration.phrases import deadlines
from registration.phrases.letters import About
from state_rules import Due, Election, FormNeeds, Jurisdiction, due_dates, form_needs, target_election

LONGEST_NAME = 14


@dataclass(frozen=True, slots=True)
class Facts:
    """The rules of one place for one election, on one day there."""

    jurisdiction: Jurisdiction
    needs: FormNeeds
    election: Election
    due: Due
    on: date

    @property
    def is_past(self) -> bool:
        """Whether nothing can be mailed for that election any more."""
        return self.election.day < self.on or deadlines.is_past(self.due, self.on)


def facts(code: str, election_day: date | None, on: date) -> Facts:
    """Of the election of ``election_day``, be it over; of the next one, where none is given. Raises KeyError."""
    jurisdiction = rules.current(code, on)
    if election_day is None:
        election = target_election(jurisdiction, on)
    else:
        election = election_in_view(jurisdiction, election_day, min(on, election_day))
    return Facts(
        jurisdiction, form_needs(jurisdiction, on), election, due_dates(jurisdiction, election, "mail", on), on
    )


def _short(name: str, code: str) -> str:
    """A name for a text message: the two letters of the post where it is long."""
    return name if len(name) <= LONGEST_NAME else code


def in_words(found: Facts, language: Language) -> About:
    """In ``language``, which is the active one."""
    cover = cover_sheet(found.jurisdiction, found.election, language, found.on)
    requested = found.needs.acceptance == "request_only"
    is_sure = found.due.version.confidence == "high" and not phrases.election_doubt(found.election)
    last = phrases.mailing_day(found.due, found.on) if is_sure and not requested else None
    return About(
        state=phrases.in_sentence(found.jurisdiction),
        place=_short(phrases.jurisdiction_name(found.jurisdiction), found.jurisdiction.code),
        election=phrases.election_name(found.election),
        election_day=phrases.day(found.election.day),
        mail_by=cover.mail_by,
        mail_on=phrases.plain_day(last) if last else "",
        is_late=not requested and phrases.mail_is_late(found.due, found.on),
        mail_to=cover.mail_to,
        hint=cover.mail_to_hint,
        doubt=cover.uncertain,
        request_only=cover.request_only,
        office=cover.contact,
        status_page=found.needs.pages.value.status,
    )
