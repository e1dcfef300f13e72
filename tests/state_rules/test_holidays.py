from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state_rules.holidays import (
    FEDERAL_ONLY,
    easter,
    federal_holidays,
    last_postmark_day,
    next_business_day,
    office_days,
    previous_business_day,
)
from state_rules.practice import Holiday, Holidays


def test_federal_holidays_of_2026() -> None:
    assert federal_holidays(2026) == {
        date(2026, 1, 1): "New Year's Day",
        date(2026, 1, 19): "Martin Luther King Jr. Day",
        date(2026, 2, 16): "Washington's Birthday",
        date(2026, 5, 25): "Memorial Day",
        date(2026, 6, 19): "Juneteenth",
        date(2026, 7, 3): "Independence Day",
        date(2026, 7, 4): "Independence Day",
        date(2026, 9, 7): "Labor Day",
        date(2026, 10, 12): "Columbus Day",
        date(2026, 11, 11): "Veterans Day",
        date(2026, 11, 26): "Thanksgiving Day",
        date(2026, 12, 25): "Christmas Day",
    }


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2021, 12, 31), "New Year's Day"),  # January 1, 2022 was a Saturday
        (date(2027, 12, 24), "Christmas Day"),  # December 25, 2027 is a Saturday
        (date(2028, 10, 9), "Columbus Day"),
        (date(2028, 11, 10), "Veterans Day"),  # November 11, 2028 is a Saturday
        (date(2023, 1, 2), "New Year's Day"),
        (date(2026, 10, 10), "Saturday"),
        (date(2026, 10, 11), "Sunday"),
        (date(2020, 6, 19), ""),
        (date(2026, 10, 13), ""),
    ],
)
def test_closed_day_says_why(day: date, reason: str) -> None:
    assert FEDERAL_ONLY.closed_for(day) == reason


def test_business_days_around_a_long_weekend() -> None:
    saturday = date(2026, 10, 10)
    assert (next_business_day(saturday), previous_business_day(saturday)) == (date(2026, 10, 13), date(2026, 10, 9))
    assert FEDERAL_ONLY.business_days_before(date(2026, 10, 14), 2) == date(2026, 10, 9)


def test_post_offices_postmark_on_saturdays_but_not_on_holidays() -> None:
    assert last_postmark_day(date(2026, 10, 10)) == date(2026, 10, 10)
    assert last_postmark_day(date(2026, 10, 12)) == date(2026, 10, 10)


@pytest.mark.parametrize(
    ("year", "day"),
    [(1961, (4, 2)), (2000, (4, 23)), (2024, (3, 31)), (2027, (3, 28)), (2028, (4, 16)), (2038, (4, 25))],
)
def test_easter_as_the_almanac_has_it(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


PATRIOTS = Holiday("Patriots' Day", month=4, weekday=0, nth=3)
OWN = [
    (PATRIOTS, date(2027, 4, 19)),
    (Holiday("Arbor Day", month=4, weekday=4, nth=-1), date(2027, 4, 30)),
    (Holiday("December's last Friday", month=12, weekday=4, nth=-1), date(2029, 12, 28)),
    (Holiday("Good Friday", days_after_easter=-2), date(2027, 3, 26)),
    (Holiday("Pioneer Day", month=7, day=24), date(2026, 7, 24)),
    (Holiday("Pioneer Day", month=7, day=24), date(2027, 7, 23)),  # a Saturday, kept on Friday
    (Holiday("Election Day", month=11, weekday=1, nth=1, every=2), date(2028, 11, 7)),
]


@pytest.mark.parametrize(("holiday", "day"), OWN)
def test_state_holiday_closes_its_day(holiday: Holiday, day: date) -> None:
    days = office_days(Holidays((holiday,)), confirmed=True)
    assert (days.closed_for(day), FEDERAL_ONLY.closed_for(day)) == (holiday.name, "")


def test_holiday_of_even_years_leaves_odd_years_alone() -> None:
    days = office_days(Holidays((Holiday("Election Day", month=11, weekday=1, nth=1, every=2),)), confirmed=True)
    assert days.closed_for(date(2027, 11, 2)) == ""


def test_federal_holiday_that_the_state_does_not_keep_is_a_business_day() -> None:
    days = office_days(Holidays(not_kept=("Columbus Day",)), confirmed=True)
    assert (days.closed_for(date(2028, 10, 9)), days.next_open(date(2028, 10, 8))) == ("", date(2028, 10, 9))


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.integers(1, 20))
def test_business_days_are_open_and_counted(day: date, count: int) -> None:
    days = office_days(Holidays((PATRIOTS,)), confirmed=True)
    found = days.business_days_before(day, count)
    between = [found + timedelta(days=number) for number in range((day - found).days)]
    assert [days.closed_for(found), sum(not days.closed_for(each) for each in between)] == ["", count]
