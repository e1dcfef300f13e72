"""The last days to mail a form for 2024-11-05 as the states announced them, against our rules.

The list was recalled from what the states published then, apart from the files. Columbus Day was October 14.
"""

from __future__ import annotations

from datetime import date

import pytest

from state_rules import Election, due_dates, load

OCTOBER = {
    "AK": 6,
    "AL": 21,
    "AR": 7,
    "AZ": 7,
    "CA": 21,
    "CO": 28,
    "CT": 18,
    "DC": 15,
    "DE": 12,
    "FL": 7,
    "GA": 7,
    "HI": 28,
    "IA": 21,
    "ID": 11,
    "IL": 8,
    "IN": 7,
    "KS": 15,
    "KY": 7,
    "LA": 7,
    "MA": 26,
    "MD": 15,
    "ME": 15,
    "MI": 21,
    "MN": 15,
    "MO": 9,
    "MS": 7,
    "MT": 7,
    "NC": 11,
    "NE": 18,
    "NJ": 15,
    "NM": 8,
    "NV": 8,
    "NY": 21,
    "OH": 7,
    "OK": 11,
    "OR": 15,
    "PA": 21,
    "RI": 6,
    "SC": 7,
    "SD": 21,
    "TN": 7,
    "TX": 7,
    "UT": 25,
    "VA": 15,
    "WA": 28,
    "WI": 16,
    "WV": 15,
    "WY": 22,
}


@pytest.mark.parametrize(("code", "day"), OCTOBER.items())
def test_last_mail_day_of_the_general_of_2024(code: str, day: int) -> None:
    election = Election(date(2024, 11, 5), "general", "", code)
    assert due_dates(load(code), election, "mail", election.day).last_day == date(2024, 10, day)


def test_three_states_stand_apart_in_2024() -> None:
    def last(code: str) -> date | None:
        election = Election(date(2024, 11, 5), "general", "", code)
        return due_dates(load(code), election, "mail", election.day).last_day

    # no registration; until the polls close; the first day of each town's own range
    assert [last(code) for code in ("ND", "VT", "NH")] == [None, date(2024, 11, 5), date(2024, 10, 23)]
