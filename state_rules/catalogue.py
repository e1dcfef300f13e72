"""The jurisdictions that the data folder holds."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from state_rules.jurisdiction import Jurisdiction
from state_rules.loader import load_file

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
    """Every jurisdiction, read now and kept, so that no later change of a file reaches who has called this.

    Raises RuleFileError for a broken file.
    """
    rules_version()
    return tuple(load(code) for code in JURISDICTIONS)


@lru_cache(maxsize=1)
def rules_version() -> str:
    """Twelve hex digits that change with any change of the data."""
    digest = hashlib.sha256()
    for path in sorted(DATA.glob("*.toml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
