"""Answers and rules give our reading of whether, and from when, a person may register; never a verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from state_rules.dated import Confidence, Source, Version
from state_rules.elections import Election, november_election_day, upcoming
from state_rules.form_needs import rule_on
from state_rules.jurisdiction import Jurisdiction
from state_rules.qualifications import AgeRule, Channel, VotingAge

VOTING_AGE = 18
Outcome = Literal["eligible", "not_yet", "ask_official"]
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
]
#: Elections looked at to find the one by which a person will be 18; covers more than ten years of generals.
_HORIZON = 40
#: "18 by the next election": one further off than this may have a local election before it that is not listed.
_NEAR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said; None or "" where they have not said it yet."""

    citizen: bool | None = None
    birth_date: date | None = None
    resident: bool | None = None
    other_rule: Literal["", "no", "yes", "unsure"] = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. ``params``: "from_day" (date), "turns_18" (date), "votes" (bool: in the election asked about),
    "in_person_from" (date: only where one may register in person before one may through the channel asked about),
    "in_person_now" (bool, beside it), "documents" ("all" or "state_elections")."""

    code: ReasonCode
    params: dict[str, object] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    confidence: Confidence = "high"


@dataclass(frozen=True, slots=True)
class Assessment:
    """``from_day``: the first day on which the person may register, where age is known."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    from_day: date | None = None


