"""By when one must have changed party to vote in a party's primary."""

from __future__ import annotations

from datetime import date

import pytest

from state_rules import Election, load, party_dates
from state_rules.primaries import PartyDate
from tests.state_rules.conftest import Edit

RULE = '{ whom = "changes", month = 12, day = 31, years_before = 1 }'


@pytest.mark.parametrize(
    ("rule", "primary", "expected"),
    [
        (RULE, date(2028, 5, 16), PartyDate("changes", date(2027, 12, 31))),
        ("{ month = 2, day = 14 }", date(2028, 6, 27), PartyDate("changes", date(2028, 2, 14))),
        ('{ whom = "switchers", months_before = 3 }', date(2028, 5, 31), PartyDate("switchers", date(2028, 2, 29))),
        ('{ whom = "switchers", days_before = 55 }', date(2028, 6, 6), PartyDate("switchers", date(2028, 4, 12))),
        (
            '{ whom = "everyone", days_before = 97, blocked = true }',
            date(2026, 8, 18),
            PartyDate("everyone", date(2026, 5, 13), blocked=True),
        ),
    ],
)
def test_party_is_changed_by_the_day_that_the_rule_counts(
    edited: Edit, rule: str, primary: date, expected: PartyDate
) -> None:
    found = party_dates(edited((RULE, rule)), Election(primary, "primary", "Primary", "JF"))
    assert (found.version.value.kind, found.dates) == ("closed", (expected,))


def test_states_with_a_day_for_a_change_of_party() -> None:
    found = {
        code: party_dates(load(code), Election(day, "primary", "", code)).dates[0].by
        for code, day in {
            "KY": date(2028, 5, 16),
            "NY": date(2028, 6, 27),
            "CT": date(2028, 8, 8),
            "WY": date(2028, 8, 15),
        }.items()
    }
    assert found == {
        "KY": date(2027, 12, 31),
        "NY": date(2028, 2, 14),
        "CT": date(2028, 5, 8),
        "WY": date(2028, 5, 10),
    }
