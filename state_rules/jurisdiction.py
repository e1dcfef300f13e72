"""The frozen dataclasses that a jurisdiction's file becomes. Shapes only; the loader fills them.

``tell``, wherever it stands, is a plain sentence for the applicant that no other key can say. It is shown through the
catalogue of translations; a ``note`` is for whoever keeps the file, and is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from state_rules.dated import Confidence, Rule, Source

ElectionKind = Literal["general", "primary", "presidential_primary", "runoff", "special", "local"]
Channel = Literal["online", "mail", "in_person"]
CHANNELS: tuple[Channel, ...] = ("online", "mail", "in_person")
Event = Literal["postmarked", "received", "submitted", "appeared", "unstated"]
Roll = Literal["next_business_day", "previous_business_day", "same_day", "unstated"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Acceptance = Literal["registers", "request_only", "refused", "no_registration", "not_covered"]
Box = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "A", "B", "C", "D"]
IdKind = Literal["licence_or_ssn4", "licence_and_ssn4", "full_ssn", "ssn4_or_full_ssn", "not_asked"]
Written = Literal["plain", "named", "none_before_ssn4"]
AlsoTrue = Literal[
    "no_vote_elsewhere",
    "not_registered_elsewhere",
    "no_other_residence",
    "no_other_name",
    "lives_at_home_address",
    "homestead_address",
    "precinct_ten_days",
    "citizen_one_month",
]
IfNone = Literal["write_none", "leave_blank", "other_id", "ask_office"]
Need = Literal[
    "licence",
    "ssn4",
    "ssn",
    "signature_on_file",
    "drawn_signature",
    "email",
    "licence_or_ssn4",
    "audit_code",
    "issue_date",
    "voter_id",
    "upload",
]


@dataclass(frozen=True, slots=True)
class Test:
    """One thing that must have happened by a day counted from the election.

    Exactly one of ``days_before``, ``business_days_before``, (``weekday`` and ``nth_before``),
    ``election_day``, ``days_after_first``, ``last_business_day_before`` or
    (``local_min_days`` and ``local_max_days``) is set. ``time`` is local: "17:00", or
    "close_of_polls", "close_of_business". ``days_after_first`` counts from the first test's date and
    never rolls. ``if_closed`` replaces the deadline's own for this test.
    """

    __test__ = False  # not a test case, whatever pytest makes of the name

    event: Event
    days_before: int | None = None
    business_days_before: int | None = None
    weekday: Weekday | None = None
    nth_before: int | None = None
    election_day: bool = False
    last_business_day_before: bool = False
    days_after_first: int | None = None
    local_min_days: int | None = None
    local_max_days: int | None = None
    time: str = ""
    if_closed: Roll | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """How long one channel stays open before an election.

    ``available = False``: the jurisdiction has no such channel. ``all_of``: every test must hold;
    ``any_of``: one suffices (at most one of the two is filled; neither: the law states no day, and the note says so).
    ``if_closed`` moves a counted day that falls on a weekend or federal holiday; Election Day never moves.
    ``ordinary`` is the regular close where a later last chance exists (same-day registration);
    then ``all_of``/``any_of`` state the last chance and ``last_chance_scope``, ``last_chance_where`` and
    ``last_chance_proof`` say for which races, where, and with what. ``by_election_kind`` replaces the
    rule for an election kind. A last chance "president_only" exists at presidential general elections alone.
    """

    available: bool = True
    all_of: tuple[Test, ...] = ()
    any_of: tuple[Test, ...] = ()
    if_closed: Roll = "unstated"
    ordinary: tuple[Test, ...] = ()
    last_chance_scope: Literal["", "all", "president_only", "federal_only"] = ""
    last_chance_where: str = ""
    last_chance_proof: str = ""
    by_election_kind: tuple[tuple[ElectionKind, Deadline], ...] = ()
    tell: str = ""


@dataclass(frozen=True, slots=True)
class NvraForm:
    """Whether and how the jurisdiction takes the NVRA form, and which boxes it wants.

    ``boxes``: the box names to fill, of "1".."9", "A".."D"; for request-only states the few they name.
    ``eighteen_means_first_vote``: an applicant under 18 ticks "yes" in the second question if they will
    be 18 at the first election in which they will vote (Michigan's instructions print this).
    ``oath``: words prescribed by law that the signature in box 9 swears to, verbatim.
    """

    acceptance: Acceptance
    boxes: tuple[Box, ...] = ()
    previous_address_required: bool = False
    eighteen_means_first_vote: bool = False
    oath: str = ""
    tell: str = ""


@dataclass(frozen=True, slots=True)
class MailTo:
    """Where the form goes. ``lines`` is the state office's address as printed, empty when only a local
    office takes it. ``local``: whether the local office is "no" concern, "preferred" or "required"."""

    lines: tuple[str, ...] = ()
    local: Literal["no", "preferred", "required"] = "no"
    local_url: str = ""
    tell: str = ""


@dataclass(frozen=True, slots=True)
class IdNumberRule:
    """Box 6. ``required``: the form may be refused without it. ``if_none``: what a person without any
    number does. ``full_ssn_optional``: the full number may be given but need not be. ``written``: "named" where the
    box must say which number it holds; "none_before_ssn4" where it says NONE for the license that one has not."""

    kind: IdKind
    required: bool = True
    if_none: IfNone = "write_none"
    full_ssn_optional: bool = False
    written: Written = "plain"
    tell: str = ""


@dataclass(frozen=True, slots=True)
class PartyRule:
    """Box 7. ``no_party`` is the state's own word for belonging to none."""

    asked: bool
    parties: tuple[str, ...] = ()
    no_party: str = ""
    needed_for_primary: bool = False
    parties_confidence: Confidence = "low"
    tell: str = ""


@dataclass(frozen=True, slots=True)
class RaceRule:
    """Box 8. "required_not_fatal": the state asks for it by law but may not refuse a form without it."""

    asked: Literal["not_asked", "optional", "requested", "required_not_fatal", "required"]


@dataclass(frozen=True, slots=True)
class AgeRule:
    """From when a person may register, as tests of which all that are set must hold.

    ``min_years``/``min_months``: the age reached on the day of registering. ``turns_18_by``: the person
    is 18 by that election. ``days_before_18``: how many days before the 18th birthday. ``pre_years``/
    ``pre_months``: the age from which pre-registration is taken (zero: none).
    ``min_by_channel`` raises ``min_years`` for a channel.
    """

    min_years: int = 0
    min_months: int = 0
    turns_18_by: Literal["", "next_election", "next_general", "november_of_year"] = ""
    days_before_18: int = 0
    pre_years: int = 0
    pre_months: int = 0
    min_by_channel: tuple[tuple[Channel, int], ...] = ()
    primary_at_17: bool = False
    votes_at_17_if_18_by_general: bool = False
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Residency:
    """``days``: how long one must have lived there before the election (0: no minimum).

    ``also``: what the state's instructions for the form have a person swear beyond that.
    """

    days: int = 0
    level: Literal["state", "county", "locality", "precinct", "territory"] = "locality"
    also: tuple[AlsoTrue, ...] = ()


@dataclass(frozen=True, slots=True)
class Felony:
    """When a criminal conviction keeps a person from registering.

    ``offences``: with "by_offence" the only crimes that take the vote (empty where the list is too long to copy, and
    the note says so); with another category those after which it does not come back by itself.
    ``any_conviction``: confinement for any crime counts, not for a felony alone. ``years``: of a "waiting_period",
    how many one must have been out of prison where the sentence itself is not over.
    """

    category: Literal[
        "never_lost",
        "incarceration",
        "full_sentence",
        "full_sentence_and_payment",
        "first_offence_automatic",
        "by_offence",
        "waiting_period",
        "executive_order",
        "individual_restoration",
        "unknown",
    ]
    offences: tuple[str, ...] = ()
    any_conviction: bool = False
    years: int = 0
    tell: str = ""


@dataclass(frozen=True, slots=True)
class Capacity:
    """When a court's finding keeps a person from registering."""

    category: Literal["none", "court_finding", "court_finding_on_voting", "guardianship", "unknown"]


@dataclass(frozen=True, slots=True)
class CitizenshipProof:
    """Whether documents are sent. "all": needed to register; "state_elections": without them, federal races only.

    ``checked_first``: the state looks in its own records first, and asks only those whom it does not find there.
    """

    documents: Literal["none", "all", "state_elections"]
    checked_first: bool = False


@dataclass(frozen=True, slots=True)
class Online:
    """The state's own online registration (OVR). ``needs``: machine words of what it asks for."""

    available: bool
    url: str = ""
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstTimeMailId:
    """The HAVA rule: first-time registrants by mail send or show identification."""

    applies: bool
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
    """The jurisdiction's own look-up pages. ``status_page``: "am I registered?"."""

    status_page: str = ""

    @property
    def status(self) -> str:
        return self.status_page


@dataclass(frozen=True, slots=True)
class Review:
    checked_on: date
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExpectedDate:
    """One date of an example. ``latest``: the other end of a range that a local official chooses from."""

    event: Event
    by: date
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: the dates that a deadline gives for one election, copied from a calendar.

    ``expect``: the dates to act by, in the order of the rule's tests (the last chance, where there is one);
    ``ordinary``: those of the regular close.
    """

    deadline: Channel
    election_day: date
    expect: tuple[ExpectedDate, ...]
    source: Source
    election_kind: ElectionKind = "general"
    ordinary: tuple[ExpectedDate, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Everything known of one state, DC or territory. Rules are dated; ask ``rule.on(day)``."""

    code: str
    name: str
    kind: Literal["state", "district", "territory"]
    timezones: tuple[str, ...]
    review: Review
    sources: tuple[Source, ...]
    registration_required: Rule[bool]
    nvra_form: Rule[NvraForm]
    mail_to: Rule[MailTo]
    id_number: Rule[IdNumberRule]
    party: Rule[PartyRule]
    race: Rule[RaceRule]
    age: Rule[AgeRule]
    residency: Rule[Residency]
    felony: Rule[Felony]
    capacity: Rule[Capacity]
    citizenship_proof: Rule[CitizenshipProof]
    first_time_mail_id: Rule[FirstTimeMailId]
    online: Rule[Online]
    office: Rule[Office]
    pages: Rule[Pages]
    deadlines: dict[Channel, Rule[Deadline]]
    examples: tuple[Example, ...] = ()

    def __hash__(self) -> int:
        """By code, so that a jurisdiction is cheap to look up in a cache."""
        return hash(self.code)
