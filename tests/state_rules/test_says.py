"""How values of rules are said on one line."""

from __future__ import annotations

from datetime import date

import pytest

from state_rules.commands import says
from state_rules.dated import Source
from state_rules.jurisdiction import Deadline, Test
from state_rules.practice import ReturnClock


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (None, "nothing"),
        ("", "nothing"),
        ((), "nothing"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (date(2028, 11, 7), "2028-11-07"),
        (("Federalist", "Whig"), "Federalist, Whig"),
        (ReturnClock(5, "business_days", or_deadline=True), "amount 5, unit business_days, or_deadline yes"),
        (
            (Test("postmarked", days_before=30), Test("received", days_after_first=5, time="17:00")),
            "event postmarked, days_before 30; event received, days_after_first 5, time 17:00",
        ),
        (Deadline(), "as if left out"),
        ((("special", Deadline(available=False)),), "special: available no"),
    ],
)
def test_value_is_one_line(held: object, said: str) -> None:
    assert says.value(held) == said


def test_source_says_its_kind_and_its_day() -> None:
    assert says.source(Source("a", "An act", "statute", dated=date(2019, 7, 1))) == "An act (statute, dated 2019-07-01)"
    assert says.source(Source("b", "Recalled", "memory")) == "Recalled (recalled, not opened)"
