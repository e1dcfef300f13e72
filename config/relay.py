"""Does what waits in the rows: inside the server process where there is no broker, else as ``manage.py relay``.

Each loop is a thread: one for each queue of the outbox, one for webhooks, one for chores. With a broker the loops of
the outbox tell it of rows that are due, and Celery's workers do them; without one they do them themselves. Any number
of processes may run this: rows are leased, and a chore is taken by one.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.util import Finalize

from django.conf import settings
from django.db import DatabaseError, connection, connections

from config import boot

logger = logging.getLogger(__name__)
#: Seconds between looks, unless something was written in this process; and after the database failed.
EVERY, AFTER_FAULT = 1.0, 5.0
#: And between being woken by another process and the look.
GATHER = 0.2
WEBHOOKS_EVERY, CHORES_EVERY = 3.0, 5.0
#: How long a process that is told to stop waits for what is on its way. What does not end by then is done again.
GOODBYE = 8.0
Look = Callable[[Callable[[], bool]], object]


class Loop:
    """Looks again and again in a thread of its own. ``look`` is given a function that says whether to stop.

    ``woken`` is set by whoever writes something to do; ``wait`` takes the place of waiting for it.
    """

    def __init__(
        self,
        look: Look,
        woken: threading.Event,
        every: float = EVERY,
        after_fault: float = AFTER_FAULT,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._look = look
        self._woken = woken
        self._every = every
        self._after_fault = after_fault
        self._wait = wait
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._woken.set()

    def join(self, seconds: float) -> None:
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()  # before the look: what is written during it leads to another one
            if not self._try():
                self._stopping.wait(self._after_fault)
        connections.close_all()

    def _try(self) -> bool:
        """Look once and wait. Whatever fails is logged, and tried again later."""
        try:
            if not self._has_to_wait():
                self._look(self._has_to_wait)
            if self._wait is None or self._stopping.is_set():
                connections.close_all()
                self._woken.wait(self._every)
            else:
                self._wait(self._every)
        except DatabaseError:
            logger.exception("what is to be done waits: the database does not answer")
            connections.close_all()
            return False
        except Exception:
            logger.exception("a look at what is to be done failed")
            connections.close_all()
            return False
        return True

    def _has_to_wait(self) -> bool:
        """Also while an old database is brought back: it holds messages to people who had them deleted since."""
        from registration.domain.backups import is_shut

        return self._stopping.is_set() or is_shut()


class Relay:
    def __init__(self, loops: list[Loop]) -> None:
        self._loops = loops

    def start(self) -> None:
        for loop in self._loops:
            loop.start()

    def stop(self) -> None:
        for loop in self._loops:
            loop.stop()
        for loop in self._loops:
            loop.join(GOODBYE)


def webhooks_loop(every: float = WEBHOOKS_EVERY, after_fault: float = AFTER_FAULT) -> Loop:
    from registration.domain import outbox, webhooks

    def look(should_stop: Callable[[], bool]) -> None:
        webhooks.deliver_due(outbox.database_now(), should_stop=should_stop)

    return Loop(look, webhooks.woken, every, after_fault)


def chores_loop() -> Loop:
    from registration.domain import chores, outbox

    def look(_should_stop: Callable[[], bool]) -> None:
        chores.run_due(outbox.database_now())

    return Loop(look, threading.Event(), CHORES_EVERY)


def working_loop(every: float = EVERY, after_fault: float = AFTER_FAULT) -> list[Loop]:
    """A loop for each queue that does its rows in this process."""
    from registration.domain import outbox

    def look_at(queue: outbox.Queue) -> Look:
        return lambda should_stop: outbox.work_due(queue, outbox.database_now, should_stop)

    return [Loop(look_at(queue), outbox.woken_for(queue), every, after_fault) for queue in outbox.QUEUES]


def telling_loop() -> Loop:
    """The loop that tells the broker. On PostgreSQL it is woken by NOTIFY, from whatever process a row comes."""
    from config.telling import Teller
    from registration.domain import outbox

    on_server = connection.vendor == "postgresql"
    return Loop(Teller().look, outbox.woken_for("mail"), wait=listen if on_server else None)


def listen(seconds: float) -> None:
    """Wait until some process wrote to the outbox, ``seconds`` at most. Raises DatabaseError."""
    from registration.domain import outbox

    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {outbox.CHANNEL}")
    notices = list(connection.connection.notifies(timeout=seconds, stop_after=1))
    if notices:  # a hundred may come at once: the pause is one for all of them
        time.sleep(GATHER)  # on a busy night each look then takes many rows, and not one


def make() -> Relay:
    outbox_loops = [telling_loop()] if settings.CELERY_BROKER_URL else working_loop()
    return Relay([*outbox_loops, webhooks_loop(), chores_loop()])


def start() -> None:
    """To be called by the server, once Django is set up. Does nothing where RELAY is off or there is a broker."""
    if not settings.RELAY or settings.CELERY_BROKER_URL:
        return
    relay = make()
    relay.start()
    # Not atexit: a server's workers are children of multiprocessing, which end without it.
    Finalize(None, relay.stop, exitpriority=1)


def main() -> None:
    """Run until SIGTERM or Ctrl-C, then let go of what is not on its way."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    boot.refuse_unsafe()
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    relay = make()
    connections.close_all()
    relay.start()
    told_to_stop.wait()
    relay.stop()


if __name__ == "__main__":
    main()
