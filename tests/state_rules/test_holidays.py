from __future__ import annotations

from datetime import date

import pytest

from state_rules.holidays import (
    FEDERAL_ONLY,
    federal_holidays,
    last_postmark_day,
    next_business_day,
    previous_business_day,
)


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
