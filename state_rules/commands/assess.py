"""``assess``: our reading of whether, and from when, a person may register."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from typing import get_args

from state_rules import catalogue
from state_rules.answers import Answers, Assessment, Conviction, Reading
from state_rules.commands import says
from state_rules.commands.arguments import NEXT_OPEN, Commands, add_code, add_kind, add_on, day, election_asked
from state_rules.eligibility import assess

_ANSWER = {"yes": True, "no": False}


def add(commands: Commands, today: date) -> None:
    parser = commands.add_parser("assess", help="whether and from when a person may register, sign up early and vote")
    add_code(parser)
    parser.add_argument("--born", type=day, metavar="DAY", help="YYYY-MM-DD")
    for name in ("citizen", "resident", "registered", "has-documents", "owes-payment"):
        parser.add_argument(f"--{name}", choices=["yes", "no"])
    parser.add_argument("--since", type=day, metavar="DAY", help="lives there since, YYYY-MM-DD")
    parser.add_argument("--conviction", choices=[each for each in get_args(Conviction) if each], default="")
    parser.add_argument("--court-finding", choices=["yes", "no", "unsure"], default="")
    parser.add_argument("--election", dest="election_day", type=day, metavar="DAY", help=NEXT_OPEN)
    add_kind(parser)
    add_on(parser, today)
    parser.set_defaults(run=assess_person)


def _answers(arguments: argparse.Namespace) -> Answers:
    return Answers(
        citizen=_ANSWER.get(arguments.citizen),
        birth_date=arguments.born,
        resident=_ANSWER.get(arguments.resident),
        conviction=arguments.conviction,
        owes_payment=_ANSWER.get(arguments.owes_payment),
        court_finding=arguments.court_finding,
        resident_since=arguments.since,
        has_documents=_ANSWER.get(arguments.has_documents),
        registered=_ANSWER.get(arguments.registered),
    )


def assess_person(arguments: argparse.Namespace) -> int:
    jurisdiction = catalogue.load(arguments.code)
    try:
        election = election_asked(jurisdiction, arguments)
        found = assess(_answers(arguments), jurisdiction, election, arguments.on)
    except LookupError as error:
        raise SystemExit(f"{jurisdiction.code}: {error.args[0]}") from None
    print(f"{jurisdiction.name}, {says.day(arguments.on)}, for {election.name} of {says.day(election.day)}")
    for title, reading in _readings(found):
        print("\n" + "\n".join(_reading(title, reading)))
    print(f"\nAsk next: {says.words(found.next_question) if found.next_question else 'nothing that would change this'}")
    print("This is our reading. Only an election official decides.")
    return 0


def _readings(found: Assessment) -> tuple[tuple[str, Reading], ...]:
    return (
        ("Register", found.registering),
        ("Sign up early", found.preregistering),
        ("Vote in this election", found.voting),
    )


def _reading(title: str, reading: Reading) -> Iterator[str]:
    ballot = "" if reading.ballot == "full" else f"; ballot: {says.words(reading.ballot)}"
    from_day = f"; from {says.day(reading.from_day)}" if reading.from_day else ""
    yield f"{title}: {says.words(reading.outcome)}{from_day}{ballot}"
    for reason in reading.reasons:
        details = "; ".join(f"{says.words(name)}: {value}" for name, value in reason.params.items())
        yield f"  {says.words(reason.code)} (confidence: {reason.confidence}){f': {details}' if details else ''}"
        for source in reason.sources:
            yield f"    source: {says.source(source)}"
