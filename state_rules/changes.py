"""What differs between the law of two days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from state_rules.dated import Rule, Version


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One key of a rule. ``name`` is "value" for a rule that holds a bare one."""

    name: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Change:
    """A rule of which another version is in force on the later day.

    ``old`` is None where the data begins in between: that is no change of law. ``new`` is None where a version has
    ended with none after it. ``fields`` is empty where the value stays and only its standing or its sources are new.
    """

    rule: str
    old: Version[Any] | None
    new: Version[Any] | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def begins(self) -> bool:
        return self.old is None


def changes(rules: Mapping[str, Rule[Any]], earlier: date, later: date) -> Iterator[Change]:
    """Each of ``rules`` (by name), in their order, whose version in force on ``later`` is not that of ``earlier``."""
    for name, rule in rules.items():
        old, new = rule.on(earlier), rule.on(later)
        if old is new:
            continue
        if old is None or new is None:
            yield Change(name, old, new)
        else:
            yield Change(name, old, new, tuple(_differences(old.value, new.value)))


def _differences(old: object, new: object) -> Iterator[FieldChange]:
    if not is_dataclass(new) or isinstance(new, type):
        if old != new:
            yield FieldChange("value", old, new)
        return
    for item in fields(new):
        before, after = getattr(old, item.name), getattr(new, item.name)
        if before != after:
            yield FieldChange(item.name, before, after)
