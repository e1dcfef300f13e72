"""What holds for every jurisdiction, election and day, whatever the data says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from state_rules import (
    CHANNELS,
    JURISDICTIONS,
    Answers,
    Channel,
    Due,
    Election,
    assess,
    due_dates,
    load,
    target_election,
    ways,
)
from state_rules.holidays import FEDERAL_ONLY
from state_rules.practice import ElectionKind

FIRST = date(2026, 11, 26)
codes = st.sampled_from(JURISDICTIONS)
days = st.dates(FIRST, date(2044, 12, 31))
channels = st.sampled_from(CHANNELS)
kinds = st.sampled_from(get_args(ElectionKind))


def due_of(code: str, day: date, kind: ElectionKind, channel: Channel) -> Due:
    return due_dates(load(code), Election(day, kind, "", code), channel, FIRST)


@settings(max_examples=400)
@given(codes, days, kinds, channels)
def test_deadline_never_falls_after_the_election(code: str, day: date, kind: ElectionKind, channel: Channel) -> None:
    due = due_of(code, day, kind, channel)
    assert [each.by for each in (*due.dates, *due.ordinary) if each.by > day] == []
    assert due.last_day_to_act is None or due.last_day_to_act <= day


@settings(max_examples=400)
@given(codes, days, kinds, channels)
def test_roll_never_lands_on_a_closed_day(code: str, day: date, kind: ElectionKind, channel: Channel) -> None:
    """A day that was moved is a business day, or Election Day."""
    due = due_of(code, day, kind, channel)
    open_days = load(code).office_days(day)
    for each in (*due.dates, *due.ordinary):
        if each.counted != each.by and each.by != day and not each.roll_unstated:
            assert open_days.closed_for(each.by) == ""
            assert each.closed_for != ""


@settings(max_examples=400)
@given(codes, days, kinds, channels)
def test_day_that_is_moved_is_moved_over_closed_days_only(
    code: str, day: date, kind: ElectionKind, channel: Channel
) -> None:
    due = due_of(code, day, kind, channel)
    own = load(code).office_days(day)
    for each in (*due.dates, *due.ordinary):
        if each.counted is None or each.by == day:
            continue
        start, end = sorted((each.counted, each.by))
        between = [start + timedelta(days=number) for number in range((end - start).days)]
        passed = [between_day for between_day in between if between_day != each.by]
        assert [
            passing for passing in passed if not (own.closed_for(passing) or FEDERAL_ONLY.closed_for(passing))
        ] == []


@settings(max_examples=200)
@given(codes, st.integers(2027, 2044), st.integers(0, 51), channels)
def test_election_on_a_saturday_keeps_every_order(code: str, year: int, week: int, channel: Channel) -> None:
    saturday = date(year, 1, 1) + timedelta(days=(5 - date(year, 1, 1).weekday()) % 7 + 7 * week)
    due = due_of(code, saturday, "special", channel)
    assert saturday.weekday() == 5
    for each in (*due.dates, *due.ordinary):
        assert each.by <= saturday
        assert each.latest is None or each.by <= each.latest <= saturday
    if due.ordinary and due.last_day and due.ordinary_last_day:
        assert due.ordinary_last_day <= due.last_day


@settings(max_examples=200)
@given(codes, days)
def test_target_is_never_in_the_past_and_has_a_way_open_or_nobody_registers(code: str, on: date) -> None:
    state = load(code)
    election = target_election(state, on)
    found = ways(state, election, on)
    assert election.day >= on
    assert any(way.is_open for way in found) or {way.standing for way in found} <= {"none", "closed", "later"}


@settings(max_examples=200)
@given(codes, days, st.integers(0, 400))
def test_way_is_open_up_to_its_last_day_and_never_after(code: str, on: date, ahead: int) -> None:
    state = load(code)
    election = Election(on + timedelta(days=ahead), "general", "", code)
    for way in ways(state, election, on):
        if way.is_open and way.last_day and not way.due.set_locally:
            assert on <= way.last_day
        if way.standing == "closed":
            assert (way.last_day or election.day) < on


@settings(max_examples=200)
@given(codes, days, st.dates(date(1900, 1, 1), date(2030, 1, 1)))
def test_who_may_register_at_one_age_may_at_every_later_age(code: str, on: date, born: date) -> None:
    """Registering from a day on: never open before it, open from it, for a person whose other answers bar nothing."""
    state, election = load(code), Election(date(2044, 11, 8), "general", "", code)
    found = assess(Answers(birth_date=born), state, election, on).registering
    if found.outcome == "not_needed" or found.from_day is None:
        return
    assert (found.outcome == "eligible") == (found.from_day <= on)
