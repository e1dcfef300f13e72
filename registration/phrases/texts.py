"""Texts that stand in the rule files and are shown through the catalogue of translations, for whoever keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from state_rules import JURISDICTIONS, Jurisdiction, Rule, load
from state_rules.jurisdiction import Deadline


def _of_deadlines(rule: Rule[Deadline]) -> Iterator[str]:
    for version in rule.versions:
        for deadline in (version.value, *(other for _kind, other in version.value.by_election_kind)):
            yield deadline.last_chance_where
            yield deadline.last_chance_proof
            yield deadline.tell


def _told(jurisdiction: Jurisdiction) -> Iterator[str]:
    """Every ``tell``: sentences of the files that are shown as they stand."""
    for field in fields(jurisdiction):
        rule = getattr(jurisdiction, field.name)
        if isinstance(rule, Rule):
            yield from (getattr(version.value, "tell", "") for version in rule.versions)


def _of_practice(jurisdiction: Jurisdiction) -> Iterator[str]:
    """What is asked of drives, languages, programs that keep addresses secret, holidays."""
    for drives in jurisdiction.drives.versions:
        yield drives.value.who_may
        yield from drives.value.fines
    for languages in jurisdiction.languages.versions:
        yield from languages.value.statewide
        yield from languages.value.local
    for program in jurisdiction.address_confidentiality.versions:
        yield program.value.name
    for holidays in jurisdiction.holidays.versions:
        yield from (holiday.name for holiday in holidays.value.kept)
        yield from holidays.value.not_kept


def _of(jurisdiction: Jurisdiction) -> Iterator[str]:
    for office in jurisdiction.office.versions:
        yield office.value.name
    for party in jurisdiction.party.versions:
        yield party.value.no_party
        yield from party.value.parties
    for felony in jurisdiction.felony.versions:
        yield from felony.value.offences
        yield felony.value.rests_on
    for rule in jurisdiction.deadlines.values():
        yield from _of_deadlines(rule)
    yield from _of_practice(jurisdiction)
    yield from _told(jurisdiction)
    if jurisdiction.printed_deadline:
        yield jurisdiction.printed_deadline.differs


def texts_of_rules() -> frozenset[str]:
    """Of every jurisdiction: names of offices, parties, crimes, orders, languages, programs and holidays, fines, where
    and with what a last chance is taken, why the printed form differs, and the sentences told as they stand."""
    return frozenset(text for code in JURISDICTIONS for text in _of(load(code)) if text)
