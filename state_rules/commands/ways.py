"""``ways``: what is still open for an election, and what is left where a way has closed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from state_rules import catalogue
from state_rules.commands import says
from state_rules.commands.arguments import NEXT_OPEN, Commands, add_code, add_kind, add_on, day, election_asked
from state_rules.jurisdiction import Deadline
from state_rules.ways import Way, ways

STANDING_WORDS = {
    "open": "open",
    "last_chance": "open as a last chance; the regular close has passed",
    "later": "not open yet",
    "closed": "closed",
    "none": "not offered",
    "off": "switched off",
}
_CAN_ACT = ("open", "last_chance", "later")


def add(commands: Commands, today: date) -> None:
    parser = commands.add_parser("ways", help="the ways to register that are open, and until when")
    add_code(parser)
    parser.add_argument("election_day", type=day, nargs="?", help=NEXT_OPEN)
    add_kind(parser)
    add_on(parser, today)
    parser.set_defaults(run=show_ways)


def show_ways(arguments: argparse.Namespace) -> int:
    jurisdiction, on = catalogue.load(arguments.code), arguments.on
    try:
        election = election_asked(jurisdiction, arguments)
        found = ways(jurisdiction, election, on)
    except LookupError as error:
        raise SystemExit(f"{jurisdiction.code}: {error.args[0]}") from None
    print(f"{jurisdiction.name}: {election.name}, {says.day(election.day)} ({election.kind}); as of {says.day(on)}")
    for way in found:
        print("\n" + "\n".join(way_lines(way, on)))
    return 0


def way_lines(way: Way, on: date) -> Iterator[str]:
    """Standing, days, needs, and for a way that is not open what is left."""
    yield f"{says.WAY_WORDS[way.name]}: {STANDING_WORDS[way.standing]}"
    if way.standing == "none":
        return
    yield from _day_lines(way)
    if way.standing in _CAN_ACT:
        yield from _last_day(way, on)
        yield f"  needs: {', '.join(says.words(each) for each in way.needs) or 'nothing that our data names'}"
    else:
        left = ", ".join(says.WAY_WORDS[name] for name in way.instead)
        yield f"  left: {left or 'nothing for this election'}"
    if way.own_form_only:
        yield "  the state's own form only, not the National Form"


def _day_lines(way: Way) -> Iterator[str]:
    """The days of the way, with the place and proof of a last chance, and whose clock counts."""
    due = way.due
    if not due.dates:
        yield "  no day is stated"
        return
    if way.name != "same_day":
        for each in due.ordinary:
            yield from says.due_date(each)
    if way.name == "same_day" or way.takes_last_chance:
        if due.ordinary:
            yield f"  {'' if way.name == 'same_day' else 'or '}as a last chance{_where(due.version.value)}:"
        if len(due.dates) > 1:
            yield "  all of these:" if due.every else "  any one of these:"
        for each in due.dates:
            yield from says.due_date(each)
    yield f"  time zone: {' or '.join(due.zones)}{_of_the_office(due.zones)}"


def _where(deadline: Deadline) -> str:
    place = f" at {deadline.last_chance_where}" if deadline.last_chance_where else ""
    return place + (f", with {deadline.last_chance_proof}" if deadline.last_chance_proof else "")


def _last_day(way: Way, on: date) -> Iterator[str]:
    """The last day on which one is surely in time."""
    last = way.last_day
    if last is None:
        yield "  last day: not stated"
    elif last < on:
        yield f"  last day: was {says.day(last)} at the earliest; the local office may take it later, so ask there now"
    else:
        yield f"  last day: {says.day(last)}"


def _of_the_office(zones: tuple[str, ...]) -> str:
    return ", that of the person's own election office" if len(zones) > 1 else ""
