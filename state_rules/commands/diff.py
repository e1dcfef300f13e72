"""``diff``: what changes between two days."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from state_rules.changes import Change, changes
from state_rules.commands import says
from state_rules.commands.arguments import Commands, add_state, day, jurisdictions
from state_rules.dated import Rule, Version
from state_rules.elections import FEDERAL
from state_rules.facts import federal_rules, rules_of

#: The rules of one jurisdiction by their names, under the heading for it.
Titled = tuple[str, Mapping[str, Rule[Any]]]


def add(commands: Commands, today: date) -> None:  # noqa: ARG001 - one signature for all
    parser = commands.add_parser("diff", help="what changes between two days")
    parser.add_argument("earlier", type=day, help="YYYY-MM-DD")
    parser.add_argument("later", type=day, help="YYYY-MM-DD")
    add_state(parser)
    parser.set_defaults(run=diff)


def diff(arguments: argparse.Namespace) -> int:
    if arguments.later < arguments.earlier:
        raise SystemExit(f"{arguments.earlier} comes after {arguments.later}; write the earlier day first")
    titled = [(f"{each.name} ({each.code})", rules_of(each)) for each in jurisdictions(arguments.state)]
    if not arguments.state:
        titled.insert(0, (f"Federal law ({FEDERAL})", federal_rules()))
    print("\n".join(diff_lines(titled, arguments.earlier, arguments.later)))
    return 0


def diff_lines(titled: Iterable[Titled], earlier: date, later: date) -> Iterator[str]:
    """The changes of law, or "nothing changes"; then which rules the data knows only from a day in between."""
    found = [(title, list(changes(rules, earlier, later))) for title, rules in titled]
    yield f"From {says.day(earlier)} to {says.day(later)}"
    changed = [(title, [each for each in all_of if not each.begins]) for title, all_of in found]
    if not any(each for _, each in changed):
        yield "\nnothing changes"
    for title, of_law in changed:
        if of_law:
            yield f"\n{title}"
            for each in of_law:
                yield from _change(each)
    begun = [(title, [each for each in all_of if each.begins]) for title, all_of in found]
    if any(each for _, each in begun):
        yield "\nKnown from (our data begins in between; not a change of law)"
        for title, new in begun:
            if new:
                yield f"  {title}: {', '.join(_begins(each) for each in new)}"


def _begins(change: Change) -> str:
    return f"{change.rule} {change.new.effective}" if change.new else change.rule


def _change(change: Change) -> Iterator[str]:
    if change.new is None:
        ended = f" on {change.old.until}" if change.old and change.old.until else ""
        yield f"  {change.rule}: ends{ended}, and nothing is known after it"
        return
    yield f"  {change.rule}, from {change.new.effective}"
    if not change.fields:
        yield "    the value stays"
    for each in change.fields:
        yield f"    {each.name}: {says.value(each.old)} -> {says.value(each.new)}"
    yield from _standing(change.old, change.new)
    for source in change.new.sources:
        yield f"    source: {says.source(source)}"


def _standing(old: Version[Any] | None, new: Version[Any]) -> Iterator[str]:
    names = ("confidence",) if old and old.operates and new.operates else ("status", "confidence")
    for name in names:  # that a coming law has come is what the whole entry says
        before, after = getattr(old, name), getattr(new, name)
        yield f"    {name}: {after}" if before == after else f"    {name}: {before} -> {after}"
    if new.until:
        yield f"    until: {new.until}"
    if new.note:
        yield f"    note: {new.note}"
