"""Each shape of rule, by equality on dates worked out by hand on a calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state_rules import Due, Election, Jurisdiction, due_dates
from state_rules.holidays import FEDERAL_ONLY
from tests.state_rules.conftest import FIXTURE, Edit

ON = date(2026, 3, 2)
GENERAL_2026 = Election(date(2026, 11, 3), "general", "General election", "JF")
GENERAL_2028 = Election(date(2028, 11, 7), "general", "General election", "JF")
SATURDAY_PRIMARY = Election(date(2028, 8, 12), "primary", "Primary", "JF")


def example(election_day: str, *expect: str, kind: str = "general") -> str:
    pairs = [each.split(" ") for each in expect]
    dates = ", ".join(f'{{ event = "{event}", by = {by} }}' for event, by in pairs)
    return (
        f'[[examples]]\ndeadline = "mail"\nelection_day = {election_day}\nelection_kind = "{kind}"\n'
        f'expect = [{dates}]\nsource = "ec-2-108"\n\n'
    )


def mail(state: Jurisdiction, election: Election = GENERAL_2026) -> Due:
    return due_dates(state, election, "mail", ON)


def days(due: Due) -> list[tuple[str, date]]:
    return [(each.event, each.by) for each in due.dates]


def test_both_tests_must_hold_when_all_of(with_deadline: Edit) -> None:
    state = with_deadline(
        'all_of = [{ event = "postmarked", days_before = 15 }, { event = "received", days_before = 10 }]',
        example("2026-11-03", "postmarked 2026-10-19", "received 2026-10-24"),
    )
    due = mail(state)
    assert days(due) == [("postmarked", date(2026, 10, 19)), ("received", date(2026, 10, 24))]
    assert (due.every, due.last_day) == (True, date(2026, 10, 19))


def test_one_test_suffices_when_any_of(with_deadline: Edit) -> None:
    state = with_deadline(
        'any_of = [{ event = "postmarked", days_before = 15 }, '
        '{ event = "received", days_before = 12, time = "17:00" }]',
        example("2026-11-03", "postmarked 2026-10-19", "received 2026-10-22"),
    )
    due = mail(state)
    assert (due.every, due.last_day, due.dates[1].time) == (False, date(2026, 10, 22), "17:00")


def test_arrival_limit_counts_from_the_moved_postmark_day(with_deadline: Edit) -> None:
    state = with_deadline(
        'all_of = [{ event = "postmarked", days_before = 29 }, { event = "received", days_after_first = 5 }]\n'
        'if_closed = "next_business_day"',
        example("2028-11-07", "postmarked 2028-10-10", "received 2028-10-15"),
    )
    due = mail(state, GENERAL_2028)
    assert days(due) == [("postmarked", date(2028, 10, 10)), ("received", date(2028, 10, 15))]
    assert (due.dates[0].counted, due.dates[0].closed_for) == (date(2028, 10, 9), "Columbus Day")


@pytest.mark.parametrize(
    ("weekday", "nth", "election", "expected"),
    [
        ("saturday", 4, GENERAL_2026, date(2026, 10, 10)),
        ("monday", 5, GENERAL_2026, date(2026, 10, 5)),
        ("wednesday", 4, GENERAL_2026, date(2026, 10, 7)),
        ("friday", 3, GENERAL_2026, date(2026, 10, 16)),
        ("friday", 2, GENERAL_2026, date(2026, 10, 23)),
        ("tuesday", 4, GENERAL_2026, date(2026, 10, 6)),
        ("saturday", 1, SATURDAY_PRIMARY, date(2028, 8, 5)),
        ("monday", 5, SATURDAY_PRIMARY, date(2028, 7, 10)),
    ],
)
def test_weekday_rule_names_the_nth_before(
    with_deadline: Edit, weekday: str, nth: int, election: Election, expected: date
) -> None:
    state = with_deadline(
        f'all_of = [{{ event = "postmarked", weekday = "{weekday}", nth_before = {nth} }}]\nif_closed = "same_day"',
        example(election.day.isoformat(), f"postmarked {expected}", kind=election.kind),
    )
    assert mail(state, election).last_day == expected


@pytest.mark.parametrize(
    ("roll", "by", "confidence", "unstated"),
    [
        ("next_business_day", date(2026, 10, 5), "high", False),
        ("previous_business_day", date(2026, 10, 2), "high", False),
        ("same_day", date(2026, 10, 4), "high", False),
        ("unstated", date(2026, 10, 4), "medium", True),
    ],
)
def test_day_on_a_sunday_rolls_as_the_rule_says(
    with_deadline: Edit, roll: str, by: date, confidence: str, unstated: bool
) -> None:
    state = with_deadline(
        f'all_of = [{{ event = "postmarked", days_before = 30 }}]\nif_closed = "{roll}"',
        example("2026-11-03", f"postmarked {by}"),
    )
    due = mail(state)
    assert (due.last_day, due.version.confidence, due.roll_unstated) == (by, confidence, unstated)
    assert (due.dates[0].counted, due.dates[0].closed_for) == (date(2026, 10, 4), "Sunday")


def test_unstated_roll_keeps_its_confidence_on_a_business_day(with_deadline: Edit) -> None:
    state = with_deadline(
        'all_of = [{ event = "postmarked", days_before = 21 }]', example("2026-11-03", "postmarked 2026-10-13")
    )
    due = mail(state)
    assert (due.last_day, due.version.confidence, due.roll_unstated) == (date(2026, 10, 13), "high", False)


def test_three_channels_give_three_dates_for_one_sunday(edited: Edit) -> None:
    state = edited(
        (
            'all_of = [{ event = "submitted", days_before = 30, time = "23:59" }]\nif_closed = "next_business_day"',
            'all_of = [{ event = "submitted", days_before = 30, time = "23:59" }]\nif_closed = "same_day"',
        ),
        ('expect = [{ event = "submitted", by = 2026-10-05 }]', 'expect = [{ event = "submitted", by = 2026-10-04 }]'),
        (
            'days_before = 30, time = "17:00" }',
            'days_before = 30, time = "17:00", if_closed = "previous_business_day" }',
        ),
        (
            'ordinary = [{ event = "appeared", by = 2026-10-05 }]',
            'ordinary = [{ event = "appeared", by = 2026-10-02 }]',
        ),
    )
    found = [
        due_dates(state, GENERAL_2026, channel, ON).ordinary_last_day for channel in ("in_person", "online", "mail")
    ]
    assert found == [date(2026, 10, 2), date(2026, 10, 4), date(2026, 10, 5)]


def test_postmark_on_a_sunday_means_the_saturday_mail(with_deadline: Edit) -> None:
    state = with_deadline(
        'all_of = [{ event = "postmarked", days_before = 30 }]\nif_closed = "same_day"',
        example("2026-11-03", "postmarked 2026-10-04"),
    )
    assert (mail(state).last_day, mail(state).last_mailing_day) == (date(2026, 10, 4), date(2026, 10, 3))


def test_received_on_a_sunday_is_no_earlier_mailing_day(with_deadline: Edit) -> None:
    state = with_deadline(
        'all_of = [{ event = "received", days_before = 30 }]\nif_closed = "same_day"',
        example("2026-11-03", "received 2026-10-04"),
    )
    assert mail(state).last_mailing_day == date(2026, 10, 4)


def test_business_days_skip_weekends_and_holidays(with_deadline: Edit) -> None:
    state = with_deadline(
        'all_of = [{ event = "received", business_days_before = 11 }]',
        example("2026-11-03", "received 2026-10-19") + example("2026-10-15", "received 2026-09-29"),
    )
    assert mail(state).last_day == date(2026, 10, 19)
    assert mail(state, Election(date(2026, 10, 15), "special", "", "JF")).last_day == date(2026, 9, 29)


def test_local_range_shows_the_first_day_and_the_last(with_deadline: Edit) -> None:
    rule = 'all_of = [{ event = "received", local_min_days = 6, local_max_days = 13 }]'
    state = with_deadline(
        rule,
        (
            '[[examples]]\ndeadline = "mail"\nelection_day = 2026-11-03\n'
            'expect = [{ event = "received", by = 2026-10-21, latest = 2026-10-28 }]\nsource = "ec-2-108"\n\n'
        ),
    )
    due = mail(state)
    assert (due.last_day, due.dates[0].latest, due.set_locally) == (date(2026, 10, 21), date(2026, 10, 28), True)


def test_ordinary_close_and_last_chance_differ(jefferson: Jurisdiction) -> None:
    due = due_dates(jefferson, GENERAL_2026, "in_person", ON)
    assert (due.last_day, due.ordinary_last_day) == (date(2026, 11, 3), date(2026, 10, 5))
    assert (due.dates[0].time, due.ordinary[0].time) == ("close_of_polls", "17:00")
    assert due.version.value.last_chance_where == "your polling place"


def test_rule_without_last_chance_has_one_close(jefferson: Jurisdiction) -> None:
    due = mail(jefferson)
    assert (due.ordinary, due.ordinary_last_day) == ((), due.last_day)


PRESIDENT_ONLY = ('last_chance_scope = "all"', 'last_chance_scope = "president_only"')
IN_PERSON_2026 = (
    'expect = [{ event = "appeared", by = 2026-11-03 }]\nordinary = [{ event = "appeared", by = 2026-10-05 }]',
    'expect = [{ event = "appeared", by = 2026-10-05 }]',
)


def test_president_only_last_chance_exists_in_presidential_generals(edited: Edit) -> None:
    state = edited(PRESIDENT_ONLY, IN_PERSON_2026)
    due = due_dates(state, GENERAL_2028, "in_person", ON)
    assert (due.last_day, due.ordinary_last_day) == (date(2028, 11, 7), date(2028, 10, 10))
    assert due.version.value.last_chance_scope == "president_only"


@pytest.mark.parametrize("election", [GENERAL_2026, SATURDAY_PRIMARY])
def test_president_only_last_chance_is_absent_elsewhere(edited: Edit, election: Election) -> None:
    due = due_dates(edited(PRESIDENT_ONLY, IN_PERSON_2026), election, "in_person", ON)
    assert (due.last_day, due.ordinary, due.version.value.last_chance_scope) == (due.ordinary_last_day, (), "")
    assert due.last_day < election.day


def test_rule_for_an_election_kind_replaces_the_general_one(with_deadline: Edit) -> None:
    rule = (
        'all_of = [{ event = "postmarked", days_before = 30 }]\n'
        'by_election_kind.special = { all_of = [{ event = "postmarked", days_before = 10 }] }\n'
        "by_election_kind.primary = { all_of = ["
        '{ event = "received", last_business_day_before = true, time = "12:00" }] }'
    )
    state = with_deadline(
        rule,
        example("2026-11-03", "postmarked 2026-10-04") + example("2027-02-27", "postmarked 2027-02-17", kind="special"),
    )
    assert mail(state, Election(date(2027, 2, 27), "special", "", "JF")).last_day == date(2027, 2, 17)
    primary = mail(state, Election(date(2026, 11, 3), "primary", "", "JF"))
    assert (primary.dates[0].event, primary.last_day, primary.dates[0].time) == ("received", date(2026, 11, 2), "12:00")


def test_no_stated_day_is_an_answer(with_deadline: Edit) -> None:
    state = with_deadline(
        'by_election_kind.special = { available = true }\nnote = "The call sets the day."\n'
        'all_of = [{ event = "postmarked", days_before = 30 }]',
        example("2026-11-03", "postmarked 2026-10-04"),
    )
    due = mail(state, Election(date(2027, 2, 27), "special", "", "JF"))
    assert (due.available, due.dates, due.last_day, due.last_mailing_day) == (True, (), None, None)


def test_channel_that_is_not_offered_has_no_day(with_deadline: Edit) -> None:
    due = mail(with_deadline("available = false"))
    assert (due.available, due.dates, due.last_day, due.ordinary_last_day) == (False, (), None, None)


def test_version_in_force_on_election_day_governs(with_deadline: Edit) -> None:
    rule = (
        'all_of = [{ event = "postmarked", days_before = 22 }]\nsources = ["ec-2-108"]\n\n'
        '[[deadlines.mail]]\neffective = 2028-07-01\nstatus = "future"\n'
        'all_of = [{ event = "postmarked", days_before = 11 }]'
    )
    state = with_deadline(
        rule, example("2026-11-03", "postmarked 2026-10-12") + example("2028-11-07", "postmarked 2028-10-27")
    )
    assert [mail(state, election).last_day for election in (GENERAL_2026, GENERAL_2028)] == [
        date(2026, 10, 12),
        date(2028, 10, 27),
    ]


def test_due_dates_before_the_data_says_so(jefferson: Jurisdiction) -> None:
    with pytest.raises(LookupError, match="the data begins later"):
        due_dates(jefferson, Election(date(2018, 11, 6), "general", "", "JF"), "mail", date(2018, 9, 1))


@given(st.dates(date(2021, 1, 1), date(2060, 12, 31)))
def test_rolled_day_is_open_and_never_after_the_election(day: date) -> None:
    from state_rules import load_file

    state = load_file(FIXTURE)
    election = Election(day, "general", "", "JF")
    for channel in ("mail", "online"):
        due = due_dates(state, election, channel, date(2021, 1, 1))
        assert due.last_day is not None
        assert FEDERAL_ONLY.closed_for(due.last_day) == ""
        assert due.last_day <= day


SPECIAL = Election(date(2027, 5, 21), "special", "Special election", "JF")  # day 30 before is April 21, Founders' Day


@pytest.mark.parametrize(
    ("confidence", "roll", "by", "unstated", "sure"),
    [
        ("high", "next_business_day", date(2027, 4, 22), False, "high"),
        ("medium", "next_business_day", date(2027, 4, 21), True, "medium"),
        ("high", "previous_business_day", date(2027, 4, 20), False, "high"),
        ("medium", "previous_business_day", date(2027, 4, 20), True, "medium"),
        ("medium", "same_day", date(2027, 4, 21), False, "high"),
    ],
)
def test_state_holiday_moves_a_day_later_only_if_it_is_sure(
    edited: Edit, confidence: str, roll: str, by: date, unstated: bool, sure: str
) -> None:
    state = edited(
        ("[[holidays]]", f'[[holidays]]\nconfidence = "{confidence}"'),
        (
            '{ event = "submitted", days_before = 30, time = "23:59" }',
            f'{{ event = "submitted", days_before = 30, time = "23:59", if_closed = "{roll}" }}',
        ),
        (
            'expect = [{ event = "submitted", by = 2026-10-05 }]',
            f'expect = [{{ event = "submitted", by = {SUNDAY[roll]} }}]',
        ),
    )
    due = due_dates(state, SPECIAL, "online", ON)
    assert (due.last_day, due.roll_unstated, due.version.confidence) == (by, unstated, sure)


SUNDAY = {"next_business_day": "2026-10-05", "previous_business_day": "2026-10-02", "same_day": "2026-10-04"}


def test_due_names_the_time_zones(jefferson: Jurisdiction) -> None:
    assert due_dates(jefferson, GENERAL_2026, "online", ON).zones == ("America/New_York",)


def test_roll_never_passes_election_day(edited: Edit) -> None:
    state = edited(
        (
            '{ event = "submitted", days_before = 30, time = "23:59" }',
            '{ event = "submitted", days_before = 1, time = "23:59" }',
        ),
        ('expect = [{ event = "submitted", by = 2026-10-05 }]', 'expect = [{ event = "submitted", by = 2026-11-02 }]'),
    )
    sunday = Election(date(2027, 5, 23), "special", "Special election", "JF")  # day 1 before is a Saturday
    assert due_dates(state, sunday, "online", ON).last_day == date(2027, 5, 23)


NEW_LAW = """[[deadlines.online]]
effective = 2027-07-01
status = "future"
all_of = [{ event = "submitted", days_before = %d }]
if_closed = "next_business_day"
sources = ["ec-2-108"]

