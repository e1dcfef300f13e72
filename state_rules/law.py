"""The rules on who may register and vote, as they stand in one jurisdiction on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from state_rules.dated import Version
from state_rules.form_needs import rule_on
from state_rules.jurisdiction import Jurisdiction
from state_rules.qualifications import AgeRule, Capacity, CitizenshipProof, Felony, Residency, VotingAge


@dataclass(frozen=True, slots=True)
class Law:
    """The version of each rule that is in force. ``age`` is None where no rule on the age of registering is known;
    ``required``: whether one registers at all, None where that is not known."""

    required: Version[bool] | None
    age: Version[AgeRule] | None
    voting_age: Version[VotingAge]
    residency: Version[Residency]
    felony: Version[Felony]
    capacity: Version[Capacity]
    citizenship_proof: Version[CitizenshipProof]

    @property
    def nobody_registers(self) -> bool:
        return self.required is not None and not self.required.value


@lru_cache(maxsize=1024)
def law_on(jurisdiction: Jurisdiction, on: date) -> Law:
    """The law on ``on``. Raises LookupError before the data begins."""
    return Law(
        required=jurisdiction.registration_required.on(on),
        age=jurisdiction.age.on(on),
        voting_age=rule_on(jurisdiction.voting_age, on),
        residency=rule_on(jurisdiction.residency, on),
        felony=rule_on(jurisdiction.felony, on),
        capacity=rule_on(jurisdiction.capacity, on),
        citizenship_proof=rule_on(jurisdiction.citizenship_proof, on),
    )
