"""The frozen dataclasses that a jurisdiction's file becomes. Shapes only; the loader fills them.

``tell``, wherever it stands, is a plain sentence for the applicant that no other key can say. It is shown through the
catalogue of translations; a ``note`` is for whoever keeps the file, and is shown as theirs alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from state_rules.dated import Confidence, Rule, Source
from state_rules.holidays import FEDERAL_ONLY, OfficeDays, office_days
from state_rules.practice import (
    AddressConfidentiality,
    Drives,
    ElectionKind,
    ElectronicSignature,
    FirstTimeMailId,
    Holidays,
    Languages,
    Office,
    Page,
    Pages,
    PlainPaper,
    Primary,
    SameDay,
)
from state_rules.qualifications import AgeRule, Capacity, Channel, CitizenshipProof, Felony, Residency, VotingAge

Event = Literal["postmarked", "received", "submitted", "appeared", "unstated"]
Roll = Literal["next_business_day", "previous_business_day", "same_day", "unstated"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Acceptance = Literal["registers", "request_only", "refused", "no_registration", "not_covered"]
Box = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "A", "B", "C", "D"]
IdKind = Literal["licence_or_ssn4", "licence_and_ssn4", "full_ssn", "ssn4_or_full_ssn", "not_asked"]
Written = Literal["plain", "named", "none_before_ssn4"]
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
    ``reopens``: the version holds even for an election whose books had closed before it began, by its own words.
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
    reopens: bool = False
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
class Online:
    """The state's own online registration (OVR). ``needs``: machine words of what it asks for."""

    available: bool
    url: str = ""
    needs: tuple[Need, ...] = ()


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
class PrintedDeadline:
    """The last day to mail the form as the state's page of the printed National Form has it.

    ``differs``: why our own last day by mail is another; empty where it is the same. ``explains``: the first day of
    the version of ``deadlines.mail`` of which ``differs`` speaks, so that a newer version asks for a newer reason. A
    form that says no day has no tests, and ``differs`` says what it says instead.
    """

    source: Source
    all_of: tuple[Test, ...] = ()
    any_of: tuple[Test, ...] = ()
    differs: str = ""
    explains: date | None = None


_NO_HOLIDAYS: Rule[Holidays] = Rule(())


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
    primary: Rule[Primary]
    race: Rule[RaceRule]
    age: Rule[AgeRule]
    voting_age: Rule[VotingAge]
    residency: Rule[Residency]
    felony: Rule[Felony]
    capacity: Rule[Capacity]
    citizenship_proof: Rule[CitizenshipProof]
    first_time_mail_id: Rule[FirstTimeMailId]
    online: Rule[Online]
    office: Rule[Office]
    pages: Rule[Pages]
    polling_place: Rule[Page]
    absentee: Rule[Page]
    same_day: Rule[SameDay]
    drives: Rule[Drives]
    plain_paper: Rule[PlainPaper]
    electronic_signature: Rule[ElectronicSignature]
    languages: Rule[Languages]
    address_confidentiality: Rule[AddressConfidentiality]
    deadlines: dict[Channel, Rule[Deadline]]
    holidays: Rule[Holidays] = _NO_HOLIDAYS
    printed_deadline: PrintedDeadline | None = None
    examples: tuple[Example, ...] = ()

    def office_days(self, day: date) -> OfficeDays:
        """On which days election offices are open, by the holidays in force on ``day``."""
        if not self.holidays.versions:
            return FEDERAL_ONLY
        version = self.holidays.on(day)
        return FEDERAL_ONLY if version is None else _own_days(self, version.effective)

    def __hash__(self) -> int:
        """By code, so that a jurisdiction is cheap to look up in a cache."""
        return hash(self.code)


@lru_cache(maxsize=256)
def _own_days(jurisdiction: Jurisdiction, effective: date) -> OfficeDays:
    """Made once for each version of a jurisdiction's holidays, since it remembers the years it has worked out."""
    version = next(each for each in jurisdiction.holidays.versions if each.effective == effective)
    return office_days(version.value, confirmed=version.confidence == "high")
