"""``ways``: what is still open for an election, and what is left where a way has closed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from state_rules import catalogue
from state_rules.commands import says
from state_rules.commands.arguments import Commands, add_code, add_kind, add_on, day, election_on
from state_rules.jurisdiction import Jurisdiction
from state_rules.ways import Way, target_election, ways

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
    about = "YYYY-MM-DD (the next election for which something is open)"
    parser.add_argument("election_day", type=day, nargs="?", help=about)
    add_kind(parser)
    add_on(parser, today)
    parser.set_defaults(run=show_ways)


def show_ways(arguments: argparse.Namespace) -> int:
    jurisdiction, on = catalogue.load(arguments.code), arguments.on
    try:
        if arguments.election_day is None:
            election = target_election(jurisdiction, on)
        else:
            election = election_on(jurisdiction, arguments.election_day, arguments.kind)
        found = ways(jurisdiction, election, on)
    except LookupError as error:
        raise SystemExit(f"{jurisdiction.code}: {error.args[0]}") from None
    print(f"{jurisdiction.name}: {election.name}, {says.day(election.day)} ({election.kind}); as of {says.day(on)}")
    for way in found:
        print("\n" + "\n".join(way_lines(way, found, jurisdiction, on)))
    return 0


def way_lines(way: Way, found: tuple[Way, ...], jurisdiction: Jurisdiction, on: date) -> Iterator[str]:
    """Standing, last day, needs, and for a way that has closed what is left. ``found``: all the ways."""
    yield f"{says.WAY_WORDS[way.channel]}: {STANDING_WORDS[way.standing]}"
    if way.standing == "none":
        return
    if not way.due.dates:
        yield "  no day is stated"
    for each in way.due.dates:
        yield from says.due_date(each)
    if len(way.due.dates) > 1:
        yield "  all of these" if way.due.every else "  any one of these"
    if way.due.dates:
        yield f"  time zone: {' or '.join(way.due.zones)}{_of_the_office(way.due.zones)}"
    if way.standing in _CAN_ACT:
        last = way.due.last_day_to_act
        yield f"  last day to act: {says.day(last) if last else 'not stated'}"
        needs = _needs(way, jurisdiction, on)
        yield f"  needs: {', '.join(says.words(each) for each in needs) or 'nothing that our data names'}"
    else:
        left = ", ".join(says.WAY_WORDS[name] for name in _left(found))
        yield f"  left: {left or 'nothing for this election'}"
    if way.own_form_only:
        yield "  the state's own form only, not the National Form"


def _of_the_office(zones: tuple[str, ...]) -> str:
    return ", that of the person's own election office" if len(zones) > 1 else ""


def _needs(way: Way, jurisdiction: Jurisdiction, on: date) -> tuple[str, ...]:
    online = jurisdiction.online.on(on)
    return online.value.needs if online is not None and way.channel == "online" else ()


def _left(found: tuple[Way, ...]) -> tuple[str, ...]:
    return tuple(way.channel for way in found if way.is_open)
