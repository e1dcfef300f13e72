"""How registering is done in a jurisdiction, beside the form itself: shapes of those rules. The loader fills them.

``tell``, wherever it stands, is a plain sentence for people, shown through the catalogue of translations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ElectionKind = Literal["general", "primary", "presidential_primary", "runoff", "special", "local"]


@dataclass(frozen=True, slots=True)
class FirstTimeMailId:
    """The HAVA rule: first-time registrants by mail send or show identification."""

    applies: bool
    tell: str = ""


@dataclass(frozen=True, slots=True)
class SameDay:
    """Registering and voting on one visit, after the regular close.

    When it ends, where it is done and with what proof stand in the in-person deadline's last chance; this says which
    periods it covers, for which ``elections`` (empty: every kind), for which races, and what ballot one gets.
    """

    election_day: bool = False
    early_voting: bool = False
    scope: Literal["none", "all", "president_only"] = "none"
    elections: tuple[ElectionKind, ...] = ()
    ballot: Literal["", "regular", "provisional", "conditional", "questioned"] = ""
    tell: str = ""


@dataclass(frozen=True, slots=True)
class PartyChange:
    """By when a voter must have changed party to vote in a party's primary. One way to count is set.

    ``month`` and ``day``, ``years_before`` the primary's own year; or ``days_before``; or ``months_before``.
    ``whom``: "switchers" leave a party for another; "changes" are all changes of a registered voter; "everyone"
    includes the first choice. ``blocked``: no change is taken from the day after until the primary is over.
    """

    whom: Literal["switchers", "changes", "everyone"] = "changes"
    month: int | None = None
    day: int | None = None
    years_before: int = 0
    days_before: int | None = None
    months_before: int | None = None
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Primary:
    """Who may vote in a party's primary.

    "open": anyone, no record; "open_recorded": anyone, and the choice is public or may be challenged; "semi_closed":
    members and voters of no party; "closed": members; "change_at_polls": members, and one may become one on the day;
    "party_choice": each party decides; "nonpartisan": one ballot for all; "mixed": it depends on the office.
    """

    kind: Literal[
        "open",
        "open_recorded",
        "semi_closed",
        "closed",
        "change_at_polls",
        "party_choice",
        "nonpartisan",
        "mixed",
        "none",
        "unknown",
    ]
    change: tuple[PartyChange, ...] = ()
    tell: str = ""


@dataclass(frozen=True, slots=True)
class ReturnClock:
    """How long a drive may hold a signed application. ``or_deadline``: by the registration deadline if that is sooner.

    Days are calendar days; business days leave out weekends and holidays.
    """

    amount: int
    unit: Literal["hours", "days", "business_days"]
    or_deadline: bool = False


@dataclass(frozen=True, slots=True)
class Drives:
    """What is asked of volunteers who collect other people's applications.

    ``possible = False``: a drive can register nobody there. ``group`` and ``volunteer``: what the organisation and each
    person must do first. ``per_county``: in every county apart. ``near_deadline`` holds instead of ``return_within`` in
    the last ``near_days`` before the deadline (0: not known from when, so it is taken to hold always). ``keeping``:
    whether it may copy or keep what people wrote. ``fines``: as the law states them, in plain words.
    """

    possible: bool = True
    group: Literal["nothing", "registers", "paid_only", "large_drives", "unknown"] = "unknown"
    volunteer: Literal[
        "nothing", "training", "appointment", "optional_appointment", "registers", "paid_only", "unknown"
    ] = "unknown"
    per_county: bool = False
    return_within: ReturnClock | None = None
    near_deadline: ReturnClock | None = None
    near_days: int = 0
    receipt: bool = False
    paid_per_form: Literal["banned", "unknown"] = "unknown"
    keeping: Literal["forbidden", "with_consent", "unknown"] = "unknown"
    fines: tuple[str, ...] = ()
    who_may: str = ""
    tell: str = ""


@dataclass(frozen=True, slots=True)
class PlainPaper:
    """Whether the form may be printed on ordinary paper, and whether it is signed by hand in ink."""

    printed: Literal["yes", "no", "unknown"]
    ink: bool = True


@dataclass(frozen=True, slots=True)
class ElectronicSignature:
    """What becomes of a signature that is not ink on paper.

    "image": a paper form with the image of one is taken; "image_online", "drawn_online": the state's own site takes it;
    "electronic": an electronic one suffices on the state's site; "approved_portals": through portals that the state has
    approved; "original_follows": a fax counts if the original comes after it.
    """

    taken: Literal[
        "no",
        "image",
        "image_online",
        "drawn_online",
        "electronic",
        "approved_portals",
        "original_follows",
        "unknown",
    ]
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Languages:
    """Languages other than English in which section 203 of the Voting Rights Act asks for help.

    ``places`` names examples of the counties or towns of ``local``, not all of them.
    """

    statewide: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressConfidentiality:
    """A programme that keeps the home address of people in danger out of the public record."""

    exists: Literal["yes", "unknown"]
    name: str = ""
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """The chief election office of the jurisdiction."""

    name: str
    telephone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """The jurisdiction's own look-up page. ``status_page``: "am I registered?"."""

    status_page: str = ""

    @property
    def status(self) -> str:
        return self.status_page


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the jurisdiction's own; "" where none is known."""

    url: str = ""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which the jurisdiction's offices are closed, by one way to name it.

    ``month`` and ``day``; or ``month``, ``weekday`` (Monday 0) and ``nth`` (-1: the last); or ``days_after_easter``
    (negative before). ``every``: only in years that this number divides (an election-year holiday: 2).
    """

    name: str
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    days_after_easter: int | None = None
    every: int = 1


@dataclass(frozen=True, slots=True)
class Holidays:
    """The jurisdiction's holidays beside the federal ones, and the federal ones that it does not keep (by name).

    A holiday whose version's confidence is not high never moves a deadline later: the earlier day is shown.
    """

    kept: tuple[Holiday, ...] = ()
    not_kept: tuple[str, ...] = ()
