"""Sending what is due, each in a thread that touches no database: a slow server keeps nobody waiting but itself."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from registration.delivery.base import DeliveryError
from registration.delivery.webhook import Post, WebhookChannel
from registration.domain.field_encryption import CannotRead
from registration.domain.webhooks import signing
from registration.domain.webhooks.queue import Claim, claim, record_failure, record_success

logger = logging.getLogger(__name__)
#: Seconds after which a run takes nothing new, so that whoever runs it gets its turn.
LONGEST_RUN = 50.0
#: While something is on its way, the database is asked this often for more.
LOOK_AGAIN = 1.0


class _Clock:
    """The caller's moment, going on."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        return self._now + timedelta(seconds=self.seconds)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a sending went: a status from 200 to 299, or a failure."""

    claim: Claim
    result: int | DeliveryError


def channel() -> WebhookChannel:
    return WebhookChannel(allow_loopback=settings.WEBHOOK_ALLOW_LOOPBACK)


def _never() -> bool:
    return False


def deliver_due(
    now: datetime, *, through: WebhookChannel | None = None, should_stop: Callable[[], bool] = _never
) -> int:
    """Send everything that is due and write down how it went; returns how many were sent, whether they arrived or not.

    Ends when nothing is due, or takes nothing new after LONGEST_RUN or ``should_stop()``. Safe to run in any number of
    processes at once. Raises DatabaseError.
    """
    return _Run(now, through or channel(), should_stop).run()


class _Run:
    def __init__(self, now: datetime, through: WebhookChannel, should_stop: Callable[[], bool]) -> None:
        self._clock = _Clock(now)
        self._channel = through
        self._should_stop = should_stop
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._busy: Counter[int] = Counter()
        self._failing: set[int] = set()

    def run(self) -> int:
        sent = 0
        while True:
            if self._clock.seconds < LONGEST_RUN and not self._should_stop():
                failing = sum(self._busy[each] for each in self._failing)
                for each in claim(self._busy, failing, self._clock()):
                    self._start(each)
            if not self._busy.total():
                return sent
            sent += self._finish_some()

    def _start(self, claimed: Claim) -> None:
        endpoint = claimed.delivery.endpoint
        self._busy[endpoint.pk] += 1
        if endpoint.failing_since is not None:
            self._failing.add(endpoint.pk)
        try:
            post = post_of(claimed, self._clock())
        except CannotRead:
            logger.exception("the secret of a webhook endpoint cannot be read")
            self._outcomes.put(Outcome(claimed, DeliveryError("secret_unreadable")))
            return
        threading.Thread(target=self._send, args=(claimed, post), name="webhook", daemon=True).start()

    def _send(self, claimed: Claim, post: Post) -> None:
        result: int | DeliveryError = DeliveryError("fault")
        try:
            result = self._channel.send(post, self._clock())
        except DeliveryError as failure:
            result = failure
        except Exception:  # whatever it is, the row is tried again, and the others go on
            logger.exception("a webhook could not be sent")
        finally:
            self._outcomes.put(Outcome(claimed, result))

    def _finish_some(self) -> int:
        """Wait for a sending to end, a moment at most, and write down every one that has ended."""
        finished = 0
        wait = LOOK_AGAIN
        while True:
            try:
                outcome = self._outcomes.get(timeout=wait) if wait else self._outcomes.get_nowait()
            except queue.Empty:
                return finished
            wait = 0
            finished += 1
            self._record(outcome)

    def _record(self, outcome: Outcome) -> None:
        endpoint_id = outcome.claim.endpoint_id
        self._busy[endpoint_id] -= 1
        if isinstance(outcome.result, DeliveryError):
            self._failing.add(endpoint_id)
            record_failure(outcome.claim, outcome.result, self._clock())
        else:
            self._failing.discard(endpoint_id)
            record_success(outcome.claim, outcome.result, self._clock())


def post_of(claimed: Claim, at: datetime) -> Post:
    """The signed message. Raises CannotRead."""
    delivery = claimed.delivery
    body = delivery.message.body.encode()
    secrets = signing.secrets_in_force(delivery.endpoint, at)
    return Post(delivery.endpoint.url, signing.headers(secrets, str(delivery.message_id), body, at), body)
