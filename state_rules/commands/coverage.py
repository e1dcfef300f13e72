"""``coverage``: how sure each fact is, and what it rests on, for every jurisdiction."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from state_rules.commands import says
from state_rules.commands.arguments import Commands, add_on, add_state, jurisdictions
from state_rules.facts import FACTS, SOURCE_KINDS, Known, known
from state_rules.jurisdiction import Jurisdiction

_CONFIDENCE = {"high": "h", "medium": "m", "low": "l", "unknown": "-"}
_KIND = dict(zip(SOURCE_KINDS, "SRFCPXM", strict=True))


def add(commands: Commands, today: date) -> None:
    parser = commands.add_parser("coverage", help="how sure each fact is and what it rests on")
    add_state(parser)
    parser.add_argument("--format", choices=["text", "markdown"], default="text")
    add_on(parser, today)
    parser.set_defaults(run=coverage)


def coverage(arguments: argparse.Namespace) -> int:
    show = text_lines if arguments.format == "text" else markdown_lines
    print("\n".join(show(jurisdictions(arguments.state), arguments.on)))
    return 0


def text_lines(shown: Sequence[Jurisdiction], on: date) -> Iterator[str]:
    """The table with facts as numbered columns, what the numbers and letters mean, and totals."""
    rows = _rows(shown, on)
    yield _title(rows, on)
    yield ""
    yield "    " + " ".join(f"{number:>2}" for number in range(1, len(FACTS) + 1))
    for code, found in rows.items():
        yield f"{code}  " + " ".join(_cell(each) for each in found)
    yield ""
    yield from (f"{number:>2}  {fact.name}" for number, fact in enumerate(FACTS, start=1))
    yield ""
    yield from (_legend(), "", *(f"{name:<42}{share}" for name, share in _totals(rows)))


def markdown_lines(shown: Sequence[Jurisdiction], on: date) -> Iterator[str]:
    """The same as Markdown tables."""
    rows = _rows(shown, on)
    yield f"{_title(rows, on)} {_legend()}."
    yield ""
    yield f"| | {' | '.join(str(number) for number in range(1, len(FACTS) + 1))} |"
    yield f"|---|{'---|' * len(FACTS)}"
    yield from (f"| {code} | {' | '.join(_cell(each) for each in found)} |" for code, found in rows.items())
    yield ""
    yield from (f"{number}. {says.words(fact.name)}" for number, fact in enumerate(FACTS, start=1))
    yield ""
    yield "| | facts |"
    yield "|---|---|"
    yield from (f"| {name} | {share} |" for name, share in _totals(rows))


def _rows(shown: Sequence[Jurisdiction], on: date) -> dict[str, list[Known]]:
    return {jurisdiction.code: [known(jurisdiction, fact, on) for fact in FACTS] for jurisdiction in shown}


def _title(rows: dict[str, list[Known]], on: date) -> str:
    return f"Facts: {len(FACTS)}. Jurisdictions: {len(rows)}. Day: {on}."


def _cell(found: Known) -> str:
    return _CONFIDENCE[found.confidence] + (_KIND[found.kind] if found.kind else " ")


def _legend() -> str:
    sure = ", ".join(f"{letter} {name}" for name, letter in _CONFIDENCE.items())
    kinds = ", ".join(f"{letter} {says.KIND_WORDS[name]}" for name, letter in _KIND.items())
    return f"First letter, confidence: {sure}. Second letter, best source: {kinds}"


def _totals(rows: dict[str, list[Known]]) -> Iterator[tuple[str, str]]:
    cells = [each for found in rows.values() for each in found]
    sure, kinds = Counter(each.confidence for each in cells), Counter(each.kind for each in cells)
    for name in _CONFIDENCE:
        yield f"confidence: {name}", _share(sure[name], len(cells))  # type: ignore[index]
    for kind in SOURCE_KINDS:
        yield f"source: {says.KIND_WORDS[kind]}", _share(kinds[kind], len(cells))
    if kinds[None]:
        yield "source: the data begins later", _share(kinds[None], len(cells))


def _share(count: int, of: int) -> str:
    return f"{count:>5} {100 * count / of:5.1f} %"
