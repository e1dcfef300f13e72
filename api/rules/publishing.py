"""Documents as bytes that are made once, and kept for as long as what they are made from stays the same."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

#: Where a view leaves word, in the WSGI environment, that its answer may be given again: a ``Publication``.
MARK = "enfranchise.published"
#: Seconds for which a browser or a proxy may keep what can change.
FRESH = 60


@dataclass(frozen=True, slots=True)
class Name:
    """One document: its kind, the jurisdiction ("" for all) and the language ("" where it has none)."""

    kind: str
    code: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """``packed``: the same with gzip. ``digest``: of the plain bytes, the same in every process."""

    plain: bytes
    packed: bytes
    digest: str

    def tag(self, *, gzipped: bool) -> str:
        """The strong ETag, another one for other bytes."""
        return f'"{self.digest}{"-gz" if gzipped else ""}"'


@dataclass(frozen=True, slots=True)
class Publication:
    """Word that an answer is the same for everybody who asks in the same way. ``ends``: when it cannot be any more."""

    ends: datetime
    is_secure: bool


def encoded(document: dict[str, Any]) -> Made:
    """The same bytes for the same document, in the order in which it was written."""
    plain = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return Made(plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:32])


class Press:
    """The bytes of each document as they were made last. As many as there are names, and no more."""

    def __init__(self) -> None:
        self._made: dict[Name, tuple[Hashable, Made]] = {}

    def made(self, name: Name, key: Hashable, make: Callable[[], dict[str, Any]]) -> Made:
        """The bytes of before where ``key`` is as before, so that they are not made again."""
        kept = self._made.get(name)
        if kept is not None and kept[0] == key:
            return kept[1]
        made = encoded(make())
        self._made[name] = (key, made)
        return made

    def __len__(self) -> int:
        return len(self._made)


def max_age(now: datetime, ends: datetime) -> int:
    """Seconds for which an answer of ``now`` may be kept: briefly, and never into another day."""
    return max(0, min(FRESH, int((ends - now).total_seconds())))
