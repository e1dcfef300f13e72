"""``review``: the work list for a human, nearest deadline first."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from datetime import date

from state_rules.commands.arguments import Commands, add_on, add_state, jurisdictions, months
from state_rules.doubts import Doubt, by_urgency, doubts, election_doubts, federal_doubts
from state_rules.elections import calendar
from state_rules.facts import federal_rules

_MONTHS = 24


def add(commands: Commands, today: date) -> None:
    parser = commands.add_parser("review", help="what to look at again, nearest deadline first")
    about = f"how old a source may be, in months ({_MONTHS})"
    parser.add_argument("--months", type=months, default=_MONTHS, metavar="N", help=about)
    parser.add_argument("--format", choices=["text", "csv"], default="text")
    add_state(parser)
    add_on(parser, today)
    parser.set_defaults(run=review)


def review(arguments: argparse.Namespace) -> int:
    found = by_urgency(_doubts(arguments.state, arguments.on, arguments.months))
    if arguments.format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(item.name for item in fields(Doubt))
        writer.writerows(astuple(each) for each in found)
    else:
        print("\n".join(review_lines(found)))
    return 0


def _doubts(state: str | None, on: date, limit: int) -> Iterator[Doubt]:
    looked_at = jurisdictions(state)
    for jurisdiction in looked_at:
        yield from doubts(jurisdiction, on, limit)
        yield from election_doubts(jurisdiction, calendar().dated.get(jurisdiction.code, ()), on, limit)
    if state is None:
        yield from federal_doubts(federal_rules(), looked_at, on, limit)


def review_lines(found: Sequence[Doubt]) -> Iterator[str]:
    """One line for each, in the order given: days left, state, rule, what is wrong, where to look."""
    for each in found:
        days = "day " if each.days_left == 1 else "days"
        yield f"{each.days_left:>5} {days}  {each.code}  {each.rule}: {each.problem}. Look at: {each.where}"
    if not found:
        yield "nothing to look at"
