"""From answers and rules to the pages: the cover sheet that everyone of a state shares, and one person's boxes."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import translation

from registration import pdf, phrases
from registration.applicant import Address, Applicant, Helper, IdNumber, Name
from registration.domain.routing import route
from registration.pdf.content import CoverSheet, Language, Note, NvraAnswers, PersonName, PostalAddress
from registration.phrases import cover
from state_rules import Channel, Due, Election, FormNeeds, Jurisdiction, Version, due_dates, form_needs
from state_rules.jurisdiction import IdNumberRule

#: What box B says for a person who was never registered, where the state wants the box filled.
NEVER_REGISTERED = "N/A"


class _Key:
    """A jurisdiction as a cache key, by identity: hashing all of its law would cost more than drawing the form."""

    __slots__ = ("jurisdiction",)

    def __init__(self, jurisdiction: Jurisdiction) -> None:
        self.jurisdiction = jurisdiction

    def __hash__(self) -> int:
        return hash(self.jurisdiction.code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.jurisdiction is self.jurisdiction


def cover_sheet(
    jurisdiction: Jurisdiction,
    election: Election,
    language: Language,
    on: date,
    off: frozenset[Channel] = frozenset(),
) -> CoverSheet:
    """The first page for a form printed on ``on``, in ``language``. Holds nothing of the person.

    ``off``: ways to which it does not send people now. Raises LookupError before the data begins.
    """
    return _cover_sheet(_Key(jurisdiction), election, language, on, off)


@lru_cache(maxsize=512)
def _cover_sheet(key: _Key, election: Election, language: Language, on: date, off: frozenset[Channel]) -> CoverSheet:
    jurisdiction = key.jurisdiction
    needs = form_needs(jurisdiction, on)
    due = due_dates(jurisdiction, election, "mail", on)
    with translation.override(language):
        return CoverSheet(
            title=cover.cover_title(needs),
            subtitle=cover.cover_subtitle(jurisdiction, election),
            steps=tuple(cover.steps(needs, due, on, route(jurisdiction, election, on, off).open)),
            mail_by=cover.large_date(needs, due, on),
            warning=cover.cover_warning(),
            uncertain=cover.uncertain(needs, due),
            notes=tuple(Note(heading, text) for heading, text in cover.notes(needs, jurisdiction)),
            oath=needs.nvra.value.oath,
            contact=phrases.contact(needs.office.value),
            mail_to=needs.mail_to.value.lines if needs.mail_to.value.local != "required" else (),
            mail_to_hint=cover.mail_to_hint(needs.mail_to.value),
            sources=_sources(needs, due),
            request_only=cover.request_only(needs, jurisdiction),
        )


def _sources(needs: FormNeeds, due: Due) -> tuple[str, ...]:
    """Citations behind what the page says, each once, the deadline's first."""
    versions: list[Version[Any]] = [due.version, needs.nvra, needs.mail_to]
    if needs.acceptance == "registers":
        versions += [needs.id_number, needs.party, needs.race, needs.age, needs.residency, needs.felony, needs.capacity]
        versions += [needs.first_time_mail_id, needs.citizenship_proof]
    each_once = {source.key: source for version in versions for source in version.sources}
    return tuple(phrases.source_line(source) for source in each_once.values())


def nvra_answers(applicant: Applicant, jurisdiction: Jurisdiction, on: date) -> NvraAnswers:
    """What is written in each box, exactly as reviewed; boxes that the state does not want stay empty."""
    needs = form_needs(jurisdiction, on)
    wanted = needs.boxes
    birth = applicant.birth_date
    place = applicant.home_location
    return NvraAnswers(
        citizen=applicant.citizen,
        eighteen=applicant.eighteen,
        name=_name(applicant.name),
        home=_home(applicant),
        mailing=_address(applicant.mailing),
        birth_date=(f"{birth:%m}", f"{birth:%d}", f"{birth.year:04}") if birth and "4" in wanted else ("", "", ""),
        telephone=applicant.telephone if "5" in wanted else "",
        id_number=_box_6(applicant.id_number, needs.id_number.value) if "6" in wanted else "",
        party=applicant.party if "7" in wanted else "",
        race=applicant.race if "8" in wanted else "",
        previous_name=_name(applicant.previous_name) if "A" in wanted else PersonName(),
        previous_address=_previous(applicant, needs) if "B" in wanted else PostalAddress(),
        map_description=place.description if applicant.no_street_address else "",
        map_crossroads=place.crossroads if applicant.no_street_address else "",
        map_landmarks=place.landmarks if applicant.no_street_address else "",
        helper=_helper(applicant.helper) if "D" in wanted else "",
    )


def _box_6(number: IdNumber, rule: IdNumberRule) -> str:
    """The number as the state wants it written: alone, with what it is, or after NONE for the license."""
    if rule.written == "named":
        named = (("DL: ", number.licence), ("SSN: ", number.ssn), ("SSN: ", number.ssn4), ("", number.other))
        return "   ".join(f"{name}{value}" for name, value in named if value) or number.box_6()
    if rule.written == "none_before_ssn4" and number.ssn4 and not number.licence:
        return f"NONE   {number.box_6()}"
    return number.box_6()


def _name(name: Name | None) -> PersonName:
    if name is None:
        return PersonName()
    if name.single:
        return PersonName(last=name.last, suffix=name.suffix, title=name.title)
    return PersonName(name.last, name.first, name.middle, name.suffix, name.title)


def _address(address: Address | None) -> PostalAddress:
    if address is None:
        return PostalAddress()
    return PostalAddress(address.street, address.unit, address.city, address.state, address.zip_code)


def _home(applicant: Applicant) -> PostalAddress:
    home = applicant.home
    street, unit = ("", "") if applicant.no_street_address else (home.street, home.unit)
    lives_somewhere = home or applicant.no_street_address
    return PostalAddress(street, unit, home.city, applicant.jurisdiction if lives_somewhere else "", home.zip_code)


def _previous(applicant: Applicant, needs: FormNeeds) -> PostalAddress:
    if applicant.previous_address is not None:
        return _address(applicant.previous_address)
    if applicant.never_registered and needs.nvra.value.previous_address_required:
        return PostalAddress(street=NEVER_REGISTERED)
    return PostalAddress()


def _helper(helper: Helper | None) -> str:
    if helper is None:
        return ""
    return ", ".join(part for part in (helper.name, helper.address, helper.telephone) if part)


def review(applicant: Applicant, jurisdiction: Jurisdiction, on: date) -> tuple[tuple[str, str], ...]:
    """(key, value) of everything that will be printed, in the form's order, as the person should see it before.

    Keys are the names in ``NvraAnswers``, dotted for parts: "name.last", "home.city"; "birth_date" is MM/DD/YYYY.
    """
    answers = nvra_answers(applicant, jurisdiction, on)
    said: list[tuple[str, str]] = []
    for box in fields(answers):
        value = getattr(answers, box.name)
        if isinstance(value, str):
            said.append((box.name, value))
        elif isinstance(value, tuple):
            said.append((box.name, "/".join(value) if any(value) else ""))
        else:
            said += [(f"{box.name}.{part.name}", getattr(value, part.name)) for part in fields(value)]
    return tuple((key, value) for key, value in said if value)


def draw(applicant: Applicant, jurisdiction: Jurisdiction, election: Election, language: Language, on: date) -> bytes:
    """The PDF: cover sheet, filled form and mailing page. Made in memory; nothing of it is kept."""
    answers = nvra_answers(applicant, jurisdiction, on)
    return pdf.render(answers, cover_sheet(jurisdiction, election, language, on), language)
