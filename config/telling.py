"""Tells the broker which rows of the outbox are due. It is a hint: should it be lost, the broker is told again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import cast
from uuid import UUID

from celery.exceptions import CeleryError
from django.conf import settings
from kombu.exceptions import KombuError, OperationalError

logger = logging.getLogger(__name__)
#: Rows in one transaction, so that telling costs little.
AT_ONCE = 200
#: Seconds after a broker failed in which it is not asked, and the longest that it may take to confirm a message.
PAUSE, CONFIRM_SECONDS = 5.0, 5
AWAY = (OperationalError, KombuError, CeleryError, OSError)


def is_there() -> bool:
    """Whether the broker takes a connection just now."""
    from config.celery import app

    try:
        with app.connection_for_write() as link:
            link.ensure_connection(max_retries=1, timeout=1)
    except AWAY:
        return False
    return True


class Teller:
    """Looks at each queue. While the broker is away, the rows are done here, unless RELAY_DIRECT is off."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._away_until = 0.0

    def look(self, should_stop: Callable[[], bool]) -> int:
        """Returns how many rows were told or done. Raises DatabaseError."""
        from registration.domain import outbox

        total = 0
        now: datetime | None = None  # the database's, asked once unless time went by with work of our own
        for queue in outbox.QUEUES:
            while not should_stop():
                if self._clock() < self._away_until:
                    total += self._do_some(queue)
                    now = None
                    break
                now = now or outbox.database_now()
                rows = outbox.hand_over(queue, AT_ONCE, now)
                if not rows:
                    break
                total += self._tell(queue, rows)
        return total

    def _tell(self, queue: str, rows: list[UUID]) -> int:
        from registration.domain import outbox
        from registration.domain.failpoints import failpoint
        from registration.tasks import deliver_outbox

        failpoint("relay.before_publish")
        for told, row in enumerate(rows):
            try:
                deliver_outbox.apply_async(args=[str(row)], queue=queue, retry=False, confirm_timeout=CONFIRM_SECONDS)
            except AWAY as error:
                logger.error("the broker does not answer", extra={"code": type(error).__name__})
                self._away_until = self._clock() + PAUSE
                outbox.take_back(rows[told:])
                return told
        failpoint("relay.after_publish")
        return len(rows)

    def _do_some(self, queue: str) -> int:
        from registration.domain import outbox

        if not settings.RELAY_DIRECT:
            return 0
        return outbox.work_due(
            cast(outbox.Queue, queue), outbox.database_now, lambda: self._clock() >= self._away_until
        )
