"""Values of law that change on known days, with their standing and their sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Confidence = Literal["high", "medium", "low"]
LawStatus = Literal["in_force", "not_operated", "enjoined", "struck_down", "future", "pending"]
SourceKind = Literal[
    "statute", "rule", "form-instructions", "official-calendar", "official-page", "secondary", "memory"
]

#: Text that operates once its day has come. The others are law on paper only, or (pending) not decided yet.
OPERATING: frozenset[LawStatus] = frozenset({"in_force", "future"})


@dataclass(frozen=True, slots=True)
class Source:
    """One citation. ``dated`` is the day the source itself bears, ``retrieved`` the day it was opened.

    ``kind = "memory"`` marks a citation that nobody opened; pages never present it as read.
    """

    key: str
    title: str
    kind: SourceKind
    url: str = ""
    dated: date | None = None
    retrieved: date | None = None

    @property
    def was_read(self) -> bool:
        return self.kind != "memory"


@dataclass(frozen=True, slots=True)
class Version(Generic[T]):
    """One value from ``effective`` on, until the next version's day or its own last day, ``until``."""

    effective: date
    value: T
    sources: tuple[Source, ...]
    status: LawStatus = "in_force"
    confidence: Confidence = "high"
    note: str = ""
    until: date | None = None

    @property
    def operates(self) -> bool:
        return self.status in OPERATING


@dataclass(frozen=True, slots=True)
class Rule(Generic[T]):
    """Dated versions, oldest first."""

    versions: tuple[Version[T], ...]

    def on(self, day: date) -> Version[T] | None:
        """The last operating version whose ``effective`` day has arrived and whose ``until`` has not passed.

        None before the data begins.
        """
        for version in reversed(self.versions):
            if version.effective <= day and version.operates and (version.until is None or day <= version.until):
                return version
        return None
