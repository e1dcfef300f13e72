"""Strict reading of a rule file: TOML tables into frozen dataclasses, by their type hints.

Everything that a table holds must be a field of the dataclass, and every value must have the field's
type and come from its closed list. An error names the file, the key and the problem.
"""

from __future__ import annotations

import re
import tomllib
import types
from collections.abc import Collection, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from state_rules.dated import Rule, Source, Version

#: More than any number that a law counts in days, and little enough to count with.
LARGEST = 9999
#: Keys that hold an address which pages link to.
WEB_ADDRESSES = frozenset({"url", "website", "status_page", "local_url"})
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
VERSION_KEYS = ("effective", "until", "status", "confidence", "note", "sources")


class RuleFileError(Exception):
    """A rule file that cannot be used. ``file`` is its name, ``key`` the dotted path, ``problem`` what is wrong."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}" if key else f"{file}: {problem}")
        self.file, self.key, self.problem = file, key, problem


@lru_cache(maxsize=128)
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def read_toml(path: Path) -> dict[str, Any]:
    """The parsed file. Raises RuleFileError where it is missing, not UTF-8 or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleFileError(path.name, "", f"cannot be read: {error}") from error


@dataclass(slots=True)
class Reader:
    """Reads the tables of one file and remembers which of its sources were cited."""

    file: str
    sources: dict[str, Source]
    cited: set[str]

    def fail(self, key: str, problem: str) -> RuleFileError:
        return RuleFileError(self.file, key, problem)

    def source(self, name: object, key: str) -> Source:
        if not isinstance(name, str):
            raise self.fail(key, f"a source is named by text, not {name!r}")
        if name not in self.sources:
            raise self.fail(key, f"source {name!r} is not defined under [sources]")
        self.cited.add(name)
        return self.sources[name]

    def table(self, raw: object, key: str) -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise self.fail(key, f"must be a table, not {raw!r}")
        return raw

    def tables(self, raw: object, key: str) -> list[dict[str, Any]]:
        if not isinstance(raw, list) or not raw:
            raise self.fail(key, "must be a list of one or more versions, written [[" + key + "]]")
        return [self.table(item, f"{key}[{index}]") for index, item in enumerate(raw)]

    def refuse_unknown(self, raw: Mapping[str, object], known: Collection[str], key: str) -> None:
        for name in raw:
            if name not in known:
                raise self.fail(f"{key}.{name}" if key else name, "unknown key")

    def record(self, raw: dict[str, Any], cls: type, key: str) -> Any:
        """A dataclass from a table: no unknown key, every field without a default present."""
        hints = _hints(cls)
        self.refuse_unknown(raw, hints, key)
        values = {}
        for item in fields(cls):
            path = f"{key}.{item.name}"
            if item.name in raw:
                values[item.name] = self.value(raw[item.name], hints[item.name], path)
            elif item.default is MISSING and item.default_factory is MISSING:
                raise self.fail(path, "is missing")
        return cls(**values)

    def value(self, raw: object, hint: Any, key: str) -> Any:
        """``raw`` as the type that ``hint`` names."""
        origin = get_origin(hint)
        if origin is Literal:
            if raw not in get_args(hint) or not isinstance(raw, str):
                choices = ", ".join(repr(choice) for choice in get_args(hint))
                raise self.fail(key, f"{raw!r} is not one of {choices}")
            return raw
        if origin is tuple:
            return self._tuple(raw, hint, key)
        if origin in (Union, types.UnionType):
            return self.value(raw, next(arg for arg in get_args(hint) if arg is not type(None)), key)
        if hint is Source:
            return self.source(raw, key)
        if is_dataclass(hint) and isinstance(hint, type):
            return self.record(self.table(raw, key), hint, key)
        return self._scalar(raw, hint, key)

    def _scalar(self, raw: Any, hint: Any, key: str) -> Any:
        # bool is an int and datetime is a date; a rule file means neither when it says the other
        if not isinstance(raw, hint) or (hint is int and isinstance(raw, bool)) or isinstance(raw, datetime):
            raise self.fail(key, f"must be a {hint.__name__}, not {raw!r}")
        if hint is int and abs(raw) > LARGEST:
            raise self.fail(key, f"must lie between -{LARGEST} and {LARGEST}")
        if hint is str and raw and key.rpartition(".")[2] in WEB_ADDRESSES and not _WEB_ADDRESS.fullmatch(raw):
            raise self.fail(key, f"must be a web address that begins with https:// or http://, not {raw!r}")
        return raw

    def _tuple(self, raw: object, hint: Any, key: str) -> tuple[Any, ...]:
        """A list, or a table where the field holds pairs (``by_election_kind.primary = {...}``)."""
        (inner, *_rest) = get_args(hint)
        if get_origin(inner) is tuple:
            name_hint, value_hint = get_args(inner)
            return tuple(
                (self.value(name, name_hint, key), self.value(item, value_hint, f"{key}.{name}"))
                for name, item in self.table(raw, key).items()
            )
        if not isinstance(raw, list):
            raise self.fail(key, f"must be a list, not {raw!r}")
        return tuple(self.value(item, inner, f"{key}[{index}]") for index, item in enumerate(raw))

    def version(self, raw: dict[str, Any], hint: Any, key: str) -> Version[Any]:
        """One dated version: the keys of ``Version`` beside those of its value (or ``value`` for a bare one)."""
        about = {name: item for name, item in raw.items() if name in VERSION_KEYS}
        rest = {name: item for name, item in raw.items() if name not in VERSION_KEYS}
        if not about.get("sources"):
            raise self.fail(f"{key}.sources", "a version cites at least one source")
        if is_dataclass(hint):
            value = self.record(rest, hint, key)  # type: ignore[arg-type]
        else:
            self.refuse_unknown(rest, ("value",), key)
            if "value" not in rest:
                raise self.fail(f"{key}.value", "is missing")
            value = self.value(rest["value"], hint, f"{key}.value")
        hints = _hints(Version)
        read = {name: self.value(item, hints[name], f"{key}.{name}") for name, item in about.items()}
        if "effective" not in read:
            raise self.fail(f"{key}.effective", "is missing")
        if "until" in read and read["until"] < read["effective"]:
            raise self.fail(f"{key}.until", "lies before the version's first day")
        return Version(value=value, **read)

    def rule(self, raw: object, hint: Any, key: str) -> Rule[Any]:
        """Dated versions, oldest first, no two on the same day with the same standing."""
        versions = [self.version(item, hint, f"{key}[{index}]") for index, item in enumerate(self.tables(raw, key))]
        for index, (older, newer) in enumerate(pairwise(versions), start=1):
            if newer.effective < older.effective:
                raise self.fail(f"{key}[{index}].effective", "versions stand oldest first")
            if newer.effective == older.effective and newer.operates and older.operates:
                raise self.fail(f"{key}[{index}].effective", "two versions in force from the same day")
        return Rule(tuple(versions))


def reader_for(file: str, raw_sources: object) -> Reader:
    """A reader that knows the file's ``[sources.*]`` tables."""
    reader = Reader(file, {}, set())
    for name, raw in reader.table(raw_sources, "sources").items():
        entry = dict(reader.table(raw, f"sources.{name}"))
        if "key" in entry:
            raise reader.fail(f"sources.{name}.key", "unknown key")
        reader.sources[name] = reader.record({"key": name, **entry}, Source, f"sources.{name}")
    return reader


def opened(path: Path, known: Collection[str]) -> tuple[dict[str, Any], Reader]:
    """What a file holds, and a reader of it, for a file of ``schema``, ``sources`` and the ``known`` keys alone.

    Raises RuleFileError.
    """
    raw = read_toml(path)
    reader = reader_for(path.name, raw.get("sources", {}))
    reader.refuse_unknown(raw, ("schema", "sources", *known), "")
    if raw.get("schema") != 1:
        raise reader.fail("schema", "must be 1")
    return raw, reader


def refuse_unused_sources(reader: Reader) -> None:
    for name in reader.sources:
        if name not in reader.cited:
            raise reader.fail(f"sources.{name}", "is defined and never cited")