[[examples]]
deadline = "online"
election_day = 2028-11-07
expect = [{ event = "submitted", by = %s }]
source = "ec-2-108"

[[deadlines.mail]]"""


@pytest.mark.parametrize(
    ("days", "example_day", "reopens", "election_day", "by", "confidence"),
    [
        (10, "2028-10-30", False, date(2027, 7, 6), date(2027, 6, 7), "medium"),  # closed on June 7 under the old law
        (10, "2028-10-30", True, date(2027, 7, 6), date(2027, 6, 28), "high"),
        (10, "2028-10-30", False, date(2027, 8, 10), date(2027, 8, 2), "high"),  # the old close is July 12
        (40, "2028-09-28", False, date(2027, 7, 6), date(2027, 5, 27), "high"),  # the newer law closes sooner
    ],
)
def test_law_that_begins_when_the_books_have_closed_does_not_open_them_again(
    edited: Edit, days: int, example_day: str, reopens: bool, election_day: date, by: date, confidence: str
) -> None:
    law = NEW_LAW % (days, example_day)
    if reopens:
        law = law.replace("all_of", "reopens = true\nall_of", 1)
    state = edited(("[[deadlines.mail]]", law))
    due = due_dates(state, Election(election_day, "special", "Special election", "JF"), "online", ON)
    assert (due.last_day, due.version.confidence) == (by, confidence)
