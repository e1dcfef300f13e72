"""``printed``: the printed National Form's last day by mail beside ours, and why they differ."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import date

from state_rules.commands import says
from state_rules.commands.arguments import Commands, day, jurisdictions
from state_rules.jurisdiction import ExpectedDate, Jurisdiction
from state_rules.printed import PRINTED_FOR, Compared, compare_printed


def add(commands: Commands, today: date) -> None:  # noqa: ARG001 - one signature for all
    parser = commands.add_parser("printed", help="the printed National Form's deadlines beside ours")
    parser.add_argument("election_day", type=day, nargs="?", default=PRINTED_FOR, help=f"a general ({PRINTED_FOR})")
    parser.set_defaults(run=printed)


def printed(arguments: argparse.Namespace) -> int:
    try:
        print("\n".join(printed_lines(jurisdictions(None), arguments.election_day)))
    except LookupError as error:
        raise SystemExit(str(error.args[0])) from None
    return 0


def printed_lines(compared: Iterable[Jurisdiction], election_day: date) -> Iterator[str]:
    """Every difference with its reason, then who agrees, then whose page is not in the data.

    Raises LookupError for a day before the data begins.
    """
    yield f"Last day by mail, as the printed National Form has it and ours, for {says.day(election_day)}"
    same, missing = [], []
    for jurisdiction in compared:
        found = compare_printed(jurisdiction, election_day)
        if found is None:
            missing.append(jurisdiction.code)
        elif found.same:
            same.append(jurisdiction.code)
        else:
            yield from _difference(jurisdiction, found, election_day)
    yield f"\nthe same ({len(same)}): {', '.join(same) or 'none'}"
    yield f"no page in the data ({len(missing)}): {', '.join(missing) or 'none'}"


def _difference(jurisdiction: Jurisdiction, found: Compared, election_day: date) -> Iterator[str]:
    page = jurisdiction.printed_deadline
    dated = f", page of {page.source.dated}" if page and page.source.dated else ""
    yield f"\n{jurisdiction.name} ({jurisdiction.code}){dated}"
    yield f"  form: {_said(found.printed)}"
    yield f"  ours: {_said(found.ours)}"
    if found.differs:
        yield f"  why: {found.differs}"
    else:
        yield f"  why: not explained; the files explain {PRINTED_FOR}, and {election_day} differs from it"


def _said(dates: tuple[ExpectedDate, ...]) -> str:
    return "; ".join(f"{each.event} by {says.day(each.by)}{_to(each.latest)}" for each in dates) or "no day"


def _to(latest: date | None) -> str:
    return f" to {says.day(latest)}" if latest else ""
