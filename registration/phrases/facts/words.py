"""The shape of a fact's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from state_rules import Jurisdiction


@dataclass(frozen=True, slots=True)
class Words:
    """``label``: a message. ``said``: a rule's value and its place give sentences in the active language."""

    label: str
    said: Callable[[Any, Jurisdiction], list[str]]
