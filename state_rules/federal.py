"""Federal law that stands behind every jurisdiction's own rules: data/us.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import get_args, get_type_hints

from state_rules.dated import Rule
from state_rules.rule_file import opened, refuse_unused_sources

FILE = Path(__file__).parent / "data" / "us.toml"


@dataclass(frozen=True, slots=True)
class Federal:
    """``nvra_exempt``: codes of the states outside the NVRA. ``mail_postmark_days``: a form postmarked so many days
    before a federal election counts (52 U.S.C. 20507). ``presidential_residency_days``: the longest residence that
    a state may ask for in a vote for president, ``presidential_registration_days`` the longest close of registration
    before one (52 U.S.C. 10502). ``section_203_due``: when the next list of places that owe help in other languages is
    due. ``citizenship_lists``: whether federal lists of citizens bear on who gets a ballot by mail."""

    nvra_exempt: Rule[tuple[str, ...]]
    mail_postmark_days: Rule[int]
    presidential_residency_days: Rule[int]
    presidential_registration_days: Rule[int]
    form_needs_citizenship_documents: Rule[bool]
    citizenship_lists: Rule[bool]
    section_203_due: Rule[date]


def load_federal(path: Path = FILE) -> Federal:
    """The federal rules in ``path``. Raises RuleFileError."""
    hints = get_type_hints(Federal)
    raw, reader = opened(path, tuple(hints))
    rules = {name: reader.rule(raw.get(name), get_args(hint)[0], name) for name, hint in hints.items()}
    refuse_unused_sources(reader)
    return Federal(**rules)


@lru_cache(maxsize=1)
def federal() -> Federal:
    return load_federal()
