"""The rules as they stand now: the files."""

from __future__ import annotations

import state_rules
from state_rules import Jurisdiction


def current(code: str) -> Jurisdiction:
    """The jurisdiction with this code. Raises KeyError for an unknown code."""
    return state_rules.load(code)
