"""What was last read from the database, for pages that must stand while it is away."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)
Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")


class LastKnown(Generic[Key, Row]):
    """Rows by key, as this process last read them. ``name`` stands in the log: no argument of a message reaches it."""

    def __init__(self, name: str) -> None:
        self._event = f"the database does not answer: {name} as last known"
        self._rows: dict[Key, tuple[Row, ...]] = {}
        self._was_read = False

    @property
    def is_unread(self) -> bool:
        """Whether the database never answered in this process, so that nothing is known."""
        return not self._was_read

    def read(self, key: Key, query: Callable[[], tuple[Row, ...]]) -> tuple[Row, ...]:
        """What the query gives; where the database does not answer, what it gave last, or nothing. That is logged.

        Any other fault is raised: a query that is wrong would be wrong for ever.
        """
        try:
            rows = query()
        except (OperationalError, InterfaceError):
            logger.exception(self._event)
            return self._rows.get(key, ())
        self._was_read = True
        if rows:
            self._rows[key] = rows
        else:
            self._rows.pop(key, None)  # a key may come from an address, and nobody may fill the memory with such
        return rows
