"""Days on which election offices are closed: weekends, the federal holidays of 5 U.S.C. 6103(a), and a state's own."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from state_rules.practice import Holiday, Holidays

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


class OfficeDays:
    """On which days a jurisdiction's election offices are open.

    ``unsure``: the same under the other reading of holidays that nobody has confirmed, or None where there are none.
    """

    __slots__ = ("_own", "_years", "unsure")

    def __init__(self, own: Holidays | None = None, unsure: OfficeDays | None = None) -> None:
        self._own, self.unsure = own, unsure
        self._years: dict[int, dict[date, str]] = {}

    def _closed(self, year: int) -> dict[date, str]:
        found = self._years.get(year)
        if found is None:
            found = dict(federal_holidays(year))
            if self._own:
                not_kept = self._own.not_kept
                found = {day: name for day, name in found.items() if name not in not_kept}
                for holiday in self._own.kept:
                    found.update(_days_of(holiday, year))
            self._years[year] = found
        return found

    def closed_for(self, day: date) -> str:
        """Why offices are closed on ``day``: the holiday's name, "Saturday", "Sunday", or "" on a business day."""
        name = self._closed(day.year).get(day)
        if name:
            return name
        weekday = day.weekday()
        return "" if weekday < SATURDAY else ("Saturday" if weekday == SATURDAY else "Sunday")

    def next_open(self, day: date) -> date:
        """``day`` itself if it is a business day, else the first one after it."""
        while self.closed_for(day):
            day += ONE_DAY
        return day

    def previous_open(self, day: date) -> date:
        """``day`` itself if it is a business day, else the last one before it."""
        while self.closed_for(day):
            day -= ONE_DAY
        return day

    def business_days_before(self, day: date, count: int) -> date:
        """The business day that is ``count`` business days before ``day``; ``day`` itself is not counted."""
        while count > 0:
            day -= ONE_DAY
            if not self.closed_for(day):
                count -= 1
        return day

    def business_days_after(self, day: date, count: int) -> date:
        """The business day that is ``count`` business days after ``day``; ``day`` itself is not counted.

        A holiday that nobody has confirmed gives no day more.
        """
        found = day
        for _ in range(count):
            found = self.next_open(found + ONE_DAY)
        return found if self.unsure is None else min(found, self.unsure.business_days_after(day, count))


#: Offices that keep the federal holidays and no others.
FEDERAL_ONLY = OfficeDays()


def office_days(own: Holidays, *, confirmed: bool) -> OfficeDays:
    """The calendar of a jurisdiction with holidays of its own. Unconfirmed ones are read both ways."""
    return OfficeDays(own, None if confirmed else FEDERAL_ONLY)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _days_of(holiday: Holiday, year: int) -> dict[date, str]:
    """The day of a state's holiday in a year, and the day on which it is kept where it falls on a weekend."""
    if year % holiday.every:
        return {}
    if holiday.days_after_easter is not None:
        return {easter(year) + timedelta(days=holiday.days_after_easter): holiday.name}
    month = holiday.month or 1
    if holiday.weekday is not None and holiday.nth is not None:
        if holiday.nth > 0:
            return {nth_weekday(year, month, holiday.weekday, holiday.nth): holiday.name}
        last = date(year + month // 12, month % 12 + 1, 1) - ONE_DAY
        return {last - timedelta(days=(last.weekday() - holiday.weekday) % 7): holiday.name}
    fixed = date(year, month, holiday.day or 1)
    return {fixed: holiday.name, _observed(fixed): holiday.name}


def next_business_day(day: date) -> date:
    """``day`` itself if no weekend or federal holiday, else the first such day after it."""
    return FEDERAL_ONLY.next_open(day)


def previous_business_day(day: date) -> date:
    """``day`` itself if no weekend or federal holiday, else the last such day before it."""
    return FEDERAL_ONLY.previous_open(day)


def last_postmark_day(day: date) -> date:
    """The last day up to ``day`` on which a post office postmarks: not a Sunday, not a federal holiday."""
    while day.weekday() == SUNDAY or day in federal_holidays(day.year):
        day -= ONE_DAY
    return day
