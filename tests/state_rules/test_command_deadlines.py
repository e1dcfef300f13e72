"""``deadlines``: the days of one election with what moved them."""

from __future__ import annotations

import pytest

from state_rules.__main__ import main


def lines_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["deadlines", *arguments, "--on", "2026-11-22"]) == 0
    return capsys.readouterr().out.splitlines()


def test_deadlines_explains_a_rolled_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines_of(capsys, "GA", "2028-11-07", "--mail")[:5] == [
        "Georgia: Federal general election, Tuesday, November 7, 2028 (general)",
        "",
        "By mail",
        "  postmarked by Tuesday, October 10, 2028",
        "    the count gives Monday, October 9, 2028, which is closed (Columbus Day): moved",
    ]


def test_deadlines_shows_every_channel_unless_told(capsys: pytest.CaptureFixture[str]) -> None:
    lines = lines_of(capsys, "nh", "2028-11-07")
    assert [line for line in lines if line in ("Online", "By mail", "In person")] == ["Online", "By mail", "In person"]
    assert (
        "  received by Wednesday, October 25, 2028 to Wednesday, November 1, 2028, as the local office sets it; "
        "the first day is safe" in lines
    )


def test_deadlines_of_an_unlisted_day_takes_its_kind(capsys: pytest.CaptureFixture[str]) -> None:
    lines = lines_of(capsys, "DE", "2027-02-27", "--mail", "--kind", "special")
    assert "  postmarked by Wednesday, February 17, 2027" in lines
