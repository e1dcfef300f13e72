"""``check``: every file and every example."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial

from state_rules import catalogue
from state_rules.commands.arguments import Commands
from state_rules.commands.says import KIND_WORDS
from state_rules.elections import calendar
from state_rules.federal import federal
from state_rules.jurisdiction import Jurisdiction
from state_rules.rule_file import RuleFileError


def add(commands: Commands, today: date) -> None:  # noqa: ARG001 - one signature for all
    parser = commands.add_parser("check", help="validate every file, run every example")
    parser.set_defaults(run=check)


def _loaded() -> tuple[list[Jurisdiction], list[str]]:
    """What loads, and what is wrong with what does not."""
    loaded: list[Jurisdiction] = []
    faults: list[str] = []
    loads: tuple[Callable[[], object], ...] = (
        calendar,
        federal,
        *(partial(catalogue.load, code) for code in catalogue.JURISDICTIONS),
    )
    for load in loads:
        try:
            found = load()
        except RuleFileError as error:
            faults.append(str(error))
        else:
            loaded += [found] if isinstance(found, Jurisdiction) else []
    return loaded, faults


def check(_arguments: argparse.Namespace) -> int:
    """Load every file and run every example; print a summary, or the fault of each file that has one."""
    loaded, faults = _loaded()
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    examples = sum(len(each.examples) for each in loaded)
    kinds = Counter(source.kind for each in loaded for source in each.sources)
    print(f"{len(loaded)} jurisdictions, {examples} examples hold; rules {catalogue.rules_version()}")
    print("sources: " + ", ".join(f"{count} {KIND_WORDS[kind]}" for kind, count in kinds.most_common()))
    return 0
