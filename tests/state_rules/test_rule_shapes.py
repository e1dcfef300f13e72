"""What the shape of a rule must be able to say, and that the states whose law says it do use it."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from state_rules import CHANNELS, JURISDICTIONS, Answers, Channel, Election, assess, drive_rules, due_dates, load
from state_rules.dated import LawStatus, Version
from state_rules.jurisdiction import Deadline
from state_rules.loader import rule_hints
from state_rules.ways import same_day_for

ON = date(2026, 11, 26)
GENERAL = date(2028, 11, 7)


def value(code: str, rule: str) -> Any:
    version = getattr(load(code), rule).on(ON)
    assert version is not None
    return version.value


def deadline(code: str, channel: Channel) -> Deadline:
    version = load(code).deadlines[channel].on(ON)
    assert version is not None
    return version.value


def test_several_tests_at_once() -> None:
    assert [(test.event, test.days_before) for test in deadline("NY", "mail").all_of] == [
        ("postmarked", 15),
        ("received", 10),
    ]
    assert {test.event for test in deadline("IA", "mail").any_of} == {"postmarked", "received"}
    for code in ("AZ", "MT"):
        assert deadline(code, "mail").all_of[1].days_after_first is not None


@pytest.mark.parametrize(
    ("code", "channel", "weekday", "nth"),
    [
        ("DE", "mail", "saturday", 4),
        ("GA", "mail", "monday", 5),
        ("MO", "mail", "wednesday", 4),
        ("NE", "mail", "friday", 3),
        ("NE", "in_person", "friday", 2),
        ("NV", "mail", "tuesday", 4),
    ],
)
def test_weekday_rules(code: str, channel: Channel, weekday: str, nth: int) -> None:
    (test,) = deadline(code, channel).all_of or deadline(code, channel).ordinary
    ordinary = deadline(code, channel).ordinary or (test,)
    assert (ordinary[0].weekday, ordinary[0].nth_before) == (weekday, nth)


def test_rolls_by_state_and_channel() -> None:
    election = Election(date(2026, 11, 3), "general", "", "XX")  # day 30 before is a Sunday
    moved = {
        code: due_dates(load(code), election, "mail", ON).dates[0].by.day for code in ("AK", "RI", "TX", "OH", "TN")
    }
    assert moved == {"AK": 4, "RI": 4, "TX": 5, "OH": 5, "TN": 5}
    holiday = Election(GENERAL, "general", "", "XX")  # day 29 before is Columbus Day
    assert {due_dates(load(code), holiday, "mail", ON).dates[0].by for code in ("FL", "GA", "AZ", "IN")} == {
        date(2028, 10, 10)
    }
    assert len({deadline("SC", channel).if_closed for channel in CHANNELS}) == 3


def test_counting_conventions() -> None:
    assert (deadline("LA", "online").all_of[0].days_before, deadline("VA", "mail").all_of[0].days_before) == (21, 11)


def test_regular_close_and_last_chance_differ() -> None:
    by_scope = {code: value(code, "same_day") for code in ("NC", "CT", "AK", "RI", "VA", "UT", "MI", "MT")}
    assert (by_scope["NC"].election_day, by_scope["NC"].early_voting) == (False, True)
    primary = Election(date(2028, 8, 8), "primary", "", "CT")
    assert [
        same_day_for(by_scope["CT"], election) for election in (primary, Election(GENERAL, "general", "", "CT"))
    ] == [
        False,
        True,
    ]
    assert {code for code, rule in by_scope.items() if rule.scope == "president_only"} == {"AK", "RI"}
    assert {by_scope["VA"].ballot, by_scope["UT"].ballot} == {"provisional"}
    assert "clerk" in deadline("MI", "in_person").last_chance_where
    assert deadline("MT", "in_person").all_of[0].time == "12:00"


def test_local_discretion() -> None:
    (test,) = deadline("NH", "mail").all_of
    assert (test.local_min_days, test.local_max_days) == (6, 13)


def test_ages() -> None:
    assert (value("TX", "age").min_years, value("TX", "age").min_months) == (17, 10)
    assert {(value(code, "age").min_years, value(code, "age").min_months) for code in ("GA", "MO")} == {(17, 6)}
    assert (value("AK", "age").days_before_18, value("NE", "age").turns_18_by) == (90, "november_of_year")
    assert dict(value("LA", "age").min_by_channel) == {"mail": 17, "online": 17}
    assert (value("DC", "voting_age").at_17, value("OH", "voting_age").nominations_only) == ("any", True)


def test_felony_rules() -> None:
    assert {code for code in JURISDICTIONS if value(code, "felony").category == "never_lost"} == {
        "DC", "ME", "VT", "PR",
    }  # fmt: skip
    assert {code for code in JURISDICTIONS if value(code, "felony").rests_on} == {"IA", "KY"}
    used = {value(code, "felony").category for code in JURISDICTIONS}
    assert used >= {
        "incarceration", "full_sentence", "full_sentence_and_payment", "by_offence", "first_offence_automatic",
        "waiting_period", "individual_restoration", "executive_order",
    }  # fmt: skip


def test_ballot_is_an_answer() -> None:
    answers = Answers(citizen=True, birth_date=date(1990, 1, 1), has_documents=False)
    ballots = {
        code: assess(answers, load(code), Election(GENERAL, "general", "", code), ON).voting.ballot
        for code in JURISDICTIONS
    }
    assert {code for code, ballot in ballots.items() if ballot == "federal_only"} == {"AZ", "SD", "UT"}


def test_every_law_status_is_used() -> None:
    names = list(rule_hints())
    versions: list[Version[Any]] = []
    for code in JURISDICTIONS:
        state = load(code)
        for rule in (*(getattr(state, name) for name in names), *state.deadlines.values()):
            versions += rule.versions
    assert {version.status for version in versions} == set(get_args(LawStatus))
    assert any(version.until for version in versions)


def test_party_timing() -> None:
    changes = {code: value(code, "primary").change[0] for code in ("KY", "NY", "CT", "WY")}
    assert (changes["KY"].month, changes["KY"].day, changes["KY"].years_before) == (12, 31, 1)
    assert (changes["NY"].month, changes["NY"].day) == (2, 14)
    assert (changes["CT"].months_before, changes["WY"].blocked) == (3, True)


def test_drives() -> None:
    texas = load("TX").drives.on(ON)
    assert texas is not None
    assert (texas.value.volunteer, texas.value.per_county) == ("appointment", True)
    clocks = {value(code, "drives").return_within.unit for code in JURISDICTIONS if value(code, "drives").return_within}
    assert clocks == {"hours", "days", "business_days"}
    assert {"FL", "MO"} <= {code for code in JURISDICTIONS if value(code, "drives").fines}
    assert {code for code in JURISDICTIONS if drive_rules(load(code), ON).standing == "cannot_work"} == {
        "NH", "WY", "ND",
    }  # fmt: skip
