"""What was last read from the database, for pages that must stand while it is away."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)
Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row")
#: Seconds for which a database that did not answer is not asked again.
PAUSE = 5.0
#: Keys of which it is remembered that they were just read, also that there is nothing.
MOST_FRESH = 1000


class Outage:
    """Whether the database was found away a moment ago, so that not every page waits for it in vain.

    ``clock``: seconds that only ever grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: float | None = None

    def should_ask(self) -> bool:
        """False during the pause. After it one asks, and the others go on as if the pause lasted until that is over."""
        if self._until is None:
            return True
        if self._clock() < self._until:
            return False
        self.begin()
        return True

    def is_on(self) -> bool:
        """Whether the pause lasts. Unlike ``should_ask`` it lets nobody ask."""
        return self._until is not None and self._clock() < self._until

    def begin(self) -> None:
        self._until = self._clock() + PAUSE

    def end(self) -> None:
        self._until = None


#: What one request read already, so that it asks for each thing once; None outside of a request.
_read_already: ContextVar[dict[tuple[int, Hashable], Any] | None] = ContextVar("read_already", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within it each key of each ``LastKnown`` is read once: one page shows one state of things."""
    token = _read_already.set({})
    try:
        yield
    finally:
        _read_already.reset(token)


#: One for all that is read: they come from one database.
_outage = Outage()


class LastKnown(Generic[Key, Row]):
    """Rows by key, as this process last read them. ``name`` stands in the log: no argument of a message reaches it."""

    def __init__(self, name: str, outage: Outage = _outage) -> None:
        self._event = f"the database does not answer: {name} as last known"
        self._outage = outage
        self._rows: dict[Key, tuple[Row, ...]] = {}
        self._fresh: dict[Key, tuple[float, tuple[Row, ...]]] = {}
        self._was_read = False

    @property
    def is_unread(self) -> bool:
        """Whether the database never answered in this process, so that nothing is known."""
        return not self._was_read

    @property
    def is_away(self) -> bool:
        """Whether the database was found away a moment ago."""
        return self._outage.is_on()

    def read(self, key: Key, query: Callable[[], tuple[Row, ...]]) -> tuple[Row, ...]:
        """What the query gives; where the database does not answer, what it gave last, or nothing. That is logged.

        For some seconds after that it is not asked. Any other fault is raised: a query that is wrong stays wrong.
        What was read less than READ_AGAIN_AFTER seconds ago is taken as it is.
        """
        already = _read_already.get()
        if already is None:
            return self._read(key, query)
        if (id(self), key) not in already:
            already[id(self), key] = self._read(key, query)
        rows: tuple[Row, ...] = already[id(self), key]
        return rows

    def _read(self, key: Key, query: Callable[[], tuple[Row, ...]]) -> tuple[Row, ...]:
        at, known = self._fresh.get(key, (float("-inf"), ()))
        begun = time.monotonic()
        if begun - at < settings.READ_AGAIN_AFTER:
            return known
        if not self._outage.should_ask():
            return self._rows.get(key, ())
        try:
            rows = query()
        except (OperationalError, InterfaceError):
            self._outage.begin()
            logger.exception(self._event)
            return self._rows.get(key, ())
        self._outage.end()
        self._was_read = True
        if len(self._fresh) >= MOST_FRESH:
            self._fresh.clear()
        self._fresh[key] = begun, rows
        if rows:
            self._rows[key] = rows
        else:
            self._rows.pop(key, None)  # a key may come from an address, and nobody may fill the memory with such
        return rows
