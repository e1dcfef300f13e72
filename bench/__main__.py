"""``python -m bench``: every table, the machine last. Fails if a promise of the project is not kept."""

from __future__ import annotations

import sys

from bench import forms, pages, published, rules
from bench.measure import machine

TABLES = [forms.run, rules.run, published.run, pages.run]


def main() -> int:
    """Prints the tables; gives the number of broken promises."""
    broken: list[str] = []
    for run in TABLES:
        text, problems = run()
        print(text, end="\n\n")
        broken += problems
    print(f"Machine: {machine()}")
    for problem in broken:
        print(f"BROKEN PROMISE: {problem}")
    return len(broken)


if __name__ == "__main__":
    sys.exit(main())
