"""Days on which election offices are closed: weekends and the federal holidays of 5 U.S.C. 6103(a)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

SATURDAY, SUNDAY = 5, 6
ONE_DAY = timedelta(days=1)

#: Holidays on a fixed day: (month, day, name, first year).
_FIXED = (
    (1, 1, "New Year's Day", 1870),
    (6, 19, "Juneteenth", 2021),
    (7, 4, "Independence Day", 1870),
    (11, 11, "Veterans Day", 1978),
    (12, 25, "Christmas Day", 1870),
)
#: Holidays on the nth weekday of a month: (month, weekday with Monday 0, n, name).
_FLOATING = (
    (1, 0, 3, "Martin Luther King Jr. Day"),
    (2, 0, 3, "Washington's Birthday"),
    (9, 0, 1, "Labor Day"),
    (10, 0, 2, "Columbus Day"),
    (11, 3, 4, "Thanksgiving Day"),
)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The nth ``weekday`` (Monday 0) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _observed(day: date) -> date:
    """Saturday holidays are kept on Friday, Sunday holidays on Monday (5 U.S.C. 6103(b), Executive Order 11582)."""
    if day.weekday() == SATURDAY:
        return day - ONE_DAY
    if day.weekday() == SUNDAY:
        return day + ONE_DAY
    return day


@lru_cache(maxsize=64)
def federal_holidays(year: int) -> dict[date, str]:
    """Every day of ``year`` on which a federal holiday falls or is kept, with its name."""
    days: dict[date, str] = {}
    for of_year in (year, year + 1):  # New Year's Day of a Saturday is kept on December 31 before
        for month, day, name, since in _FIXED:
            if of_year >= since:
                fixed = date(of_year, month, day)
                days.setdefault(fixed, name)
                days.setdefault(_observed(fixed), name)
        for month, weekday, n, name in _FLOATING:
            days[nth_weekday(of_year, month, weekday, n)] = name
        days[last_monday_of_may(of_year)] = "Memorial Day"
    return {day: name for day, name in days.items() if day.year == year}


def closed_for(day: date) -> str:
    """Why an office is closed on ``day``: the holiday's name, "Saturday", "Sunday", or "" on a business day."""
    name = federal_holidays(day.year).get(day, "")
    if name:
        return name
    return {SATURDAY: "Saturday", SUNDAY: "Sunday"}.get(day.weekday(), "")


def is_business_day(day: date) -> bool:
    return not closed_for(day)


def next_business_day(day: date) -> date:
    """``day`` itself if it is a business day, else the first one after it."""
    while closed_for(day):
        day += ONE_DAY
    return day


def previous_business_day(day: date) -> date:
    """``day`` itself if it is a business day, else the last one before it."""
    while closed_for(day):
        day -= ONE_DAY
    return day


def business_days_before(day: date, count: int) -> date:
    """The business day that is ``count`` business days before ``day``; ``day`` itself is not counted."""
    while count > 0:
        day -= ONE_DAY
        if is_business_day(day):
            count -= 1
    return day


def last_postmark_day(day: date) -> date:
    """The last day up to ``day`` on which a post office postmarks: not a Sunday, not a federal holiday."""
    while day.weekday() == SUNDAY or day in federal_holidays(day.year):
        day -= ONE_DAY
    return day
