"""Ages: from which day a person may register or sign up early, and whether they are old enough to vote."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from state_rules.books import books
from state_rules.elections import Election, november_election_day, upcoming
from state_rules.form_needs import rule_on
from state_rules.jurisdiction import Jurisdiction
from state_rules.qualifications import AgeRule, Channel, VotingAge

VOTING_AGE = 18
#: Elections looked at to find the one by which a person will be 18; covers more than ten years of generals.
_HORIZON = 40


def birthday(birth_date: date, years: int, months: int = 0) -> date:
    """The day on which a person reaches an age.

    Where the month has no such day (a birthday on February 29, or the 31st plus some months) it is the first
    day of the next month: the stricter reading, since states differ on the day before it.
    """
    total = birth_date.year * 12 + birth_date.month - 1 + years * 12 + months
    year, month = divmod(total, 12)
    if year >= date.max.year:
        return date.max
    try:
        return date(year, month + 1, birth_date.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month; the month's last day where it has no such day (the earlier reading)."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)


def eighteen_by(birth_date: date, day: date) -> bool:
    """Whether a person is 18 on ``day``. Born on February 29, they are from March 1 (the stricter reading)."""
    return birthday(birth_date, VOTING_AGE) <= day


@lru_cache(maxsize=1024)
def _first_open(jurisdiction: Jurisdiction, on: date) -> date:
    """The day of the first coming election for which one can still register on ``on``."""
    for election in upcoming(jurisdiction.code, on, _HORIZON):
        last_day = books(jurisdiction, election).last_day
        if last_day is None or on <= last_day:
            return election.day
    return on


def _turns_18_in_time(age: AgeRule, jurisdiction: Jurisdiction, turns_18: date, election: Election, on: date) -> date:
    """The first day from which the next election that the rule names comes after the 18th birthday.

    The next one is the first for which one can still register, or ``election`` itself where it is sooner.
    """
    if turns_18 <= on:
        return turns_18
    if age.turns_18_by == "november_of_year":
        first = date(turns_18.year, 1, 1)
        return first if turns_18 <= november_election_day(turns_18.year) else turns_18
    start = min(election.day, _first_open(jurisdiction, on))
    coming = [election, *upcoming(jurisdiction.code, start, _HORIZON)]
    if age.turns_18_by == "next_general":
        coming = [each for each in coming if each.kind == "general"]
    too_early = [each.day for each in coming if each.day < turns_18]
    return max(too_early) + timedelta(days=1) if too_early else min(on, turns_18)


def regular_day(birth_date: date, jurisdiction: Jurisdiction, election: Election, on: date, channel: Channel) -> date:
    """The first day of registering proper: when all that the age rule sets holds, and at 18 at the latest."""
    age = rule_on(jurisdiction.age, on).value
    turns_18 = birthday(birth_date, VOTING_AGE)
    days: list[date] = []
    years = max(age.min_years, dict(age.min_by_channel).get(channel, 0))
    if years or age.min_months:
        days.append(birthday(birth_date, years, age.min_months))
    if age.turns_18_by:
        days.append(_turns_18_in_time(age, jurisdiction, turns_18, election, on))
    if age.days_before_18:
        days.append(turns_18 - timedelta(days=age.days_before_18))
    return min(max(days, default=turns_18), turns_18)


def preregistration_day(birth_date: date, age: AgeRule) -> date | None:
    """The first day of signing up early; None where the state has no such thing."""
    return birthday(birth_date, age.pre_years, age.pre_months) if age.pre_years else None


def earliest_day(
    birth_date: date, jurisdiction: Jurisdiction, election: Election, on: date, channel: Channel = "mail"
) -> date | None:
    """The first day on which the person may register or pre-register; None where no age rule is known."""
    age = jurisdiction.age.on(on)
    if age is None:
        return None
    regular = regular_day(birth_date, jurisdiction, election, on, channel)
    pre = preregistration_day(birth_date, age.value)
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
