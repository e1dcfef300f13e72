"""``assess``: one person's outcome and reasons."""

from __future__ import annotations

import pytest

from state_rules.__main__ import main


def test_assess_prints_outcome_and_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "GA", "--born", "2010-05-01", "--citizen", "yes", "--on", "2027-10-31"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "Georgia, Sunday, October 31, 2027, for Federal general election of Tuesday, November 7, 2028: not_yet",
        "  may register from Monday, November 1, 2027",
    ]
