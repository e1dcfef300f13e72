"""The rules from a shell: ``python -m state_rules check | deadlines GA 2028-11-07 --mail | assess GA --born ...``.

Needs the standard library only. The only module here that looks at the clock.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from state_rules import catalogue
from state_rules.answers import Answers
from state_rules.dated import Source, Version
from state_rules.deadlines import Due, DueDate, due_dates
from state_rules.elections import Election, calendar, next_general, upcoming
from state_rules.eligibility import assess
from state_rules.federal import federal
from state_rules.jurisdiction import Deadline, Jurisdiction
from state_rules.qualifications import CHANNELS, Channel
from state_rules.rule_file import RuleFileError

_CHANNEL_WORDS: dict[Channel, str] = {"online": "Online", "mail": "By mail", "in_person": "In person"}
_KIND_WORDS = {
    "statute": "statute",
    "rule": "rule",
    "form-instructions": "instructions of the federal form",
    "official-calendar": "official calendar",
    "official-page": "official page",
    "secondary": "secondary",
    "memory": "recalled, not opened",
}
_ANSWER = {"yes": True, "no": False}


def _day(day: date) -> str:
    return f"{day:%A, %B} {day.day}, {day.year}"


def _source(source: Source) -> str:
    dated = f", dated {source.dated}" if source.dated else ""
    return f"{source.title} ({_KIND_WORDS[source.kind]}{dated})"


def _about(version: Version[Deadline]) -> Iterator[str]:
    yield f"  in force from {version.effective}; confidence: {version.confidence}"
    if version.note:
        yield f"  note: {version.note}"
    for source in version.sources:
        yield f"  source: {_source(source)}"


def _date_lines(due: DueDate) -> Iterator[str]:
    until = f" to {_day(due.latest)}, as the local office sets it; the first day is safe" if due.latest else ""
    yield f"  {due.event} by {_day(due.by)}{until}{f' ({due.time})' if due.time else ''}"
    if due.closed_for and due.counted:
        moved = (
            "the law at hand does not say whether it moves; the earlier day is shown"
            if due.roll_unstated
            else ("it stays" if due.counted == due.by else "moved")
        )
        yield f"    the count gives {_day(due.counted)}, which is closed ({due.closed_for}): {moved}"


def _due_lines(due: Due) -> Iterator[str]:
    yield f"{_CHANNEL_WORDS[due.channel]}"
    if not due.available:
        yield "  not offered"
    elif not due.dates:
        yield "  no day is stated"
    else:
        if len(due.dates) > 1:
            yield "  all of these:" if due.every else "  any one of these:"
        for each in due.dates:
            yield from _date_lines(each)
        if due.ordinary:
            yield "  that is the last chance; the regular close is:"
            for each in due.ordinary:
                yield from _date_lines(each)
        if due.version.value.last_chance_where:
            yield f"  last chance at: {due.version.value.last_chance_where}"
    yield from _about(due.version)


def _election_on(jurisdiction: Jurisdiction, day: date, kind: str) -> Election:
    """The known election of that day, or a made-up one."""
    for election in upcoming(jurisdiction.code, day, 1):
        if election.day == day and not kind:
            return election
    return Election(day, kind or "general", "Election", jurisdiction.code)  # type: ignore[arg-type]


def _jurisdiction(code: str) -> Jurisdiction:
    try:
        return catalogue.load(code.upper())
    except KeyError:
        raise SystemExit(f"{code}: no such jurisdiction; the codes are {', '.join(catalogue.JURISDICTIONS)}") from None


def check() -> int:
    """Load every file and run every example. Prints a summary; 1 and the place of the fault where one is found."""
    kinds: Counter[str] = Counter()
    examples = 0
    try:
        calendar(), federal()
        for code in catalogue.JURISDICTIONS:
            jurisdiction = catalogue.load(code)
            examples += len(jurisdiction.examples)
            kinds.update(source.kind for source in jurisdiction.sources)
    except RuleFileError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(catalogue.JURISDICTIONS)} jurisdictions, {examples} examples hold; rules {catalogue.rules_version()}")
    print("sources: " + ", ".join(f"{count} {_KIND_WORDS[kind]}" for kind, count in kinds.most_common()))
    return 0


def deadlines(arguments: argparse.Namespace) -> int:
    jurisdiction = _jurisdiction(arguments.code)
    election = _election_on(jurisdiction, arguments.election_day, arguments.kind)
    chosen = [channel for channel in CHANNELS if getattr(arguments, channel)] or list(CHANNELS)
    print(f"{jurisdiction.name}: {election.name}, {_day(election.day)} ({election.kind})")
    for channel in chosen:
        try:
            due = due_dates(jurisdiction, election, channel, arguments.on)
        except LookupError as error:
            raise SystemExit(f"{_CHANNEL_WORDS[channel]}: {error}") from None
        print("\n" + "\n".join(_due_lines(due)))
    return 0


def assess_person(arguments: argparse.Namespace) -> int:
    jurisdiction = _jurisdiction(arguments.code)
    election = next_general(jurisdiction.code, arguments.on)
    answers = Answers(citizen=_ANSWER.get(arguments.citizen), birth_date=arguments.born)
    found = assess(answers, jurisdiction, election, arguments.on)
    print(f"{jurisdiction.name}, {_day(arguments.on)}, for {election.name} of {_day(election.day)}: {found.outcome}")
    if found.from_day:
        print(f"  may register from {_day(found.from_day)}")
    for reason in found.reasons:
        details = "; ".join(f"{name}: {value}" for name, value in reason.params.items())
        print(f"  {reason.code} (confidence: {reason.confidence}){f': {details}' if details else ''}")
        for source in reason.sources:
            print(f"    source: {_source(source)}")
    return 0


def _parser(today: date) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m state_rules", description="What each jurisdiction's law asks.")
    commands = parser.add_subparsers(required=True, metavar="check | deadlines | assess")
    commands.add_parser("check", help="validate every file, run every example").set_defaults(run=lambda _: check())
    dates = commands.add_parser("deadlines", help="the last days to register for an election")
    dates.add_argument("code", help="two letters, such as GA")
    dates.add_argument("election_day", type=date.fromisoformat, help="YYYY-MM-DD")
    for channel in CHANNELS:
        dates.add_argument("--" + channel.replace("_", "-"), action="store_true", help="this way only")
    dates.add_argument(
        "--kind",
        default="",
        choices=["general", "primary", "presidential_primary", "runoff", "special", "local"],
        help="the kind of election, if not in the calendar",
    )
    dates.set_defaults(run=deadlines)
    person = commands.add_parser("assess", help="whether and from when a person may register")
    person.add_argument("code", help="two letters, such as GA")
    person.add_argument("--born", type=date.fromisoformat, help="YYYY-MM-DD")
    person.add_argument("--citizen", choices=["yes", "no"])
    person.set_defaults(run=assess_person)
    for command in (dates, person):
        command.add_argument("--on", type=date.fromisoformat, default=today, help="the day to ask for (today)")
    return parser


def main(arguments: list[str] | None = None) -> int:
    parsed = _parser(datetime.now().astimezone().date()).parse_args(arguments)
    status: int = parsed.run(parsed)
    return status


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # so that "| head" ends it quietly
    sys.exit(main())
