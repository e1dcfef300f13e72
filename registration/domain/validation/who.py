"""The two questions at the head of the form, and box 4."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from registration import phrases
from registration.applicant import Applicant
from registration.domain.validation.problem import Problem
from state_rules import Answers, Election, Jurisdiction, assess, earliest_day, eighteen_by, form_needs

#: No one has lived to 123; beyond 119 a mistyped year is likelier.
OLDEST = 119


def birth_date_from(month: str, day: str, year: str) -> date | Problem | None:
    """The three fields as typed: a date, None when all are empty, or the problem that they make no real date."""
    typed = [each.strip() for each in (month, day, year)]
    if not any(typed):
        return None
    try:
        if len(typed[2]) != 4 or not all(each.isascii() and each.isdigit() for each in typed):
            raise ValueError
        return date(int(typed[2]), int(typed[0]), int(typed[1]))
    except (ValueError, OverflowError):
        return Problem("birth_date_not_real", "birth_date")


def who_problems(applicant: Applicant, rules: Jurisdiction, election: Election, on: date) -> Iterator[Problem]:
    """Citizenship, age and their agreement. "No" to the age question is right for those who may register before 18."""
    if not applicant.citizen:
        yield Problem("citizen_required", "citizen")
    elif applicant.citizen == "no":
        yield Problem("citizen_no", "citizen")
    if not applicant.eighteen:
        yield Problem("eighteen_required", "eighteen", {"election_day": election.day})
    birth_date = applicant.birth_date
    if birth_date is None:
        yield Problem("birth_date_required", "birth_date")
    elif birth_date > on:
        yield Problem("birth_date_future", "birth_date")
    elif birth_date.year < on.year - OLDEST:
        yield Problem("birth_date_too_long_ago", "birth_date")
    else:
        yield from _age_problems(applicant, birth_date, rules, election, on)
    if not applicant.other_rule and has_other_rules(rules, on):
        yield Problem("other_rule_required", "other_rule")


def has_other_rules(rules: Jurisdiction, on: date) -> bool:
    """Whether there is a rule of the state's own to ask about. Each of the three answers goes on."""
    return bool(phrases.other_rules(form_needs(rules, on), rules))


def _age_problems(
    applicant: Applicant, birth_date: date, rules: Jurisdiction, election: Election, on: date
) -> Iterator[Problem]:
    adult = eighteen_by(birth_date, election.day)
    if applicant.eighteen == "no" and adult:
        yield Problem("eighteen_but_older", "eighteen", {"election_day": election.day})
    first_vote = form_needs(rules, on).nvra.value.eighteen_means_first_vote
    if applicant.eighteen == "yes" and not adult and not first_vote:
        yield Problem("eighteen_but_younger", "eighteen", {"election_day": election.day})
    from_day = earliest_day(birth_date, rules, election, on, "mail")
    if from_day is None:
        if not eighteen_by(birth_date, on):
            yield Problem("too_young_ask", "birth_date")
    elif from_day > on:
        yield Problem("too_young", "birth_date", {"from_day": from_day})
    elif _is_unsure(birth_date, rules, election, on):
        yield Problem("age_rule_unsure", "birth_date", advisory=True)


def _is_unsure(birth_date: date, rules: Jurisdiction, election: Election, on: date) -> bool:
    """Whether an early registration is doubtful: say, "18 by the next election" where none is listed soon."""
    reasons = assess(Answers(birth_date=birth_date), rules, election, on).reasons
    early = ("may_preregister", "may_register_before_18")
    return any(reason.code in early and reason.confidence == "low" for reason in reasons)
