"""Doing what one row asks for, and writing down how it went."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from registration.delivery.base import DeliveryError
from registration.domain.failpoints import failpoint
from registration.domain.outbox.kinds import Kind, Postponed, Queue, Skipped, kind_of
from registration.domain.outbox.queue import Held, claim, defer, due, fail, finish, pause

logger = logging.getLogger(__name__)
#: Rows looked up at once where this process works on them itself.
AT_ONCE = 50
#: Seconds between the tries to write down what has happened.
WRITTEN_AGAIN = (1, 2, 4, 8, 16)
CANNOT_ASK = (OperationalError, InterfaceError)
#: A row of a newer release waits for a worker that knows it.
UNKNOWN_WAITS = timedelta(minutes=1)


def work(row_id: UUID, clock: Callable[[], datetime]) -> bool:
    """Do what the row asks for, if it is due and nobody's; whether it was tried. ``clock``: the database's time."""
    held = claim(row_id, clock())
    if held is None:
        return False
    failpoint("outbox.claimed")
    kind = kind_of(held.row.kind)
    if held.row.useful_until is not None and held.row.useful_until <= clock():
        finish(held, "too_late", clock())
        return True
    if kind is None or kind.handler is None:
        defer(held, "unknown_kind", clock() + UNKNOWN_WAITS)
        return True
    _try(held, kind, clock)
    return True


def _try(held: Held, kind: Kind, clock: Callable[[], datetime]) -> None:
    assert kind.handler is not None  # noqa: S101  for the type checker
    row = held.row
    try:
        result = kind.handler(row, clock())
        failpoint("outbox.sent")
    except Postponed as postponed:
        defer(held, "postponed", postponed.until, counts=False)
    except DeliveryError as error:
        code = error.code
        if error.permanent:
            logger.warning("a message was refused for good", extra={"code": code, "kind": row.kind})
            _surely(lambda: finish(held, code, clock()))
            return
        wait = error.retry_after or pause(row.deferrals)
        defer(held, code, clock() + wait)
    except Exception as error:  # whatever it is, the row is tried again, and the others go on
        logger.exception("an outbox row failed", extra={"kind": row.kind, "row": str(row.pk)})
        fail(held, type(error).__name__[:40], clock())
    else:
        failpoint("outbox.before_done")
        if isinstance(result, Skipped):
            finish(held, result.code, clock())
        else:
            _surely(lambda: finish(held, "sent", clock(), result))
        failpoint("outbox.after_done")


def _surely(write: Callable[[], bool]) -> None:
    """What has happened is written down, also where the database is away for a moment: else it would happen again.
    It takes less than a lease. Raises DatabaseError."""
    for seconds in WRITTEN_AGAIN:
        try:
            write()
        except CANNOT_ASK:
            logger.exception("the outcome of an outbox row waits: the database does not answer")
            connection.close()
            time.sleep(seconds)
        else:
            return
    write()


def work_due(queue: Queue, clock: Callable[[], datetime], should_stop: Callable[[], bool]) -> int:
    """Work on all of ``queue`` that is due, until none is left or ``should_stop()``; returns how many were tried.

    Raises DatabaseError.
    """
    tried = 0
    while not should_stop():
        rows = due(queue, AT_ONCE, clock())
        if not rows:
            break
        for row_id in rows:
            if should_stop():
                break
            tried += work(row_id, clock)
    return tried
