"""The made-up state, and neighbors of it that differ in one rule."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from registration.applicant import Address, Applicant, IdNumber, Name
from state_rules import Election, Jurisdiction, Rule, load_file

FILE = Path(__file__).parents[2] / "fixtures" / "rules" / "jf.toml"
ON = date(2026, 9, 1)
ELECTION = Election(date(2026, 11, 3), "general", "General election", "JF")


def jefferson(**changed: Any) -> Jurisdiction:
    """Jefferson with parts of the named rules' values replaced: ``jefferson(race={"asked": "required"})``."""
    rules = load_file(FILE)
    for name, parts in changed.items():
        version = getattr(rules, name).versions[-1]
        rule = Rule((replace(version, value=replace(version.value, **parts)),))
        rules = replace(rules, **{name: rule})
    return rules


def complete(**changed: Any) -> Applicant:
    """An applicant of Jefferson whose answers have no problem."""
    answers: dict[str, Any] = {
        "jurisdiction": "JF",
        "citizen": "yes",
        "eighteen": "yes",
        "other_rule": "no",
        "birth_date": date(1990, 5, 17),
        "name": Name(last="Rivera", first="Ana"),
        "home": Address(street="12 Elm St", city="Monticello", state="JF", zip_code="99901"),
        "id_number": IdNumber(ssn4="4321"),
        "party": "Whig",
        "race": "Hispanic",
    }
    return Applicant(**{**answers, **changed})
