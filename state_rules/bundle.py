"""All that the data folder holds as one JSON document, for whoever reads no TOML. Made from the data alone."""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from state_rules import catalogue
from state_rules.dated import Rule, Source, Version
from state_rules.elections import Calendar, calendar
from state_rules.federal import Federal, federal
from state_rules.jurisdiction import Jurisdiction

#: Changes when a reader of the bundle would have to change.
BUNDLE_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything that a bundle is made from."""

    jurisdictions: tuple[Jurisdiction, ...]
    federal: Federal
    calendar: Calendar
    rules_version: str


def whole() -> Bundle:
    """All of the data folder. Raises RuleFileError."""
    loaded = tuple(catalogue.load(code) for code in catalogue.JURISDICTIONS)
    return Bundle(loaded, federal(), calendar(), catalogue.rules_version())


@lru_cache(maxsize=128)
def hints_of(cls: type) -> dict[str, Any]:
    """Field name -> type, in the order of the dataclass."""
    hints = get_type_hints(cls)
    return {item.name: hints[item.name] for item in fields(cls)}


def without_none(hint: Any) -> Any:
    """The type beside None in an optional one; None for a type that is not optional."""
    if get_origin(hint) not in (Union, types.UnionType):
        return None
    return next(each for each in get_args(hint) if each is not type(None))


def pair_of(hint: Any) -> tuple[Any, Any] | None:
    """The types of name and value where a tuple holds such pairs, which is an object in JSON; otherwise None."""
    inner = get_args(hint)[0] if get_origin(hint) is tuple else None
    if get_origin(inner) is not tuple:
        return None
    name, value = get_args(inner)
    return name, value


class _Part:
    """Turns values into JSON. Sources are named by their keys and collected, to be written once."""

    def __init__(self) -> None:
        self.sources: dict[str, Any] = {}

    def value(self, held: Any, hint: Any) -> Any:
        if held is None or isinstance(held, bool | int | str):
            return held
        if isinstance(held, date):
            return held.isoformat()
        if isinstance(held, Source):
            self.sources[held.key] = self.record(held)
            return held.key
        if isinstance(held, Rule):
            (inner,) = get_args(hint)
            return [self.version(version, inner) for version in held.versions]
        if isinstance(held, dict):
            return {name: self.value(item, get_args(hint)[1]) for name, item in held.items()}
        if isinstance(held, tuple):
            return self._tuple(held, hint)
        return self.record(held)

    def _tuple(self, held: tuple[Any, ...], hint: Any) -> Any:
        pair = pair_of(without_none(hint) or hint)
        if pair:
            return {name: self.value(item, pair[1]) for name, item in held}
        return [self.value(item, get_args(hint)[0]) for item in held]

    def version(self, version: Version[Any], inner: Any) -> dict[str, Any]:
        hints = hints_of(Version) | {"value": inner}
        return {name: self.value(getattr(version, name), hint) for name, hint in hints.items()}

    def record(self, held: Any) -> dict[str, Any]:
        return {name: self.value(getattr(held, name), hint) for name, hint in hints_of(held.__class__).items()}


def _with_sources(held: object) -> dict[str, Any]:
    part = _Part()
    return part.record(held) | {"sources": part.sources}


def as_json(bundle: Bundle) -> dict[str, Any]:
    """The bundle as JSON values. Versions cite sources by the keys of ``sources`` in their own part."""
    return {
        "schema": BUNDLE_SCHEMA,
        "rules_version": bundle.rules_version,
        "jurisdictions": {each.code: _with_sources(each) for each in bundle.jurisdictions},
        "federal": _with_sources(bundle.federal),
        "elections": _elections(bundle.calendar),
    }


def _elections(known: Calendar) -> dict[str, Any]:
    part = _Part()
    general = part.record(known.federal_general)
    dated = [part.record(each) for each in _in_order(known)]
    return {"federal_general": general, "dated": dated, "sources": part.sources}


def _in_order(known: Calendar) -> Iterable[Any]:
    every = [election for elections in known.dated.values() for election in elections]
    return sorted(every, key=lambda election: (election.day, election.jurisdiction, election.name))


def encoded(document: dict[str, Any]) -> bytes:
    """The same bytes for the same document: UTF-8, sorted keys, one value a line, a line end at the end."""
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def checksum_line(content: bytes, name: str) -> str:
    """One line as ``sha256sum -c`` reads it."""
    return f"{hashlib.sha256(content).hexdigest()}  {name}\n"
