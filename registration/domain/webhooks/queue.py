"""The rows that are due: leased, so that one process sends each, and written down afterwards by who holds the lease.

Any number of processes may do this at once. One that dies leaves its lease to run out; the message is then sent again
with the same webhook-id. One that was held up, and comes back when its lease is over, changes nothing.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from registration.delivery.base import DeliveryError
from registration.domain.webhooks import endpoints, schedule
from registration.domain.webhooks.events import ENDPOINT_OFF
from registration.models import WebhookDelivery, WebhookEndpoint

logger = logging.getLogger(__name__)
#: Longer than any sending takes, the look-up of the name included.
LEASE = timedelta(minutes=2)
#: An endpoint is switched off when a message has used up its attempts and none arrived for so long.
FAILING_FOR = timedelta(days=3)
#: At once by one process: in all, to one endpoint, and to all of those that failed last time.
MOST_AT_ONCE, MOST_PER_ENDPOINT, MOST_FAILING = 16, 4, 8


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this process holds. ``lease_until`` and ``attempt`` say which holding it is."""

    delivery: WebhookDelivery
    lease_until: datetime
    attempt: int

    @property
    def endpoint_id(self) -> int:
        return self.delivery.endpoint_id


def due(now: datetime) -> QuerySet[WebhookDelivery]:
    """What may be sent now: not of partners or addresses that are shut."""
    return WebhookDelivery.objects.filter(
        Q(lease_until=None) | Q(lease_until__lte=now),
        delivered_at=None,
        given_up_at=None,
        available_at__lte=now,
        endpoint__disabled_at=None,
        endpoint__deleted_at=None,
        endpoint__partner__approved_at__isnull=False,
        endpoint__partner__suspended_at=None,
    )


def claim(busy: Counter[int], failing: int, now: datetime) -> list[Claim]:
    """Take what is due, the longest waiting first, as much as there is room for.

    ``busy``: how many this process is sending to each endpoint; ``failing``: how many of them to failing ones.
    """
    room = MOST_AT_ONCE - busy.total()
    if room <= 0:
        return []
    waiting = due(now).values_list("endpoint_id", "endpoint__failing_since").annotate(first=Min("available_at"))
    claims: list[Claim] = []
    for endpoint_id, failing_since, _first in waiting.order_by("first", "endpoint_id"):
        at_once = MOST_PER_ENDPOINT if failing_since is None else 1
        free = min(at_once - busy[endpoint_id], room - len(claims))
        if failing_since is not None and free > 0:
            free = min(free, MOST_FAILING - failing)
        if free <= 0:
            continue
        taken = _take(endpoint_id, free, now)
        claims += taken
        failing += len(taken) if failing_since is not None else 0
    return claims


def _take(endpoint_id: int, limit: int, now: datetime) -> list[Claim]:
    """Lease up to ``limit`` rows of one endpoint. Rows that another process is taking just now are passed over."""
    until = now + LEASE
    with transaction.atomic():
        rows = due(now).filter(endpoint_id=endpoint_id).select_related("endpoint", "message")
        rows = rows.select_for_update(skip_locked=True, of=("self",)).order_by("available_at", "pk")
        taken = list(rows[:limit])
        for row in taken:
            row.attempts += 1
            row.lease_until = until
            row.last_attempt_at = now
        WebhookDelivery.objects.bulk_update(taken, ["attempts", "lease_until", "last_attempt_at"])
    return [Claim(row, until, row.attempts) for row in taken]


def record_success(claim: Claim, status: int, at: datetime) -> bool:
    """It arrived. False, and nothing is changed, where the lease is another's by now."""
    with transaction.atomic():
        if not _held(claim).update(delivered_at=at, lease_until=None, last_status=status, last_failure=""):
            return _lost()
        failing = WebhookEndpoint.objects.filter(pk=claim.endpoint_id, failing_since__isnull=False)
        failing.update(failing_since=None)
    return True


def record_failure(claim: Claim, failure: DeliveryError, at: datetime) -> bool:
    """It did not arrive: when it is tried again, or that it is given up, and what that means for the endpoint.

    False, and nothing is changed, where the lease is another's by now.
    """
    again = schedule.next_attempt(claim.attempt, failure, at)
    with transaction.atomic():
        endpoint = WebhookEndpoint.objects.select_for_update().filter(pk=claim.endpoint_id).first()
        if endpoint is None:
            return _lost()  # it was forgotten meanwhile, and its log with it
        if endpoint.disabled_at is not None or endpoint.deleted_at is not None:
            again, failure = None, DeliveryError(ENDPOINT_OFF, status=failure.status)
        outcome = {"available_at": again} if again else {"given_up_at": at}
        said = {"last_status": failure.status, "last_failure": failure.code}
        if not _held(claim).update(lease_until=None, **said, **outcome):
            return _lost()
        if endpoint.failing_since is None:
            endpoint.failing_since = at
            endpoint.save(update_fields=["failing_since"])
        if failure.permanent:
            endpoints.disable(endpoint, endpoints.Because.GONE, at)
        elif again is None and endpoint.failing_since <= at - FAILING_FOR:
            endpoints.disable(endpoint, endpoints.Because.FAILING, at)
    return True


def _held(claim: Claim) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(
        pk=claim.delivery.pk,
        attempts=claim.attempt,
        lease_until=claim.lease_until,
        delivered_at=None,
        given_up_at=None,
    )


def _lost() -> bool:
    logger.warning("a webhook delivery came back after its lease was over")
    return False
