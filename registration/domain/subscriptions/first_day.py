"""From when a person who is too young may register: read from a birth date, which is not kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from state_rules import Answers, Assessment, Election, Jurisdiction, assess
from state_rules.ages import birthday

#: Younger children are not asked for an address (Children's Online Privacy Protection Act, 15 U.S.C. 6501).
YOUNGEST = 13
Standing = Literal["now", "later", "ask", "child", "not_needed"]


@dataclass(frozen=True, slots=True)
class FirstDay:
    """``day``: the first one on which the person may register or sign up early, where ``standing`` is "later" or
    "child". ``is_sure``: whether the rule is clear. ``assessment``: with the reasons and their sources."""

    standing: Standing
    day: date | None
    is_sure: bool
    assessment: Assessment


def first_day(birth_date: date, place: Jurisdiction, election: Election, on: date) -> FirstDay:
    """What the age alone says, on ``on``. Raises LookupError before the data begins."""
    assessment = assess(Answers(birth_date=birth_date), place, election, on)
    age = assessment.reasons[0]
    is_sure = age.confidence != "low"
    if assessment.registering.outcome == "not_needed":
        return FirstDay("not_needed", None, is_sure, assessment)
    if age.code == "unknown_age_rule" or assessment.from_day is None:
        return FirstDay("ask", None, False, assessment)
    if assessment.from_day <= on:
        return FirstDay("now", None, is_sure, assessment)
    standing: Standing = "child" if birthday(birth_date, YOUNGEST) > on else "later"
    return FirstDay(standing, assessment.from_day, is_sure, assessment)