def birthday(birth_date: date, years: int, months: int = 0) -> date:
    """The day on which a person reaches an age.

    Where the month has no such day (a birthday on February 29, or the 31st plus some months) it is the first
    day of the next month: the stricter reading, since states differ on the day before it.
    """
    total = birth_date.year * 12 + birth_date.month - 1 + years * 12 + months
    year, month = divmod(total, 12)
    try:
        return date(year, month + 1, birth_date.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def eighteen_by(birth_date: date, day: date) -> bool:
    """Whether a person is 18 on ``day``. Born on February 29, they are from March 1 (the stricter reading)."""
    return birthday(birth_date, VOTING_AGE) <= day


def _turns_18_in_time(age: AgeRule, code: str, turns_18: date, election: Election, on: date) -> date:
    """The first day from which the election that the rule names comes after the 18th birthday.

    Elections before ``election`` are passed over: their books are closed or the person does not aim for them.
    """
    if age.turns_18_by == "november_of_year":
        first = date(turns_18.year, 1, 1)
        return first if turns_18 <= november_election_day(turns_18.year) else turns_18
    if turns_18 <= election.day:
        return min(on, turns_18)
    coming = upcoming(code, election.day, _HORIZON)
    if age.turns_18_by == "next_general":
        coming = tuple(each for each in coming if each.kind == "general")
    too_early = [each.day for each in coming if each.day < turns_18]
    return max(too_early) + timedelta(days=1) if too_early else min(on, turns_18)


def _regular_day(birth_date: date, jurisdiction: Jurisdiction, election: Election, on: date, channel: Channel) -> date:
    """The first day of registering proper: when all that the age rule sets holds, and at 18 at the latest."""
    age = rule_on(jurisdiction.age, on).value
    turns_18 = birthday(birth_date, VOTING_AGE)
    days: list[date] = []
    years = max(age.min_years, dict(age.min_by_channel).get(channel, 0))
    if years or age.min_months:
        days.append(birthday(birth_date, years, age.min_months))
    if age.turns_18_by:
        days.append(_turns_18_in_time(age, jurisdiction.code, turns_18, election, on))
    if age.days_before_18:
        days.append(turns_18 - timedelta(days=age.days_before_18))
    return min(max(days, default=turns_18), turns_18)


def _preregistration_day(birth_date: date, age: AgeRule) -> date | None:
    return birthday(birth_date, age.pre_years, age.pre_months) if age.pre_years else None


def earliest_day(
    birth_date: date, jurisdiction: Jurisdiction, election: Election, on: date, channel: Channel = "mail"
) -> date | None:
    """The first day on which the person may register or pre-register; None where no age rule is known."""
    age = jurisdiction.age.on(on)
    if age is None:
        return None
    regular = _regular_day(birth_date, jurisdiction, election, on, channel)
    pre = _preregistration_day(birth_date, age.value)
    return min(regular, pre) if pre else regular


def votes_in(birth_date: date, age: VotingAge, code: str, election: Election) -> bool:
    """Whether the person is old enough to vote in ``election``: 18, or 17 where the state lets them."""
    if birthday(birth_date, age.years) <= election.day:
        return True
    in_primary = age.at_17 == "primaries" and election.kind in ("primary", "presidential_primary")
    if not (in_primary or age.at_17 == "any") or birthday(birth_date, 17) > election.day:
        return False
    following = next((each for each in upcoming(code, election.day, _HORIZON) if each.kind == "general"), None)
    return following is not None and eighteen_by(birth_date, following.day)


def _sooner_in_person(
    birth_date: date, jurisdiction: Jurisdiction, election: Election, on: date, from_day: date
) -> dict[str, object]:
    in_person = earliest_day(birth_date, jurisdiction, election, on, "in_person")
    if in_person is None or in_person >= from_day:
        return {}
    return {"in_person_from": in_person, "in_person_now": in_person <= on}


def _age_reason(
    birth_date: date, jurisdiction: Jurisdiction, election: Election, on: date, channel: Channel
) -> tuple[Reason, date | None]:
    version: Version[AgeRule] | None = jurisdiction.age.on(on)
    if version is None:
        return Reason("unknown_age_rule", confidence="low"), None
    from_day = earliest_day(birth_date, jurisdiction, election, on, channel)
    assert from_day is not None  # noqa: S101 - for the type checker: a version is in force
    turns_18 = birthday(birth_date, VOTING_AGE)
    params: dict[str, object] = {
        "from_day": from_day,
        "turns_18": turns_18,
        "votes": votes_in(birth_date, rule_on(jurisdiction.voting_age, on).value, jurisdiction.code, election),
    }
    code: ReasonCode
    if turns_18 <= on:
        code = "old_enough"
    elif from_day > on:
        code = "too_young"
        params |= _sooner_in_person(birth_date, jurisdiction, election, on, from_day)
    elif _regular_day(birth_date, jurisdiction, election, on, channel) <= on:
        code = "may_register_before_18"
    else:
        code = "may_preregister"
    unsure = code == "may_register_before_18" and version.value.turns_18_by == "next_election"
    far = election.day - on > _NEAR
    return Reason(code, params, version.sources, "low" if unsure and far else version.confidence), from_day


def _other_reasons(answers: Answers, jurisdiction: Jurisdiction, on: date) -> list[Reason]:
    """What the other answers say: citizenship, residence, and the state's own bars (felony, capacity)."""
    citizenship = rule_on(jurisdiction.citizenship_proof, on)
    residency = rule_on(jurisdiction.residency, on)
    felony, capacity = rule_on(jurisdiction.felony, on), rule_on(jurisdiction.capacity, on)
    reasons = []
    if answers.citizen is False:
        reasons.append(Reason("not_a_citizen", {}, citizenship.sources))
    if answers.resident is False:
        reasons.append(Reason("not_resident", {"days": residency.value.days}, residency.sources, residency.confidence))
    if answers.other_rule in ("yes", "unsure"):
        code: ReasonCode = "other_rule_applies" if answers.other_rule == "yes" else "other_rule_unsure"
        lower = "low" if "low" in (felony.confidence, capacity.confidence) else felony.confidence
        reasons.append(Reason(code, {}, (*felony.sources, *capacity.sources), lower))
    if citizenship.value.documents != "none":
        documents: dict[str, object] = {"documents": citizenship.value.documents}
        reasons.append(Reason("citizenship_documents", documents, citizenship.sources, citizenship.confidence))
    return reasons


_FOR_AN_OFFICIAL = frozenset(
    {"not_a_citizen", "not_resident", "other_rule_applies", "other_rule_unsure", "unknown_age_rule"}
)


def assess(
    answers: Answers, jurisdiction: Jurisdiction, election: Election, on: date, channel: Channel = "mail"
) -> Assessment:
    """Our reading of one person's answers on ``on``: an outcome, every reason with its sources, and from when.

    Works with partial answers: what has not been said raises no reason.
    """
    reasons = _other_reasons(answers, jurisdiction, on)
    from_day = None
    if answers.birth_date is not None:
        reason, from_day = _age_reason(answers.birth_date, jurisdiction, election, on, channel)
        reasons.insert(0, reason)
    codes = {reason.code for reason in reasons}
    outcome: Outcome = "eligible"
    if codes & _FOR_AN_OFFICIAL:
        outcome = "ask_official"
    elif "too_young" in codes:
        outcome = "not_yet"
    return Assessment(outcome, tuple(reasons), from_day)
