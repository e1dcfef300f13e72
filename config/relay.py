"""Sends webhooks from inside the server process, where there is no broker whose workers do it.

Each server process may run one: the rows are leased, so that two never send the same.
"""

import logging
import threading
import time
from multiprocessing.util import Finalize

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

logger = logging.getLogger(__name__)
#: Seconds between looks at the rows, unless something was announced in this process; and after the database failed.
EVERY, AFTER_FAULT = 3.0, 10.0
FORGET_EVERY = 3600.0
#: How long a process that is told to stop waits for what is on its way. What does not end by then is sent again.
GOODBYE = 5.0


class Relay:
    def __init__(self, every: float = EVERY, after_fault: float = AFTER_FAULT) -> None:
        self._every = every
        self._after_fault = after_fault
        self._stopping = threading.Event()
        self._forget_at = 0.0
        self._thread = threading.Thread(target=self._run, name="webhook-relay", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        from registration.domain import webhooks

        self._stopping.set()
        webhooks.woken.set()
        self._thread.join(GOODBYE)

    def _run(self) -> None:
        from registration.domain import webhooks

        while not self._stopping.is_set():
            webhooks.woken.clear()  # before the look: what is announced during it leads to another one
            fine = self._look()
            if fine:
                webhooks.woken.wait(self._every)
            else:
                self._stopping.wait(self._after_fault)

    def _look(self) -> bool:
        """Send what is due, and now and then forget what is old. Whatever fails is logged, and tried again later."""
        from registration.domain import retention, webhooks

        try:
            webhooks.deliver_due(timezone.now(), should_stop=self._stopping.is_set)
            if time.monotonic() >= self._forget_at:
                retention.forget_webhooks(timezone.now())
                self._forget_at = time.monotonic() + FORGET_EVERY
        except DatabaseError:
            logger.exception("webhooks wait: the database does not answer")
            return False
        except Exception:
            logger.exception("webhooks could not be sent")
            return False
        finally:
            connections.close_all()
        return True


def start() -> None:
    """To be called by the server, once Django is set up. Does nothing where RELAY is off or there is a broker."""
    if not settings.RELAY or settings.CELERY_BROKER_URL:
        return
    relay = Relay()
    relay.start()
    # Not atexit: a server's workers are children of multiprocessing, which end without it.
    Finalize(None, relay.stop, exitpriority=1)
