"""The person and what they wrote, as plain values. A leaf: imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Title = Literal["", "mr", "mrs", "miss", "ms"]
Suffix = Literal["", "Jr", "Sr", "II", "III", "IV"]
Answer = Literal["", "yes", "no"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as its owner writes it, any script. A single name stands in ``last`` with ``single`` set."""

    last: str = ""
    first: str = ""
    middle: str = ""
    suffix: Suffix = ""
    title: Title = ""
    single: bool = False

    def __bool__(self) -> bool:
        return bool(self.last or self.first or self.middle)


@dataclass(frozen=True, slots=True)
class Address:
    """One address. ``state`` is a two-letter code, ``zip_code`` five digits or ZIP+4."""

    street: str = ""
    unit: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""

    def __bool__(self) -> bool:
        return bool(self.street or self.unit or self.city or self.zip_code)


@dataclass(frozen=True, slots=True)
class HomeLocation:
    """A home without a street address, for boxes 2 and C: where it is, in the person's own words."""

    description: str = ""
    crossroads: str = ""
    landmarks: str = ""

    def __bool__(self) -> bool:
        return bool(self.description or self.crossroads or self.landmarks)


@dataclass(frozen=True, slots=True, repr=False)
class IdNumber:
    """Box 6. Never a database column, never shown by ``repr``. ``none`` is the person's own "I have none"."""

    licence: str = ""
    ssn4: str = ""
    ssn: str = ""
    other: str = ""
    none: bool = False

    def box_6(self) -> str:
        """What is written in box 6: the numbers given, or NONE, or nothing."""
        given = [number for number in (self.licence, self.ssn, self.ssn4, self.other) if number]
        if given:
            return "   ".join(given)
        return "NONE" if self.none else ""

    def __repr__(self) -> str:
        return "IdNumber(...)"


@dataclass(frozen=True, slots=True)
class Helper:
    """Box D: who filled in the form for an applicant who cannot sign."""

    name: str = ""
    address: str = ""
    telephone: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.address or self.telephone)


@dataclass(frozen=True, slots=True, repr=False)
class Applicant:
    """One person's answers for one jurisdiction's form.

    ``previous_address``: box B, or None; ``never_registered`` writes N/A there where the state wants the box
    filled. ``other_rule``: the answer to "does one of the state's other rules apply to you?".
    """

    jurisdiction: str
    citizen: Answer = ""
    eighteen: Answer = ""
    other_rule: Literal["", "no", "yes", "unsure"] = ""
    birth_date: date | None = None
    name: Name = field(default_factory=Name)
    previous_name: Name | None = None
    home: Address = field(default_factory=Address)
    no_street_address: bool = False
    home_location: HomeLocation = field(default_factory=HomeLocation)
    mailing: Address | None = None
    previous_address: Address | None = None
    never_registered: bool = False
    telephone: str = ""
    id_number: IdNumber = field(default_factory=IdNumber)
    party: str = ""
    race: str = ""
    helper: Helper | None = None

    def __repr__(self) -> str:
        return f"Applicant({self.jurisdiction}, ...)"
