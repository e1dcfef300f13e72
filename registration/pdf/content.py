"""What goes onto the pages: plain strings and marks, already decided and already in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["en", "es"]


@dataclass(frozen=True, slots=True, repr=False)
class PersonName:
    """Boxes 1 and A. ``title``: "", "mr", "mrs", "miss", "ms"; ``suffix``: "", "Jr", "Sr", "II", "III", "IV"."""

    last: str = ""
    first: str = ""
    middle: str = ""
    suffix: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class PostalAddress:
    """Boxes 2, 3 and B."""

    street: str = ""
    unit: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class NvraAnswers:
    """The filled boxes of the NVRA form. Empty means that the box stays empty. ``citizen`` and ``eighteen``
    are "", "yes" or "no". ``birth_date`` is (month, day, year) as digits. ``map_*`` fill box C."""

    citizen: str = ""
    eighteen: str = ""
    name: PersonName = field(default_factory=PersonName)
    home: PostalAddress = field(default_factory=PostalAddress)
    mailing: PostalAddress = field(default_factory=PostalAddress)
    birth_date: tuple[str, str, str] = ("", "", "")
    telephone: str = ""
    id_number: str = ""
    party: str = ""
    race: str = ""
    previous_name: PersonName = field(default_factory=PersonName)
    previous_address: PostalAddress = field(default_factory=PostalAddress)
    map_description: str = ""
    map_crossroads: str = ""
    map_landmarks: str = ""
    helper: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A short headed paragraph of the cover page."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """The first page, in the person's language, and the address of the mailing page. Holds nothing of the
    person, so that one compiled template serves everyone with the same sheet.

    ``steps`` are the numbered things to do, in order; ``mail_by`` the sentence with the last day, shown large;
    ``notes`` what the state says of boxes 6 to 9 and the like; ``uncertain`` a boxed sentence or "";
    ``mail_to`` the address lines of the mailing page (empty: ``mail_to_hint`` says how to find it);
    ``oath`` is printed verbatim; ``sources`` small print.
    """

    title: str
    subtitle: str
    steps: tuple[str, ...]
    mail_by: str
    warning: str = ""
    uncertain: str = ""
    notes: tuple[Note, ...] = ()
    oath: str = ""
    contact: tuple[str, ...] = ()
    mail_to: tuple[str, ...] = ()
    mail_to_hint: str = ""
    sources: tuple[str, ...] = ()
    request_only: str = ""
