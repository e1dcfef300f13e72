"""When a message is tried again, as the Standard Webhooks specification advises: for about three days."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from registration.delivery.base import DeliveryError

#: The wait after the first attempt, the second, and so on. After the last there is none.
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
#: Each wait is longer by up to this part of it, so that what failed together does not come back together.
JITTER = 0.2


def next_attempt(attempts: int, failure: DeliveryError, at: datetime) -> datetime | None:
    """When to try again after ``attempts`` in vain; None: never. Not before the other side asks to."""
    if failure.permanent or attempts > len(WAITS):
        return None
    wait = WAITS[attempts - 1] * (1 + JITTER * random.random())  # noqa: S311  no secret depends on it
    return at + max(wait, failure.retry_after or timedelta())
