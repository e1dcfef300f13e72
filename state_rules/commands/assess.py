"""``assess``: our reading of whether, and from when, a person may register."""

from __future__ import annotations

import argparse
from datetime import date

from state_rules import catalogue
from state_rules.commands import says
from state_rules.commands.arguments import Commands, add_code, add_on, day
from state_rules.elections import next_general
from state_rules.eligibility import Answers, assess

_ANSWER = {"yes": True, "no": False}


def add(commands: Commands, today: date) -> None:
    parser = commands.add_parser("assess", help="whether and from when a person may register")
    add_code(parser)
    parser.add_argument("--born", type=day, metavar="DAY", help="YYYY-MM-DD")
    parser.add_argument("--citizen", choices=["yes", "no"])
    add_on(parser, today)
    parser.set_defaults(run=assess_person)


def assess_person(arguments: argparse.Namespace) -> int:
    jurisdiction = catalogue.load(arguments.code)
    election = next_general(jurisdiction.code, arguments.on)
    answers = Answers(citizen=_ANSWER.get(arguments.citizen), birth_date=arguments.born)
    try:
        found = assess(answers, jurisdiction, election, arguments.on)
    except LookupError as error:
        raise SystemExit(f"{jurisdiction.code}: {error.args[0]}") from None
    on, voting = says.day(arguments.on), says.day(election.day)
    print(f"{jurisdiction.name}, {on}, for {election.name} of {voting}: {found.outcome}")
    if found.from_day:
        print(f"  may register from {says.day(found.from_day)}")
    for reason in found.reasons:
        details = "; ".join(f"{name}: {value}" for name, value in reason.params.items())
        print(f"  {reason.code} (confidence: {reason.confidence}){f': {details}' if details else ''}")
        for source in reason.sources:
            print(f"    source: {says.source(source)}")
    return 0
