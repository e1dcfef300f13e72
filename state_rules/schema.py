"""A JSON Schema (2020-12) of the bundle, made from the dataclasses by their type hints."""

from __future__ import annotations

import inspect
from datetime import date
from typing import Any, Literal, get_args, get_origin

from state_rules.bundle import BUNDLE_SCHEMA, hints_of, pair_of, without_none
from state_rules.dated import Rule, Source, Version
from state_rules.elections import Election, FederalGeneral
from state_rules.federal import Federal
from state_rules.jurisdiction import Jurisdiction

_SCALARS: dict[Any, dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    date: {"type": "string", "format": "date"},
}
_CITED = {"type": "string", "description": "A key of `sources` in the same part."}


class _Definitions:
    """Schemas of types. Each dataclass is written once, under ``$defs``."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Any]] = {}

    def of(self, hint: Any) -> dict[str, Any]:
        inner = without_none(hint)
        if inner is not None:
            return {"anyOf": [self.of(inner), {"type": "null"}]}
        if hint in _SCALARS:
            return _SCALARS[hint]
        if hint is Source:
            return _CITED
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Literal:
            return {"type": "string", "enum": list(arguments)}
        if origin is Rule:
            return {"type": "array", "items": self._version(arguments[0])}
        if origin is dict:
            return self._named(arguments[0], arguments[1])
        if origin is tuple:
            pair = pair_of(hint)
            return self._named(*pair, all_needed=False) if pair else {"type": "array", "items": self.of(arguments[0])}
        return self.record(hint)

    def _named(self, name_hint: Any, value_hint: Any, *, all_needed: bool = True) -> dict[str, Any]:
        """An object whose keys come from a closed list."""
        names = list(get_args(name_hint))
        properties = {name: self.of(value_hint) for name in names}
        schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return schema | {"required": names} if all_needed else schema

    def record(self, cls: type) -> dict[str, Any]:
        name = cls.__name__
        if name not in self.found:
            self.found[name] = {}  # a deadline holds others of its kind
            self.found[name] = self._object({field: self.of(hint) for field, hint in hints_of(cls).items()}, cls)
        return {"$ref": f"#/$defs/{name}"}

    def part(self, cls: type) -> dict[str, Any]:
        """A dataclass that carries the table of the sources that it cites."""
        properties = {field: self.of(hint) for field, hint in hints_of(cls).items()}
        self.found[cls.__name__] = self._object(properties | {"sources": self.sources()}, cls)
        return {"$ref": f"#/$defs/{cls.__name__}"}

    def sources(self) -> dict[str, Any]:
        """Source by key."""
        self.found["Source"] = self._object({name: self.of(hint) for name, hint in hints_of(Source).items()}, Source)
        return {"type": "object", "additionalProperties": {"$ref": "#/$defs/Source"}}

    def _version(self, inner: Any) -> dict[str, Any]:
        value = self.of(inner)
        name = f"VersionOf{_name(inner)}"
        if name not in self.found:
            properties = {field: self.of(hint) for field, hint in hints_of(Version).items() if field != "value"}
            self.found[name] = self._object(properties | {"value": value}, Version)
        return {"$ref": f"#/$defs/{name}"}

    def _object(self, properties: dict[str, Any], cls: type) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "object", "properties": properties, "required": sorted(properties)}
        about = inspect.getdoc(cls) or ""
        if about and not about.startswith(f"{cls.__name__}("):  # what a dataclass writes for itself
            schema["description"] = about
        return schema | {"additionalProperties": False}


def _name(hint: Any) -> str:
    """A word for a type: "Bool", "Deadline", "ListOfStr"."""
    if get_origin(hint) is tuple:
        return f"ListOf{_name(get_args(hint)[0])}"
    name = str(hint.__name__)
    return name[0].upper() + name[1:]


def bundle_schema() -> dict[str, Any]:
    """The schema of ``bundle.as_json``."""
    definitions = _Definitions()
    elections = {
        "federal_general": definitions.record(FederalGeneral),
        "dated": {"type": "array", "items": definitions.record(Election)},
        "sources": definitions.sources(),
    }
    properties: dict[str, Any] = {
        "schema": {"const": BUNDLE_SCHEMA},
        "rules_version": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
        "jurisdictions": {
            "type": "object",
            "propertyNames": {"pattern": "^[A-Z]{2}$"},
            "additionalProperties": definitions.part(Jurisdiction),
        },
        "federal": definitions.part(Federal),
        "elections": _closed(elections),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rules of voter registration in the United States",
        **_closed(properties),
        "$defs": definitions.found,
    }


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }
