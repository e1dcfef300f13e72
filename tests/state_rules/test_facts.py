"""The table of facts, and how well each is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from state_rules import JURISDICTIONS, Jurisdiction
from state_rules.__main__ import main
from state_rules.commands.coverage import markdown_lines, text_lines
from state_rules.dated import Rule, Source, Version
from state_rules.facts import FACTS, Fact, Known, known, rules_of, says_nothing
from state_rules.practice import Drives, Page, Pages, PlainPaper, SameDay
from state_rules.qualifications import Felony, VotingAge
from tests.state_rules.conftest import Edit

ON = date(2026, 3, 2)


def fact(name: str) -> Fact:
    return next(each for each in FACTS if each.name == name)


def test_thirty_facts_cover_every_rule_but_the_holidays(jefferson: Jurisdiction) -> None:
    assert len({each.name for each in FACTS}) == len(FACTS) == 30
    carried = {rule for each in FACTS for rule in each.rules}
    assert carried == set(rules_of(jefferson)) - {"holidays"}


def test_rules_are_named_as_in_the_file(jefferson: Jurisdiction) -> None:
    rules = rules_of(jefferson)
    assert rules["deadlines.mail"] is jefferson.deadlines["mail"]
    assert rules["age"] is jefferson.age


def test_fact_is_known_by_its_best_source_and_its_weakest_rule(jefferson: Jurisdiction) -> None:
    # the party's rule: medium, of the form and of memory; the primary's: high, of a statute
    assert known(jefferson, fact("party_registration"), ON) == Known("medium", "form-instructions")
    assert known(jefferson, fact("felony"), ON) == Known("high", "statute")


def test_fact_before_the_data_begins_is_unknown(jefferson: Jurisdiction) -> None:
    assert known(jefferson, fact("felony"), date(2019, 12, 31)) == Known("unknown", None)


def test_fact_of_two_rules_is_unknown_where_one_is(jefferson: Jurisdiction) -> None:
    assert known(replace(jefferson, primary=Rule(())), fact("party_registration"), ON) == Known("unknown", None)


def test_page_that_is_empty_is_unknown(edited: Edit) -> None:
    state = edited(('url = "https://vote.jefferson.example/by-mail"\n', ""))
    assert known(state, fact("absentee_info_url"), ON) == Known("unknown", "official-page")


@pytest.mark.parametrize("value", [Page(), Pages(), Drives(), Felony("unknown"), PlainPaper("unknown")])
def test_value_that_says_nothing_is_told_apart(value: object) -> None:
    assert says_nothing(value)


@pytest.mark.parametrize(
    "value", [Page("x"), Drives(possible=False), Drives(tell="x"), VotingAge(), SameDay(), False, 0]
)
def test_value_that_says_something_is_told_apart(value: object) -> None:
    assert not says_nothing(value)


def test_text_shows_a_column_for_each_fact_and_totals(jefferson: Jurisdiction) -> None:
    lines = list(text_lines([jefferson], ON))
    assert lines[0] == "Facts: 30. Jurisdictions: 1. Day: 2026-03-02."
    row = lines[3].split()
    assert (row[0], len(row)) == ("JF", 31)
    assert (row[1], row[1 + FACTS.index(fact("party_registration"))]) == ("hS", "mF")
    assert [line for line in lines if line.startswith("confidence: ")] == [
        "confidence: high                             29  96.7 %",
        "confidence: medium                            1   3.3 %",
        "confidence: low                               0   0.0 %",
        "confidence: unknown                           0   0.0 %",
    ]


def test_totals_count_every_cell_once(jefferson: Jurisdiction) -> None:
    recalled = Rule(
        (Version(date(2020, 1, 1), Page("https://x.example"), (Source("r", "R", "memory"),), confidence="low"),)
    )
    shown = [jefferson, replace(jefferson, code="JG", absentee=recalled)]
    lines = list(text_lines(shown, ON))
    for heading in ("confidence: ", "source: "):
        assert sum(int(line.rsplit(maxsplit=3)[1]) for line in lines if line.startswith(heading)) == 60
    assert "source: recalled, not opened                  1   1.7 %" in lines


def test_markdown_is_a_table_with_a_row_for_each_jurisdiction(jefferson: Jurisdiction) -> None:
    table = [line for line in markdown_lines([jefferson], ON) if line.startswith("|")]
    assert {line.count("|") for line in table[:3]} == {32}
    assert table[2].startswith("| JF | hS | hF |")


def test_table_holds_every_jurisdiction(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "--on", "2026-11-22"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:2] for line in lines[3:59]] == list(JURISDICTIONS)
