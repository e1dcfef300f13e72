"""``check``: every file and every example."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date

from state_rules import catalogue
from state_rules.commands.arguments import Commands
from state_rules.commands.says import KIND_WORDS


def add(commands: Commands, today: date) -> None:  # noqa: ARG001 - one signature for all
    parser = commands.add_parser("check", help="validate every file, run every example")
    parser.set_defaults(run=check)


def check(_arguments: argparse.Namespace) -> int:
    """Load every file and run every example; print a summary, or the fault of each file that has one."""
    found = catalogue.faults()
    if found:
        print("\n".join(found), file=sys.stderr)
        return 1
    loaded = catalogue.load_all()
    examples = sum(len(each.examples) for each in loaded)
    kinds = Counter(source.kind for each in loaded for source in each.sources)
    print(f"{len(loaded)} jurisdictions, {examples} examples hold; rules {catalogue.rules_version()}")
    print("sources: " + ", ".join(f"{count} {KIND_WORDS[kind]}" for kind, count in kinds.most_common()))
    return 0
