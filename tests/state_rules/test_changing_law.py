"""Deadlines of an election before which the law changes."""

from __future__ import annotations

from datetime import date

import pytest

from state_rules import Election, Jurisdiction, due_dates, ways
from tests.state_rules.conftest import Edit

ELECTION = Election(date(2027, 11, 2), "special", "Special election", "JF")
LONG, SHORT = "days_before = 30", "days_before = 5"


def law(effective: str, days: int, example: tuple[str, str], more: str = "") -> str:
    """A version for online registration, and the example that proves it."""
    day, by = example
    return (
        f'[[deadlines.online]]\neffective = {effective}\nstatus = "future"\n{more}'
        f'all_of = [{{ event = "submitted", days_before = {days} }}]\nif_closed = "next_business_day"\n'
        f'sources = ["ec-2-108"]\n\n[[examples]]\ndeadline = "online"\nelection_day = {day}\n'
        f'expect = [{{ event = "submitted", by = {by} }}]\nsource = "ec-2-108"\n\n'
    )


def with_laws(edited: Edit, *laws: str) -> Jurisdiction:
    return edited(("[[deadlines.mail]]", "".join(laws) + "[[deadlines.mail]]"))


@pytest.fixture
def shortened(edited: Edit) -> Jurisdiction:
    """Five days until October 19, thirty from October 20 on: the books of November 2 close on October 4 by it."""
    return edited(
        ('"submitted", days_before = 30', '"submitted", days_before = 5'),
        ('expect = [{ event = "submitted", by = 2026-10-05 }]', 'expect = [{ event = "submitted", by = 2026-10-29 }]'),
        ("[[deadlines.mail]]", law("2027-10-20", 30, ("2028-11-07", "2028-10-10")) + "[[deadlines.mail]]"),
    )


@pytest.mark.parametrize(
    ("on", "last_day", "confidence", "standing"),
    [
        (date(2027, 9, 1), date(2027, 10, 4), "high", "open"),  # the sooner day is the safe one
        (date(2027, 10, 4), date(2027, 10, 4), "high", "open"),
        (date(2027, 10, 12), date(2027, 10, 19), "medium", "open"),  # the law of that day still takes people
        (date(2027, 10, 19), date(2027, 10, 19), "medium", "open"),
        (date(2027, 10, 20), date(2027, 10, 4), "high", "closed"),
    ],
)
def test_way_is_not_closed_by_a_law_that_has_yet_to_begin(
    shortened: Jurisdiction, on: date, last_day: date, confidence: str, standing: str
) -> None:
    due = due_dates(shortened, ELECTION, "online", on)
    assert (due.last_day, due.version.confidence) == (last_day, confidence)
    assert ways(shortened, ELECTION, on)[0].standing == standing


def test_way_that_a_coming_law_takes_away_is_open_until_it_begins(edited: Edit) -> None:
    gone = (
        '[[deadlines.online]]\neffective = 2027-10-20\nstatus = "future"\navailable = false\nsources = ["office"]\n\n'
    )
    state = edited(
        ('"submitted", days_before = 30', '"submitted", days_before = 5'),
        ('expect = [{ event = "submitted", by = 2026-10-05 }]', 'expect = [{ event = "submitted", by = 2026-10-29 }]'),
        ("[[deadlines.mail]]", gone + "[[deadlines.mail]]"),
    )
    found = [due_dates(state, ELECTION, "online", date(2027, 10, day)) for day in (12, 20)]
    assert [(due.available, due.last_day) for due in found] == [(True, date(2027, 10, 19)), (False, None)]


def test_books_that_closed_stay_closed_through_two_changes(edited: Edit) -> None:
    state = with_laws(
        edited,
        law("2027-10-08", 20, ("2027-10-12", "2027-09-13")),
        law("2027-10-15", 5, ("2028-11-07", "2028-11-02")),
    )
    due = due_dates(state, ELECTION, "online", date(2027, 10, 16))
    assert (due.last_day, due.version.confidence) == (date(2027, 10, 4), "medium")


def test_law_that_comes_back_does_not_open_what_another_closed(edited: Edit) -> None:
    state = edited(
        ('"submitted", days_before = 30', '"submitted", days_before = 5'),
        ('expect = [{ event = "submitted", by = 2026-10-05 }]', 'expect = [{ event = "submitted", by = 2026-10-29 }]'),
        (
            "[[deadlines.mail]]",
            law("2027-01-01", 30, ("2027-05-04", "2027-04-05"), "until = 2027-10-19\n") + "[[deadlines.mail]]",
        ),
    )
    due = due_dates(state, ELECTION, "online", date(2027, 10, 25))
    assert (due.last_day, due.version.confidence) == (date(2027, 10, 4), "medium")


def test_past_election_has_the_law_of_its_own_day(edited: Edit) -> None:
    state = with_laws(edited, law("2027-01-01", 5, ("2028-11-07", "2028-11-02")))
    past = Election(date(2026, 11, 3), "general", "General election", "JF")
    assert due_dates(state, past, "online", date(2028, 1, 1)).last_day == date(2026, 10, 5)
    with pytest.raises(LookupError):
        due_dates(state, Election(date(2019, 11, 5), "general", "", "JF"), "online", date(2028, 1, 1))
