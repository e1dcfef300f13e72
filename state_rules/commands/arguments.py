"""What the subcommands take: codes, days and kinds of election. A wrong one is one clear line and status 2."""

from __future__ import annotations

import argparse
from datetime import date
from typing import NoReturn, TypeAlias, get_args

from state_rules import catalogue
from state_rules.elections import Election, upcoming
from state_rules.jurisdiction import Jurisdiction
from state_rules.practice import ElectionKind
from state_rules.ways import target_election

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

#: Holidays and elections are worked out by today's law, so a day far from now would get an answer that means nothing.
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
_MOST_MONTHS = 1200


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as YYYY-MM-DD") from None
    if not _FIRST <= found <= _LAST:
        raise argparse.ArgumentTypeError(f"{text} is not between {_FIRST} and {_LAST}")
    return found


def code(text: str) -> str:
    found = text.upper()
    if found not in catalogue.JURISDICTIONS:
        known = ", ".join(catalogue.JURISDICTIONS)
        raise argparse.ArgumentTypeError(f"{text!r}: no such jurisdiction; the codes are {known}")
    return found


def months(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _MOST_MONTHS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of months from 0 to {_MOST_MONTHS}")
    return int(text)


def add_code(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", type=code, help="two letters, such as GA")


def add_state(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", type=code, metavar="CODE", help="this jurisdiction only, such as GA")


def add_on(parser: argparse.ArgumentParser, today: date) -> None:
    parser.add_argument("--on", type=day, default=today, metavar="DAY", help="the day to ask for (today)")


def add_kind(parser: argparse.ArgumentParser) -> None:
    about = "the kind of election, if not in the calendar"
    parser.add_argument("--kind", default="", choices=get_args(ElectionKind), help=about)


def jurisdictions(state: str | None) -> list[Jurisdiction]:
    """The one that was asked for, or all. Raises RuleFileError."""
    return [catalogue.load(each) for each in ([state] if state else catalogue.JURISDICTIONS)]


#: What an optional day of an election stands for.
NEXT_OPEN = "YYYY-MM-DD (the next election for which something is open)"


def election_asked(jurisdiction: Jurisdiction, arguments: argparse.Namespace) -> Election:
    """The election of the day that was given, or the next one to aim for. Raises LookupError before the data begins."""
    if arguments.election_day is None:
        return target_election(jurisdiction, arguments.on)
    return election_on(jurisdiction, arguments.election_day, arguments.kind)


def election_on(jurisdiction: Jurisdiction, election_day: date, kind: str) -> Election:
    """The known election of that day, or a made-up one."""
    for election in upcoming(jurisdiction.code, election_day, 1):
        if election.day == election_day and not kind:
            return election
    return Election(election_day, kind or "general", "Election", jurisdiction.code)  # type: ignore[arg-type]
