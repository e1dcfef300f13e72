"""``printed``: the printed form's deadline beside ours."""

from __future__ import annotations

from datetime import date

import pytest

from state_rules import Jurisdiction
from state_rules.__main__ import main
from state_rules.commands.printed import printed_lines
from tests.state_rules.conftest import Edit

PRINTED = '[printed_deadline]\nsource = "form"\nall_of = [{ event = "postmarked", days_before = 30 }]\n'
DIFFERS = 'differs = "The form does not say that a Sunday or a holiday moves the day."\nexplains = 2020-01-01\n'


def test_difference_is_shown_with_its_reason(jefferson: Jurisdiction) -> None:
    assert "\n".join(printed_lines([jefferson], date(2028, 11, 7))).splitlines() == [
        "Last day by mail, as the printed National Form has it and ours, for Tuesday, November 7, 2028",
        "",
        "Jefferson (JF), page of 2024-10-15",
        "  form: postmarked by Sunday, October 8, 2028",
        "  ours: postmarked by Tuesday, October 10, 2028",
        "  why: The form does not say that a Sunday or a holiday moves the day.",
        "",
        "the same (0): none",
        "no page in the data (0): none",
    ]


def test_states_that_agree_or_lack_a_page_are_listed(edited: Edit) -> None:
    agrees = edited(
        (
            'if_closed = "next_business_day"\nsources = ["ec-2-108"]\n\n[[deadlines.in',
            'if_closed = "same_day"\nsources = ["ec-2-108"]\n\n[[deadlines.in',
        ),
        ("by = 2026-10-05 }]\nsource", "by = 2026-10-04 }]\nsource"),
        ("by = 2028-10-10", "by = 2028-10-08"),
        ('[{ event = "submitted", by = 2026-10-04 }]', '[{ event = "submitted", by = 2026-10-05 }]'),
        (
            'ordinary = [{ event = "appeared", by = 2026-10-04 }]',
            'ordinary = [{ event = "appeared", by = 2026-10-05 }]',
        ),
        (DIFFERS, ""),
    )
    without = edited((PRINTED + DIFFERS, ""))
    lines = list(printed_lines([agrees, without], date(2028, 11, 7)))
    assert lines[1:] == ["\nthe same (1): JF", "no page in the data (1): JF"]


def test_difference_of_another_year_says_that_nobody_explained_it(edited: Edit) -> None:
    never_on_sundays = edited(
        (PRINTED + DIFFERS, PRINTED.replace("days_before = 30", 'weekday = "tuesday", nth_before = 4')),
    )
    lines = list(printed_lines([never_on_sundays], date(2026, 11, 3)))
    assert "  why: not explained; the files explain 2028-11-07, and 2026-11-03 differs from it" in lines


def test_every_jurisdiction_is_accounted_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["printed", "2028-11-07"]) == 0
    lines = capsys.readouterr().out.splitlines()
    differing = sum(line.startswith("  why: ") for line in lines)
    same, missing = (int(line.split("(")[1].split(")")[0]) for line in lines[-2:])
    assert differing + same + missing == 56
