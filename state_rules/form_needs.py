"""What a jurisdiction wants on the NVRA form, where it goes, and who may register, on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from state_rules.dated import Rule, Version
from state_rules.jurisdiction import (
    Acceptance,
    IdNumberRule,
    Jurisdiction,
    MailTo,
    NvraForm,
    Online,
    PartyRule,
    RaceRule,
)
from state_rules.practice import FirstTimeMailId, Office, Pages
from state_rules.qualifications import AgeRule, Capacity, CitizenshipProof, Felony, Residency, VotingAge

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FormNeeds:
    """Everything that a form for this jurisdiction depends on, each with its source and confidence."""

    acceptance: Acceptance
    boxes: frozenset[str]
    nvra: Version[NvraForm]
    id_number: Version[IdNumberRule]
    party: Version[PartyRule]
    race: Version[RaceRule]
    mail_to: Version[MailTo]
    online: Version[Online]
    office: Version[Office]
    pages: Version[Pages]
    first_time_mail_id: Version[FirstTimeMailId]
    citizenship_proof: Version[CitizenshipProof]
    residency: Version[Residency]
    felony: Version[Felony]
    capacity: Version[Capacity]
    age: Version[AgeRule]
    voting_age: Version[VotingAge]


def rule_on(rule: Rule[T], on: date) -> Version[T]:
    """The version in force. Raises LookupError for a day before the data begins."""
    version = rule.on(on)
    if version is None:
        raise LookupError(f"nothing is known for {on}: the data begins later")
    return version


@lru_cache(maxsize=1024)
def form_needs(jurisdiction: Jurisdiction, on: date) -> FormNeeds:
    """What the form for ``jurisdiction`` needs on ``on``. Raises LookupError before the data begins."""
    nvra = rule_on(jurisdiction.nvra_form, on)
    return FormNeeds(
        acceptance=nvra.value.acceptance,
        boxes=frozenset(nvra.value.boxes),
        nvra=nvra,
        id_number=rule_on(jurisdiction.id_number, on),
        party=rule_on(jurisdiction.party, on),
        race=rule_on(jurisdiction.race, on),
        mail_to=rule_on(jurisdiction.mail_to, on),
        online=rule_on(jurisdiction.online, on),
        office=rule_on(jurisdiction.office, on),
        pages=rule_on(jurisdiction.pages, on),
        first_time_mail_id=rule_on(jurisdiction.first_time_mail_id, on),
        citizenship_proof=rule_on(jurisdiction.citizenship_proof, on),
        residency=rule_on(jurisdiction.residency, on),
        felony=rule_on(jurisdiction.felony, on),
        capacity=rule_on(jurisdiction.capacity, on),
        age=rule_on(jurisdiction.age, on),
        voting_age=rule_on(jurisdiction.voting_age, on),
    )
