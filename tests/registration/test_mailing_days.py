"""The large date on the cover sheet, for every jurisdiction and every election in the calendar."""

from datetime import date

import pytest

from registration import phrases
from state_rules import JURISDICTIONS, due_dates, load, upcoming
from state_rules.holidays import federal_holidays

TODAY = date(2026, 11, 22)
SUNDAY = 6


@pytest.mark.parametrize("code", JURISDICTIONS)
def test_nobody_is_told_to_mail_on_a_day_without_mail(code):
    jurisdiction = load(code)
    days = {
        election.day: phrases.mailing_day(due_dates(jurisdiction, election, "mail", TODAY), TODAY)
        for election in upcoming(code, TODAY, 12)
    }
    closed = [day for day in days.values() if day and (day.weekday() == SUNDAY or day in federal_holidays(day.year))]
    assert closed == []
    assert [election for election, day in days.items() if day and day >= election] == []
