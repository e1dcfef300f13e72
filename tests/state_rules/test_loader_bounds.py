"""Numbers, days and addresses that no law can mean: refused with the place and the problem, never a crash later."""

from __future__ import annotations

import pytest

from state_rules import RuleFileError
from tests.state_rules.conftest import Edit

REFUSALS = [
    (
        'name = "Founders\' Day", month = 4, day = 21',
        'name = "F", month = 2, day = 29',
        "holidays[0].kept[0]",
        "is no day of every year",
    ),
    (
        'name = "Founders\' Day", month = 4, day = 21',
        'name = "F", month = 4, weekday = 0, nth = 9',
        "holidays[0].kept[0]",
        "nth is 1 to 4 or -1, weekday 0 (Monday) to 6, every 1 or more",
    ),
    (
        'name = "Founders\' Day", month = 4, day = 21',
        'name = "F", month = 4, day = 21, every = 0',
        "holidays[0].kept[0]",
        "nth is 1 to 4 or -1, weekday 0 (Monday) to 6, every 1 or more",
    ),
    (
        "month = 12, day = 31, years_before = 1",
        "month = 2, day = 29",
        "primary[0].change[0]",
        "is no day of every year",
    ),
    ("min_years = 17", "min_years = 177", "age[0]", "years lie between 0 and 99, months between 0 and 11"),
    (
        "days_before = 30, time",
        "days_before = 99999999999, time",
        "deadlines.online[0].all_of[0].days_before",
        "must lie between -9999 and 9999",
    ),
    (
        "days_before = 30, time",
        "days_before = 500, time",
        "deadlines.online[0].all_of[0].days_before",
        "must be at most 366",
    ),
    (
        'website = "https://vote.jefferson.example/"',
        'website = "javascript:alert(1)"',
        "office[0].website",
        "must be a web address that begins with https:// or http://, not 'javascript:alert(1)'",
    ),
]


@pytest.mark.parametrize(("old", "new", "key", "problem"), REFUSALS)
def test_load_refuses_what_no_law_can_mean(edited: Edit, old: str, new: str, key: str, problem: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        edited((old, new))
    assert (caught.value.key, caught.value.problem) == (key, problem)
