"""What was last read from the database, for pages that must stand while it is away."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.db import DatabaseError

logger = logging.getLogger(__name__)
Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")


class LastKnown(Generic[Key, Row]):
    """Rows by key, as this process last read them. ``name`` stands in the log."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows: dict[Key, tuple[Row, ...]] = {}

    def read(self, key: Key, query: Callable[[], tuple[Row, ...]]) -> tuple[Row, ...]:
        """What the query gives; where the database does not answer, what it gave last, or nothing. That is logged."""
        try:
            rows = query()
        except DatabaseError:
            logger.error("the database does not answer: %s as last known", self._name)
            return self._rows.get(key, ())
        if rows:
            self._rows[key] = rows
        else:
            self._rows.pop(key, None)  # a key may come from an address, and nobody may fill the memory with such
        return rows
