from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from state_rules import RuleFileError, next_general, upcoming
from state_rules.catalogue import local_elections
from state_rules.elections import calendar, load_calendar, load_local, november_election_day, use_local

HEAD = 'schema = 1\n[sources.s]\ntitle = "T"\nkind = "memory"\n[federal_general]\nname = "General"\nsources = ["s"]\n'


def test_november_election_day_is_the_tuesday_after_the_first_monday() -> None:
    days = {2026: 3, 2028: 7, 2030: 5, 2032: 2, 2036: 4, 2044: 8}
    assert {year: november_election_day(year).day for year in days} == days


def test_upcoming_gives_federal_generals_for_ever() -> None:
    assert [each.day for each in upcoming("JF", date(2026, 11, 4), 3)] == [
        date(2028, 11, 7),
        date(2030, 11, 5),
        date(2032, 11, 2),
    ]


def test_upcoming_includes_the_day_itself() -> None:
    assert upcoming("JF", date(2026, 11, 3), 1)[0].day == date(2026, 11, 3)


def test_upcoming_puts_dated_elections_between_the_generals() -> None:
    found = [(each.day, each.kind) for each in upcoming("WI", date(2027, 1, 1), 3)]
    assert found == [(date(2027, 2, 16), "primary"), (date(2027, 4, 6), "general"), (date(2028, 2, 15), "primary")]


def test_two_elections_on_one_day_become_one_entry() -> None:
    joined = next(each for each in upcoming("CA", date(2028, 1, 1)) if each.day == date(2028, 3, 7))
    assert (joined.kind, joined.name) == ("presidential_primary", "Presidential primary; State primary")


def test_territory_without_midterm_races_votes_every_four_years() -> None:
    assert next_general("PR", date(2028, 11, 8)).day == date(2032, 11, 2)
    assert next_general("GU", date(2028, 11, 8)).day == date(2030, 11, 5)


def test_presidential_general_is_told_from_other_days() -> None:
    assert [next_general("JF", date(year, 1, 1)).is_presidential_general for year in (2026, 2028, 2030)] == [
        False,
        True,
        False,
    ]


ENTRY = {
    "day": "2027-01-05",
    "kind": '"local"',
    "name": '"N"',
    "jurisdiction": '"JF"',
    "rule": '"r"',
    "sources": '["s"]',
}


def entry(**changed: str) -> str:
    """The head with one election, of which some keys are changed or, as "", left out."""
    lines = [f"{key} = {value}" for key, value in {**ENTRY, **changed}.items() if value]
    return HEAD + "[[elections]]\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (HEAD + "surprise = 1\n", "federal_general.surprise"),
        (HEAD.replace("schema = 1", "schema = 3"), "schema"),
        (entry(kind='"caucus"'), "elections[0].kind"),
        (entry(sources=""), "elections[0].sources"),
        (entry(day='"soon"'), "elections[0].day"),
        (entry(rule=""), "elections[0].rule"),
        (HEAD + '[sources.t]\ntitle = "T"\nkind = "memory"\n', "sources.t"),
    ],
)
def test_calendar_refuses_a_faulty_file(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "elections.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        load_calendar(path)
    assert (caught.value.file, caught.value.key) == ("elections.toml", key)


LOCAL = """schema = 1
[sources.city]
title = "City of Monticello, calendar"
kind = "official-calendar"
[[elections]]
jurisdiction = "JF"
day = 2027-04-13
kind = "local"
name = "City election"
rule = "second Tuesday in April"
sources = ["city"]
"""


@pytest.fixture
def local(tmp_path: Path) -> Path:
    path = tmp_path / "local.toml"
    path.write_text(LOCAL, encoding="utf-8")
    return path


def test_operators_own_elections_come_between_the_others(local: Path) -> None:
    use_local(load_local(local))
    try:
        found = upcoming("JF", date(2027, 1, 1), 2)
    finally:
        use_local({})
    assert [(each.day, each.name) for each in found] == [
        (date(2027, 4, 13), "City election"),
        (date(2028, 11, 7), "Federal general election"),
    ]
    assert upcoming("JF", date(2027, 1, 1), 1)[0].day == date(2028, 11, 7)


def test_local_file_in_a_place_that_there_is_not_is_refused(local: Path) -> None:
    with pytest.raises(RuleFileError, match=r"local\.toml: elections: 'JF' is no jurisdiction"):
        local_elections(local)
    local.write_text(LOCAL.replace('"JF"', '"GA"'), encoding="utf-8")
    assert list(local_elections(local)) == ["GA"]


def test_faulty_local_file_is_refused(local: Path) -> None:
    local.write_text(LOCAL.replace("day = 2027-04-13", "day = 2027-04-31"), encoding="utf-8")
    with pytest.raises(RuleFileError):
        load_local(local)


def test_each_rule_names_the_weekday_of_its_election() -> None:
    weekdays = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    named = [
        (election.jurisdiction, election.day, set(re.findall("|".join(weekdays), election.rule)))
        for elections in calendar().dated.values()
        for election in elections
    ]
    assert [(code, day) for code, day, found in named if found and weekdays[day.weekday()] not in found] == []
