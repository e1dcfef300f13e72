"""``assess``: one person's outcome and reasons."""

from __future__ import annotations

import pytest

from state_rules.__main__ import main


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["assess", *arguments]) == 0
    return [line for line in capsys.readouterr().out.splitlines() if line and not line.startswith("    source:")]


def test_assess_prints_three_answers_with_their_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(
        capsys, "GA", "--born", "2010-05-01", "--citizen", "yes", "--on", "2027-10-31", "--election", "2028-11-07"
    ) == [
        "Georgia, Sunday, October 31, 2027, for Federal general election of Tuesday, November 7, 2028",
        "Register: not yet; from Monday, November 1, 2027",
        "  too young (confidence: high): from day: 2027-11-01; turns 18: 2028-05-01; votes: True",
        "Sign up early: not offered",
        "Vote in this election: eligible; from Monday, May 1, 2028",
        "Ask next: resident",
        "This is our reading. Only an election official decides.",
    ]


def test_assess_names_the_ballot_and_asks_nothing_more(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(
        capsys, "AZ", "--born", "1990-05-01", "--citizen", "yes", "--resident", "yes", "--conviction", "none",
        "--court-finding", "no", "--since", "2020-01-01", "--has-documents", "no", "--on", "2028-06-01",
        "--election", "2028-11-07",
    )  # fmt: skip
    assert "Vote in this election: eligible; from Thursday, May 1, 2008; ballot: federal only" in lines
    assert "Ask next: nothing that would change this" in lines


def test_assess_aims_for_the_next_election_that_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "WY", "--on", "2026-11-22")[0] == (
        "Wyoming, Sunday, November 22, 2026, for State primary of Tuesday, August 22, 2028"
    )


def test_assess_before_the_data_begins_is_one_line() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["assess", "GA", "--born", "1990-05-01", "--on", "1990-01-01"])
    assert str(caught.value.code).startswith("GA: nothing is known for 1990-01-01")
