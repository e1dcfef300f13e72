"""What a person said, what we read from it, and the reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from state_rules.dated import Confidence, Source

#: Our reading of one question; never a verdict. "not_offered": there is no such thing there (no early sign-up).
#: "not_needed": the person is past it (old enough to register), or nobody registers there.
Outcome = Literal["eligible", "not_yet", "ask_official"]
ReadingOutcome = Literal["eligible", "not_yet", "ask_official", "not_offered", "not_needed"]
#: Of what a ballot consists for the person. "nominations_only": at 17 in a primary, candidates and no issues.
Ballot = Literal["full", "federal_only", "president_only", "nominations_only"]
#: Where a convicted person stands. "completed": everything that the court ordered but payments.
Conviction = Literal["", "none", "incarcerated", "parole", "probation", "completed", "unsure"]
Question = Literal[
    "citizen",
    "birth_date",
    "resident",
    "conviction",
    "owes_payment",
    "court_finding",
    "resident_since",
    "has_documents",
    "registered",
]
ReasonCode = Literal[
    "not_a_citizen",
    "too_young",
    "may_preregister",
    "may_register_before_18",
    "old_enough",
    "other_rule_applies",
    "other_rule_unsure",
    "not_resident",
    "citizenship_documents",
    "unknown_age_rule",
    "no_documents",
    "in_prison",
    "sentence_not_over",
    "payment_not_made",
    "conviction_no_bar",
    "conviction_depends",
    "court_finding",
    "lives_there_too_short",
    "too_young_to_vote",
    "votes_at_17",
    "books_closed",
    "president_only_last_chance",
    "president_only_short_residence",
    "president_in_former_home",
    "registration_not_needed",
    "no_federal_race",
]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said; None or "" where they have not said it yet.

    ``other_rule`` answers conviction, court finding and residence time at once, as the form's question does; ``no``
    there counts as an answer to all three. ``resident_since``: from when the person lives there. ``owes_payment``:
    whether fines or restitution are unpaid. ``has_documents``: of citizenship. ``registered``: there, already.
    """

    citizen: bool | None = None
    birth_date: date | None = None
    resident: bool | None = None
    other_rule: Literal["", "no", "yes", "unsure"] = ""
    conviction: Conviction = ""
    owes_payment: bool | None = None
    court_finding: Literal["", "no", "yes", "unsure"] = ""
    resident_since: date | None = None
    has_documents: bool | None = None
    registered: bool | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. ``params``: "from_day" (date), "turns_18" (date), "votes" (bool: in the election asked about),
    "in_person_from" (date: only where one may register in person before one may through the channel asked about),
    "in_person_now" (bool, beside it), "documents" ("all" or "state_elections"), "days" (int), "last_day" (date)."""

    code: ReasonCode
    params: dict[str, object] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    confidence: Confidence = "high"


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer to one of the three questions: may I register, may I sign up early, may I vote in this election.

    ``from_day``: the first day from which it is so, where a day is known. ``ballot``: of what, for voting, and of what
    registering now gives.
    """

    outcome: ReadingOutcome
    reasons: tuple[Reason, ...] = ()
    from_day: date | None = None
    ballot: Ballot = "full"


@dataclass(frozen=True, slots=True)
class Assessment:
    """Our reading of one person's answers for one election.

    ``outcome``, ``reasons`` and ``from_day`` sum up whether, or from when, the person may register or sign up early.
    ``registering``, ``preregistering`` and ``voting`` are the three answers apart. ``next_question``: the question not
    answered yet that matters most, or None where no answer could change anything.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    from_day: date | None = None
    registering: Reading = Reading("ask_official")
    preregistering: Reading = Reading("not_offered")
    voting: Reading = Reading("ask_official")
    next_question: Question | None = None

    @property
    def ask(self) -> tuple[Reason, ...]:
        """What to ask the election office about: what only an official decides, and what we are not sure of."""
        every = (*self.registering.reasons, *self.voting.reasons)
        found = {id(each): each for each in every if each.code in FOR_AN_OFFICIAL or each.confidence == "low"}
        return tuple(found.values())


#: Reasons on which only an official can decide.
FOR_AN_OFFICIAL: frozenset[ReasonCode] = frozenset(
    {
        "not_a_citizen",
        "not_resident",
        "other_rule_applies",
        "other_rule_unsure",
        "unknown_age_rule",
        "no_documents",
        "conviction_depends",
        "court_finding",
        "no_federal_race",
    }
)
#: Reasons that end by themselves, on a day or with an event that the person knows.
NOT_YET: frozenset[ReasonCode] = frozenset(
    {"too_young", "in_prison", "sentence_not_over", "payment_not_made", "lives_there_too_short"}
)
