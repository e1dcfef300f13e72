"""Made-up people whose every word is unmistakable, and tells whose it is and which answer, wherever it turns up.

Names and addresses are the run's mark, four letters for the person and one for the answer; e-mail addresses likewise.
Numbers are rows of their own with the person's number at the end, birth dates are one for each person.
"""

from __future__ import annotations

import base64
import uuid
from datetime import date

from drills.people import API, Crowd, Person, in_letters

#: Where they live, and which number is asked there: one jurisdiction for each kind of number.
STATES = {
    "OH": ("Columbus", "43215", "licence"),
    "MO": ("Saint Louis", "63101", "both"),
    "KY": ("Louisville", "40202", "ssn"),
    "IA": ("Des Moines", "50309", "ssn4"),
}
#: The last letter of a word says which answer it is.
NAMES = {"a": "first_name", "m": "middle_name", "z": "last_name", "p": "previous_first_name", "q": "previous_last_name"}
NAMES |= {"h": "helper_name"}
ADDRESSES = {"s": "home_street", "c": "mailing_street", "r": "previous_street", "j": "helper_address"}
#: And of an e-mail address: who asked for it.
FOR_US, FOR_PARTNER = "l", "k"
#: What a ticked box sends.
TICKED = "yes"
#: Numbers that nobody has, without the two digits of the person. The ninth digit keeps them from being a file's mode.
PHONE, SSN, SSN4 = "90755501", "219-09-09", "09"
MOST = 84
#: Of people who are too young to register.
YOUNG_YEAR = 2012
REFERENCE_BYTES = 10


def number(index: int) -> str:
    return f"{index:02}"


def born(index: int, *, young: bool = False) -> date:
    """A day that no other of ``MOST`` people was born on. ``young``: of who asks to be reminded; but 28 of those."""
    return date(YOUNG_YEAR if young else 1921 + index % 28, index % 12 + 1, index % 28 + 1)


def email(crowd: Crowd, index: int, whose: str = FOR_US) -> str:
    return f"{crowd.mail_mark}{in_letters(index)}{whose}@people.example"


def phone(index: int) -> str:
    digits = PHONE + number(index)
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"


def reference_stem(crowd: Crowd) -> bytes:
    """What every reference of the run begins with, as bytes."""
    return crowd.mark.encode().ljust(REFERENCE_BYTES, b"~")


def reference(crowd: Crowd, index: int, door: str) -> str:
    raw = reference_stem(crowd) + index.to_bytes(2) + b"code"
    if door == API:
        return str(uuid.UUID(bytes=raw, version=4))
    return base64.b32encode(raw).decode().rstrip("=").lower()


def canary(crowd: Crowd, index: int, door: str, state: str, language: str = "en") -> Person:
    """Fills in every input of the state's form that takes text."""
    city, zip_code, kind = STATES[state]
    word = f"{crowd.mark.capitalize()}{in_letters(index)}"
    day = born(index)
    answers = {
        "citizen": "yes",
        "eighteen": "yes",
        "other_rule": "no",
        "birth_month": str(day.month),
        "birth_day": str(day.day),
        "birth_year": str(day.year),
        "home_city": city,
        "home_zip": zip_code,
        "mailing_different": TICKED,
        "mailing_city": city,
        "mailing_state": state,
        "mailing_zip": zip_code,
        "name_changed": TICKED,
        "previous_registration": "yes",
        "previous_city": city,
        "previous_state": state,
        "previous_zip": zip_code,
        "telephone": phone(index),
        "helped": TICKED,
        **{name: f"{word}{letter}" for letter, name in NAMES.items()},
        **{name: f"{100 + index} {word}{letter} St" for letter, name in ADDRESSES.items()},
        "id_choice": kind,
        **_numbers(crowd, kind, index),
        **({"party_choice": "none"} if state in ("IA", "KY", "MO") else {}),
    }
    known = reference(crowd, index, door)
    return Person(index, door, state, known, answers, email(crowd, index), language)


def licence_stem(crowd: Crowd) -> str:
    return f"{crowd.mark[4:].upper()}0000"


def _numbers(crowd: Crowd, kind: str, index: int) -> dict[str, str]:
    who = number(index)
    if kind == "ssn":
        return {"ssn": SSN + who}
    found = {"ssn4": SSN4 + who} if kind in ("ssn4", "both") else {}
    return found | ({"licence": licence_stem(crowd) + who} if kind in ("licence", "both") else {})


def words(person: Person) -> tuple[str, ...]:
    """Everything of theirs that is looked for."""
    named = (*NAMES.values(), *ADDRESSES.values(), "telephone", "ssn", "ssn4", "licence")
    return (*(person.answers[name] for name in named if name in person.answers), born(person.index).isoformat(),
            person.email, person.reference)  # fmt: skip
