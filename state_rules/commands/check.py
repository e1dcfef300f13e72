"""``check``: every file and every example."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date

from state_rules import catalogue
from state_rules.commands.arguments import Commands, jurisdictions
from state_rules.commands.says import KIND_WORDS
from state_rules.elections import calendar
from state_rules.federal import federal


def add(commands: Commands, today: date) -> None:  # noqa: ARG001 - one signature for all
    parser = commands.add_parser("check", help="validate every file, run every example")
    parser.set_defaults(run=check)


def check(_arguments: argparse.Namespace) -> int:
    """Load every file and run every example; print a summary. Raises RuleFileError at the first fault."""
    calendar(), federal()
    loaded = jurisdictions(None)
    examples = sum(len(each.examples) for each in loaded)
    kinds = Counter(source.kind for each in loaded for source in each.sources)
    print(f"{len(loaded)} jurisdictions, {examples} examples hold; rules {catalogue.rules_version()}")
    print("sources: " + ", ".join(f"{count} {KIND_WORDS[kind]}" for kind, count in kinds.most_common()))
    return 0
