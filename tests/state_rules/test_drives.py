"""What a volunteer drive must do, and by when it hands in what it has collected."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from state_rules import (
    JURISDICTIONS,
    Election,
    Jurisdiction,
    drive_rules,
    due_dates,
    keeping,
    load,
    return_by,
    upcoming,
)
from tests.state_rules.conftest import Edit

ON = date(2026, 8, 3)
GENERAL = Election(date(2026, 11, 3), "general", "General election", "JF")  # the books close on October 5
CLOCK = 'return_within = { amount = 5, unit = "business_days", or_deadline = true }'


def test_drive_is_told_its_duties(jefferson: Jurisdiction) -> None:
    found = drive_rules(jefferson, ON)
    assert (found.standing, found.duties) == (
        "after_duties",
        ("group_registers", "training", "receipt", "never_pay_per_form", "return_in_time"),
    )
    assert found.version.value.fines == ("$50 for each late application",)
    assert [source.key for source in found.version.sources] == ["ec-2-108"]


@pytest.mark.parametrize("rule", ["forbidden", "with_consent"])
def test_keeping_is_as_the_rule_says_and_unknown_where_it_says_nothing(
    jefferson: Jurisdiction, edited: Edit, rule: str
) -> None:
    said = edited(('paid_per_form = "banned"', f'paid_per_form = "banned"\nkeeping = "{rule}"'))
    assert (keeping(jefferson, ON), keeping(said, ON)) == ("unknown", rule)


@pytest.mark.parametrize(
    ("rule", "standing", "duties"),
    [
        ("possible = false", "cannot_work", ()),
        ('group = "unknown"\nvolunteer = "unknown"', "unknown", ()),
        ('group = "nothing"\nvolunteer = "nothing"', "may_work", ()),
        (
            'group = "paid_only"\nvolunteer = "paid_only"',
            "may_work",
            ("paid_group_registers", "paid_volunteer_registers"),
        ),
        (
            'group = "nothing"\nvolunteer = "appointment"\nper_county = true',
            "after_duties",
            ("appointment", "in_every_county"),
        ),
    ],
)
def test_standing_follows_from_the_rule(edited: Edit, rule: str, standing: str, duties: tuple[str, ...]) -> None:
    whole = (
        f'group = "registers"\nvolunteer = "training"\n{CLOCK}\nnear_deadline = {{ amount = 48, unit = "hours" }}\n'
        'near_days = 14\nreceipt = true\npaid_per_form = "banned"\nfines = ["$50 for each late application"]'
    )
    found = drive_rules(edited((whole, rule)), ON)
    assert (found.standing, found.duties) == (standing, duties)


@pytest.mark.parametrize(
    ("signed", "by", "hours", "because"),
    [
        (date(2026, 8, 3), date(2026, 8, 10), None, "clock"),
        (date(2026, 9, 2), date(2026, 9, 10), None, "clock"),  # Labor Day lies between
        (date(2026, 9, 22), date(2026, 9, 23), 48, "near_deadline"),
        (date(2026, 10, 5), date(2026, 10, 5), None, "deadline"),
        (date(2026, 10, 6), date(2026, 10, 14), None, "clock"),  # the books have closed; Columbus Day
    ],
)
def test_form_is_handed_in_by_the_strictest_clock(
    jefferson: Jurisdiction, signed: date, by: date, hours: int | None, because: str
) -> None:
    found = return_by(jefferson, signed, GENERAL)
    assert found is not None
    assert (found.by, found.hours, found.because) == (by, hours, because)


def test_calendar_days_count_weekends(edited: Edit) -> None:
    state = edited((CLOCK, 'return_within = { amount = 5, unit = "days" }'))
    found = return_by(state, date(2026, 8, 5), GENERAL)
    assert found is not None
    assert found.by == date(2026, 8, 10)


def test_shorter_clock_runs_always_where_it_is_not_known_from_when(edited: Edit) -> None:
    found = return_by(edited(("near_days = 14\n", "")), ON, GENERAL)
    assert found is not None
    assert (found.by, found.because) == (date(2026, 8, 4), "near_deadline")


def test_holiday_that_nobody_confirmed_gives_no_day_more(edited: Edit) -> None:
    days = []
    for confidence in ("high", "medium"):
        state = edited(
            ("[[holidays]]", f'[[holidays]]\nconfidence = "{confidence}"'),
            ("month = 4, day = 21", "month = 8, day = 5"),
        )
        found = return_by(state, date(2026, 8, 3), GENERAL)
        assert found is not None
        days.append(found.by)
    assert days == [date(2026, 8, 11), date(2026, 8, 10)]


def test_no_clock_known_is_no_day(edited: Edit) -> None:
    assert return_by(edited((CLOCK + "\n", "")), ON, GENERAL) is None


def test_drives_of_the_states_that_the_law_singles_out() -> None:
    on = date(2026, 11, 26)
    found = {code: drive_rules(load(code), on) for code in JURISDICTIONS}
    assert {code for code, rules in found.items() if rules.standing == "cannot_work"} == {"NH", "ND", "WY"}
    texas = found["TX"]
    assert {"appointment", "in_every_county", "receipt", "return_in_time"} <= set(texas.duties)
    assert all(rules.version.sources for rules in found.values())


@pytest.mark.parametrize("code", JURISDICTIONS)
def test_form_signed_before_the_books_close_is_handed_in_before_they_close(code: str) -> None:
    state = load(code)
    for election in upcoming(code, date(2026, 11, 26), 5):
        dues = [due_dates(state, election, channel, election.day) for channel in ("mail", "in_person")]
        closes = [due.ordinary_last_day_to_act for due in dues if due.available and due.ordinary_last_day_to_act]
        for days in (0, 1, 3, 10, 40):
            signed = min(closes, default=election.day) - timedelta(days=days)
            found = return_by(state, signed, election) if signed >= date(2026, 11, 26) else None
            assert found is None or not closes or signed <= found.by <= min(closes)
