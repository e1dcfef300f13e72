"""``deadlines``: the last days for one election, way by way, with what moved them and where they come from."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from state_rules import catalogue
from state_rules.commands import says
from state_rules.commands.arguments import Commands, add_code, add_kind, add_on, day, election_on
from state_rules.deadlines import Due, due_dates
from state_rules.qualifications import CHANNELS


def add(commands: Commands, today: date) -> None:
    parser = commands.add_parser("deadlines", help="the last days to register for an election")
    add_code(parser)
    parser.add_argument("election_day", type=day, help="YYYY-MM-DD")
    for channel in CHANNELS:
        parser.add_argument("--" + channel.replace("_", "-"), action="store_true", help="this way only")
    add_kind(parser)
    add_on(parser, today)
    parser.set_defaults(run=deadlines)


def deadlines(arguments: argparse.Namespace) -> int:
    jurisdiction = catalogue.load(arguments.code)
    election = election_on(jurisdiction, arguments.election_day, arguments.kind)
    chosen = [channel for channel in CHANNELS if getattr(arguments, channel)] or list(CHANNELS)
    print(f"{jurisdiction.name}: {election.name}, {says.day(election.day)} ({election.kind})")
    for channel in chosen:
        try:
            due = due_dates(jurisdiction, election, channel, arguments.on)
        except LookupError as error:
            raise SystemExit(f"{jurisdiction.code}: deadlines.{channel}: {error.args[0]}") from None
        print("\n" + "\n".join(_due_lines(due)))
    return 0


def _due_lines(due: Due) -> Iterator[str]:
    yield says.WAY_WORDS[due.channel]
    if not due.available:
        yield "  not offered"
    elif not due.dates:
        yield "  no day is stated"
    else:
        if len(due.dates) > 1:
            yield "  all of these:" if due.every else "  any one of these:"
        for each in due.dates:
            yield from says.due_date(each)
        if due.ordinary:
            yield "  that is the last chance; the regular close is:"
            for each in due.ordinary:
                yield from says.due_date(each)
        if due.version.value.last_chance_where:
            yield f"  last chance at: {due.version.value.last_chance_where}"
    yield from says.about(due.version)
