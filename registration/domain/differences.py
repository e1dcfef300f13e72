"""Which answers a change of rules changes, for an operator to read before making it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from state_rules import CHANNELS, Due, DueDate, Jurisdiction, due_dates, target_election, upcoming, ways
from state_rules.loader import rule_hints

ELECTIONS_AHEAD = 8
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """``what`` has the answer ``before`` without the change and ``after`` with it."""

    what: str
    before: str
    after: str


def differences(before: Jurisdiction, after: Jurisdiction, on: date) -> tuple[Difference, ...]:
    """The answers on ``on`` that differ: the values of rules, the last days for coming elections, the ways."""
    found = (*_values(before, after, on), *_last_days(before, after, on), *_ways(before, after, on))
    return tuple(each for each in found if each.before != each.after)


def _values(before: Jurisdiction, after: Jurisdiction, on: date) -> Iterator[Difference]:
    for name in rule_hints():
        old, new = getattr(before, name).on(on), getattr(after, name).on(on)
        was, now = _fields(old.value if old else None), _fields(new.value if new else None)
        for key in {**was, **now}:
            yield Difference(f"{name}{key}", was.get(key, NOTHING), now.get(key, NOTHING))


def _fields(value: Any) -> dict[str, str]:
    if value is None:
        return {}
    if not is_dataclass(value):
        return {"": repr(value)}
    return {f".{each.name}": repr(getattr(value, each.name)) for each in fields(value)}


def _last_days(before: Jurisdiction, after: Jurisdiction, on: date) -> Iterator[Difference]:
    for election in upcoming(before.code, on, ELECTIONS_AHEAD):
        for channel in CHANNELS:
            old, new = (due_dates(rules, election, channel, on) for rules in (before, after))
            yield Difference(f"{channel}, {election.name} of {election.day}", said(old), said(new))


def said(due: Due) -> str:
    """The dates of one channel on a line: "postmarked by 2026-10-05"."""
    if not due.available:
        return "not offered"
    joined = (" and " if due.every else " or ").join(map(_date, due.dates)) or "no day stated"
    if not due.ordinary:
        return joined
    return f"{' and '.join(map(_date, due.ordinary))}; last chance {joined}"


def _date(due: DueDate) -> str:
    until = f" to {due.latest}" if due.latest else ""
    return f"{due.event} by {due.by}{until}{f' {due.time}' if due.time else ''}"


def _ways(before: Jurisdiction, after: Jurisdiction, on: date) -> Iterator[Difference]:
    aims = [target_election(rules, on) for rules in (before, after)]
    yield Difference("the election to aim for", *(f"{aim.name} of {aim.day}" for aim in aims))
    election = aims[0]
    pairs = zip(ways(before, election, on), ways(after, election, on), strict=True)
    for old, new in pairs:
        yield Difference(f"{old.channel} on {on}, for {election.day}", old.standing, new.standing)
