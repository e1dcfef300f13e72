"""Made-up applicants, each unlike every other, so that a word of theirs tells whose it is wherever it turns up.

Every name, street and e-mail of a run begins with the run's own mark, so that one search finds them all.
"""

from __future__ import annotations

import base64
import hashlib
import random
import string
import uuid
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import state_rules

#: Where they live: jurisdiction, city, ZIP. Different rules of the identity number, of party and of race among them.
PLACES = (
    ("OH", "Columbus", "43215"),
    ("MO", "Saint Louis", "63101"),
    ("PA", "Pittsburgh", "15219"),
    ("GA", "Atlanta", "30303"),
    ("FL", "Tampa", "33602"),
    ("MI", "Detroit", "48226"),
    ("IA", "Des Moines", "50309"),
    ("KS", "Wichita", "67202"),
)
WEB, API = "web", "api"
#: Of the telephones, whose exchange is one that nobody has.
AREAS = ("404", "470", "678", "770")
LETTERS = string.ascii_lowercase
#: Birth years that stand in no rule and no log by chance.
FIRST_YEAR, YEARS = 1921, 28


def marks(seed: int, drill: str) -> tuple[str, str]:
    """What every word of the run begins with, and every e-mail address: eight letters each."""
    digest = hashlib.sha256(f"{seed} {drill}".encode()).digest()
    own = "".join(LETTERS[byte % 26] for byte in digest[:4])
    return f"vxqk{own}", f"mxqj{own}"


def in_letters(number: int) -> str:
    """A number as four letters, for names that hold no digit."""
    return "".join(LETTERS[number // 26**place % 26] for place in (3, 2, 1, 0))


@dataclass(frozen=True, slots=True)
class Person:
    """``answers`` are by the web form's field names. ``reference`` is their own for good: who tries again brings it."""

    index: int
    door: str
    jurisdiction: str
    reference: str
    answers: dict[str, str] = field(repr=False)
    email: str = field(repr=False)
    language: str = "en"
    wants_sms: bool = True

    @property
    def words(self) -> dict[str, str]:
        """What must stand on the form, as it is written there."""
        a = self.answers
        number = a.get("licence") or a.get("ssn4") or a.get("ssn", "")
        keys = ("first_name", "middle_name", "last_name", "home_street", "home_city", "home_zip")
        return {**{key: a[key] for key in keys}, "number": number}

    @property
    def messages(self) -> dict[str, str]:
        """What they want sent: the link to their form by e-mail and by text message, by the web form's field names. For
        whom a partner brings, nothing is offered where the state forbids that partner to keep anything."""
        place = state_rules.load(self.jurisdiction)
        if self.door == API and state_rules.keeping(place, datetime.now(UTC).date()) == "forbidden":
            return {}
        by_email = {"link_email": "yes", "messages_email": self.email}
        if not self.wants_sms:
            return by_email
        line = f"{AREAS[self.index // 10_000 % len(AREAS)]}-555-{self.index % 10_000:04}"
        return {**by_email, "link_sms": "yes", "messages_phone": line}

    @property
    def born(self) -> tuple[str, str, str]:
        return self.answers["birth_month"], self.answers["birth_day"], self.answers["birth_year"]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def digest(answers: dict[str, str]) -> str:
    """What tells equal answers from others."""
    return hashlib.sha256("\0".join(f"{key}={value}" for key, value in sorted(answers.items())).encode()).hexdigest()


class Crowd:
    """The people of a run, the same ones for the same seed, drill and index, references included."""

    def __init__(self, seed: int, drill: str, *, sms: bool = True) -> None:
        self.seed, self.drill, self.sms = seed, drill, sms
        self.mark, self.mail_mark = marks(seed, drill)

    def person(self, index: int, door: str = WEB) -> Person:
        chance = random.Random(f"{self.seed} {self.drill} {index}")  # noqa: S311  made-up people, no secret
        code, city, zip_code = PLACES[index % len(PLACES)]
        name, mark = in_letters(index), self.mark.capitalize()
        answers = {
            "citizen": "yes",
            "eighteen": "yes",
            "other_rule": "no",
            "birth_month": str(chance.randint(1, 12)),
            "birth_day": str(chance.randint(1, 28)),
            "birth_year": str(FIRST_YEAR + chance.randrange(YEARS)),
            "first_name": f"{mark}{name}a",
            "middle_name": f"{mark}{name}m",
            "last_name": f"{mark}{name}z",
            "home_street": f"{10_000 + index} {mark}{name} St",
            "home_city": city,
            "home_zip": zip_code,
            "previous_registration": "no",
            **_asked(code, f"{self.mark[4:].upper()}{index:06}", f"{chance.randint(1, 9999):04}", index),
        }
        if door == WEB:
            raw = chance.randbytes(16)
            reference = base64.b32encode(raw).decode().rstrip("=").lower()
        else:
            reference = str(uuid.UUID(bytes=chance.randbytes(16), version=4))
        email = f"{self.mail_mark}{name}@people.example"
        return Person(index, door, code, reference, answers, email, chance.choice(("en", "en", "en", "es")), self.sms)


def _asked(code: str, licence: str, four: str, index: int) -> dict[str, str]:
    """The answers that not every state asks for: the identity number and the party."""
    needs = state_rules.form_needs(state_rules.load(code), datetime.now(UTC).date())
    kind = needs.id_number.value.kind
    party = {"party_choice": "none"} if needs.party.value.asked else {}
    if kind == "not_asked":
        return party
    if kind == "full_ssn":
        return {"id_choice": "ssn", "ssn": f"219-09-{four}", **party}
    if kind == "ssn4_or_full_ssn" or (kind == "licence_or_ssn4" and index // len(PLACES) % 2):
        return {"id_choice": "ssn4", "ssn4": four, **party}
    if kind == "licence_and_ssn4":
        return {"id_choice": "both", "licence": licence, "ssn4": four, **party}
    return {"id_choice": "licence", "licence": licence, **party}
