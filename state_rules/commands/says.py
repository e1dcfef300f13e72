"""How the subcommands say days, ways, sources and values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any

from state_rules.dated import Source, Version
from state_rules.deadlines import DueDate

WAY_WORDS = {"online": "Online", "mail": "By mail", "in_person": "In person", "same_day": "Same day"}
KIND_WORDS = {
    "statute": "statute",
    "rule": "rule",
    "form-instructions": "instructions of the federal form",
    "official-calendar": "official calendar",
    "official-page": "official page",
    "secondary": "secondary",
    "memory": "recalled, not opened",
}


def day(value: date) -> str:
    return f"{value:%A, %B} {value.day}, {value.year}"


def source(value: Source) -> str:
    dated = f", dated {value.dated}" if value.dated else ""
    return f"{value.title} ({KIND_WORDS[value.kind]}{dated})"


def about(version: Version[Any]) -> Iterator[str]:
    """Since when, how sure, and where it comes from: one line each."""
    yield f"  in force from {version.effective}; confidence: {version.confidence}"
    if version.note:
        yield f"  note: {version.note}"
    for each in version.sources:
        yield f"  source: {source(each)}"


def due_date(due: DueDate) -> Iterator[str]:
    """The day, and why it is not the one that the count gives."""
    until = f" to {day(due.latest)}, as the local office sets it; the first day is safe" if due.latest else ""
    yield f"  {due.event} by {day(due.by)}{until}{f' ({words(due.time)})' if due.time else ''}"
    if due.closed_for and due.counted:
        moved = (
            "the law at hand does not say whether it moves; the earlier day is shown"
            if due.roll_unstated
            else ("it stays" if due.counted == due.by else "moved")
        )
        yield f"    the count gives {day(due.counted)}, which is closed ({due.closed_for}): {moved}"


def words(machine: str) -> str:
    """A machine word for reading: "close_of_polls" is "close of polls"."""
    return machine.replace("_", " ")


def value(held: object) -> str:
    """A value of a rule on one line. Of a record, the fields that are not as they would be if left out."""
    if held is None or held == "" or held == ():
        return "nothing"
    if isinstance(held, bool):
        return "yes" if held else "no"
    if isinstance(held, tuple):
        plain = all(isinstance(each, str) for each in held)
        return (", " if plain else "; ").join(_pair(each) if isinstance(each, tuple) else value(each) for each in held)
    if is_dataclass(held) and not isinstance(held, type):
        names = [item.name for item in fields(held) if _is_set(held, item)]
        return ", ".join(_field(name, getattr(held, name)) for name in names) or "as if left out"
    return str(held)


def _pair(pair: tuple[Any, ...]) -> str:
    name, held = pair
    return f"{name}: {value(held)}"


def _field(name: str, held: object) -> str:
    shown = value(held)
    return f"{name} ({shown})" if is_dataclass(held) else f"{name} {shown}"


def _is_set(record: object, item: Any) -> bool:
    return item.default is MISSING or getattr(record, item.name) != item.default
