"""Tells the broker which rows of the outbox are due. It is a hint: should it be lost, the broker is told again."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from amqp.exceptions import AMQPError
from celery.exceptions import CeleryError
from django.conf import settings
from kombu.exceptions import KombuError, OperationalError
from redis.exceptions import RedisError

if TYPE_CHECKING:
    from kombu.messaging import Producer

logger = logging.getLogger(__name__)
#: Rows in one transaction, so that telling costs little.
AT_ONCE = 200
#: Seconds after a broker failed in which it is not asked, and the longest that it may take to confirm a message.
PAUSE, CONFIRM_SECONDS = 5.0, 5
#: For which a broker may say nothing, as AMQP's transport names it, and as Redis's does; and that it is tried once.
SILENCE = {"read_timeout": 5, "write_timeout": 5, "socket_timeout": 5, "socket_connect_timeout": 3, "max_retries": 0}
#: Also a broker that refuses us, as after its password was changed: AMQPError, RedisError.
AWAY = (OperationalError, KombuError, CeleryError, AMQPError, RedisError, OSError)


def is_there() -> bool:
    """Whether the broker takes a connection just now."""
    from config.celery import app

    try:
        with app.connection_for_write() as link:
            link.ensure_connection(max_retries=1, timeout=1)
    except AWAY:
        return False
    return True


class Link:
    """A connection that is kept, and on which a broker that says nothing is found away, not waited for."""

    def __init__(self) -> None:
        self._producer: Producer | None = None

    def publish(self, row: UUID, queue: str) -> None:
        """Returns once the broker has the message. Raises what is in AWAY."""
        from registration.tasks import deliver_outbox

        while True:
            is_of_now = self._producer is None
            try:
                deliver_outbox.apply_async(args=[str(row)], queue=queue, **self._how())
                return
            except AWAY:
                self.close()
                if is_of_now:
                    raise
                # The broker may have been started again since: once more on a connection of now.

    def _how(self) -> dict[str, Any]:
        from config.celery import app

        if self._producer is None:
            link = app.connection_for_write(transport_options=SILENCE)
            self._producer = app.amqp.Producer(link, auto_declare=False)
        return {"producer": self._producer, "retry": False, "confirm_timeout": CONFIRM_SECONDS}

    def close(self) -> None:
        """Without a goodbye, for which a broker that hangs would be waited for."""
        producer, self._producer = self._producer, None
        if producer is not None:
            with contextlib.suppress(*AWAY):
                producer.connection.collect()


class Teller:
    """Looks at each queue. While the broker is away, the rows are done here, unless RELAY_DIRECT is off."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._away_until = 0.0
        self._link = Link()

    def close(self) -> None:
        self._link.close()

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

        failpoint("relay.before_publish")
        for told, row in enumerate(rows):
            try:
                self._link.publish(row, queue)
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
