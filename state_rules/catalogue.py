"""The jurisdictions that the data folder holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from pathlib import Path

from state_rules import elections
from state_rules.elections import Election, calendar, load_local
from state_rules.federal import federal
from state_rules.jurisdiction import Jurisdiction
from state_rules.loader import load_file
from state_rules.rule_file import RuleFileError

DATA = Path(__file__).parent / "data"
_NOT_JURISDICTIONS = frozenset({"us.toml", "elections.toml"})

#: The codes of all jurisdictions, in alphabetical order: one for each file.
JURISDICTIONS: tuple[str, ...] = tuple(
    path.stem.upper() for path in sorted(DATA.glob("*.toml")) if path.name not in _NOT_JURISDICTIONS
)


@lru_cache(maxsize=128)
def load(code: str) -> Jurisdiction:
    """The jurisdiction with this code. Raises KeyError for an unknown code, RuleFileError for a broken file."""
    if code not in JURISDICTIONS:
        raise KeyError(code)
    return load_file(DATA / f"{code.lower()}.toml")


def load_all() -> tuple[Jurisdiction, ...]:
    """Every jurisdiction, read now and kept with federal law and the calendar, so that no later change of a file
    reaches who has called this. Raises RuleFileError for a broken file.
    """
    rules_version()
    federal()
    _check_calendar()
    return tuple(load(code) for code in JURISDICTIONS)


def faults() -> list[str]:
    """What is wrong with each file that cannot be used, one line a file; empty where all is well."""
    found: list[str] = []
    reads: list[Callable[[], object]] = [_check_calendar, federal]
    reads += [partial(load, code) for code in JURISDICTIONS]
    for read in reads:
        try:
            read()
        except RuleFileError as error:
            found.append(str(error))
    return found


def local_elections(path: Path) -> dict[str, tuple[Election, ...]]:
    """An operator's own elections, each in a place that there is. Raises RuleFileError."""
    found = load_local(path)
    _check_places(found, path.name)
    return found


def _check_calendar() -> None:
    _check_places(calendar().dated, elections.FILE.name)


def _check_places(codes: Iterable[str], file: str) -> None:
    for code in codes:
        if code not in JURISDICTIONS and code != elections.FEDERAL:
            raise RuleFileError(file, "elections", f"{code!r} is no jurisdiction")


@lru_cache(maxsize=1)
def rules_version() -> str:
    """Twelve hex digits that change with any change of the data."""
    digest = hashlib.sha256()
    for path in sorted(DATA.glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
