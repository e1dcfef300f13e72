"""``diff``: what changes between two days, and what our data only begins to know."""

from __future__ import annotations

from datetime import date

import pytest

from state_rules import Jurisdiction
from state_rules.__main__ import main
from state_rules.changes import Change, FieldChange, changes
from state_rules.commands.diff import diff_lines
from state_rules.facts import federal_rules, rules_of
from tests.state_rules.conftest import Edit

RESIDENCY = '[[residency]]\neffective = 2020-01-01\ndays = 30\nlevel = "county"\nsources = ["ec-2-101"]\n'
NEW = """
[[residency]]
effective = 2027-07-01
status = "future"
days = 20
level = "county"
confidence = "medium"
note = "Act 2027-12."
sources = ["office"]
"""


def said(state: Jurisdiction, earlier: date, later: date) -> list[str]:
    return list(diff_lines([("Jefferson (JF)", rules_of(state))], earlier, later))


def test_nothing_changes_between_two_days_of_one_law(jefferson: Jurisdiction) -> None:
    assert said(jefferson, date(2026, 1, 1), date(2028, 1, 1)) == [
        "From Thursday, January 1, 2026 to Saturday, January 1, 2028",
        "\nnothing changes",
    ]


def test_changed_field_is_shown_with_status_and_source(edited: Edit) -> None:
    state = edited((RESIDENCY, RESIDENCY + NEW))
    assert said(state, date(2027, 6, 30), date(2027, 7, 1))[1:] == [
        "\nJefferson (JF)",
        "  residency, from 2027-07-01",
        "    days: 30 -> 20",
        "    confidence: high -> medium",
        "    note: Act 2027-12.",
        "    source: Jefferson Secretary of State, Register to vote (official page)",
    ]


def test_day_before_the_change_shows_nothing(edited: Edit) -> None:
    state = edited((RESIDENCY, RESIDENCY + NEW))
    assert said(state, date(2027, 6, 1), date(2027, 6, 30))[1:] == ["\nnothing changes"]


def test_value_that_stays_under_a_newer_source_says_so(edited: Edit) -> None:
    state = edited((RESIDENCY, RESIDENCY + NEW.replace("days = 20", "days = 30")))
    assert said(state, date(2027, 1, 1), date(2028, 1, 1))[2:4] == [
        "  residency, from 2027-07-01",
        "    the value stays",
    ]


def test_rule_whose_data_begins_in_between_is_no_change_of_law(edited: Edit) -> None:
    state = edited((RESIDENCY, RESIDENCY.replace("2020-01-01", '2027-03-01\nstatus = "future"')))
    assert said(state, date(2027, 1, 1), date(2028, 1, 1))[1:] == [
        "\nnothing changes",
        "\nKnown from (our data begins in between; not a change of law)",
        "  Jefferson (JF): residency 2027-03-01",
    ]


def test_rule_that_ends_says_on_which_day(edited: Edit) -> None:
    state = edited((RESIDENCY, RESIDENCY.replace("days = 30", "until = 2027-03-01\ndays = 30")))
    assert said(state, date(2027, 1, 1), date(2028, 1, 1))[1:] == [
        "\nJefferson (JF)",
        "  residency: ends on 2027-03-01, and nothing is known after it",
    ]


def test_changes_of_a_deadline_go_by_its_keys(edited: Edit) -> None:
    new = (
        '[[deadlines.online]]\neffective = 2027-01-01\nstatus = "future"\navailable = false\nsources = ["office"]\n\n'
        "[[deadlines.mail]]"
    )
    state = edited(("[[deadlines.mail]]", new))
    (change,) = changes(rules_of(state), date(2026, 1, 1), date(2027, 1, 1))
    assert isinstance(change, Change)
    assert (change.rule, [each.name for each in change.fields]) == (
        "deadlines.online",
        ["available", "all_of", "if_closed"],
    )
    assert change.fields[0] == FieldChange("available", True, False)


def test_florida_asks_for_documents_from_2027(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "2026-07-01", "2027-01-01", "--state", "fl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    start = lines.index("  citizenship_proof, from 2027-01-01")
    assert lines[start + 1] == "    documents: none -> all"


def test_federal_rules_are_compared_like_a_states() -> None:
    assert list(diff_lines([("Federal law (US)", federal_rules())], date(1994, 12, 31), date(1995, 1, 1)))[1:] == [
        "\nnothing changes",
        "\nKnown from (our data begins in between; not a change of law)",
        "  Federal law (US): mail_postmark_days 1995-01-01",
    ]


def test_every_jurisdiction_and_federal_law_are_looked_at_unless_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "1900-01-01", "2027-01-01"]) == 0
    begun = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert (len(begun), begun[0].split(":")[0]) == (57, "  Federal law (US)")
