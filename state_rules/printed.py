"""The last day to mail the form as the printed National Form has it, beside ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from state_rules.deadlines import due_dates, unrolled_dates
from state_rules.elections import Election
from state_rules.jurisdiction import ExpectedDate, Jurisdiction

#: The general election for which the files explain every difference.
PRINTED_FOR = date(2028, 11, 7)


@dataclass(frozen=True, slots=True)
class Compared:
    """``printed`` and ``ours``: what must happen by when. ``same``: nothing differs. ``differs``: why, if it does."""

    printed: tuple[ExpectedDate, ...]
    ours: tuple[ExpectedDate, ...]
    differs: str

    @property
    def same(self) -> bool:
        return self.printed == self.ours


def compare_printed(jurisdiction: Jurisdiction, election_day: date) -> Compared | None:
    """The two for a general election; None where the National Form has no page for the jurisdiction."""
    printed = jurisdiction.printed_deadline
    if printed is None:
        return None
    ours = due_dates(jurisdiction, Election(election_day, "general", "", jurisdiction.code), "mail", election_day)
    dates = unrolled_dates(printed.all_of or printed.any_of, election_day)
    return Compared(
        tuple(ExpectedDate(each.event, each.by, each.latest) for each in dates),
        tuple(ExpectedDate(each.event, each.by, each.latest) for each in ours.dates),
        printed.differs,
    )
