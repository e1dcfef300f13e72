"""Sending again what was sent or given up: the same message under the same webhook-id, as a new row of the log."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from registration.domain.audit import Order, record
from registration.domain.validation.problem import Problem
from registration.domain.webhooks.events import new_delivery, woken
from registration.models import AuditEntry, WebhookDelivery, WebhookEndpoint, WebhookMessage

#: At most so many messages are sent again by one order.
MOST_AT_ONCE = 1000


def replay(delivery: WebhookDelivery, order: Order) -> WebhookDelivery | Problem:
    """Send the message again to the same endpoint; now, where it is waiting for its next attempt anyway.

    The problem where the endpoint is switched off or removed.
    """
    order.check()
    with transaction.atomic():
        endpoint = WebhookEndpoint.objects.select_for_update().get(pk=delivery.endpoint_id)
        problem = _refused(endpoint)
        if problem:
            return problem
        again = _waiting(endpoint).filter(message_id=delivery.message_id).first()
        if again is None:
            again = new_delivery(delivery.message, endpoint, order.at)
            again.save()
        elif again.available_at > order.at:
            again.available_at = order.at
            again.save(update_fields=["available_at"])
        _note(order, endpoint, {"replayed": str(again.message_id)})
    return again


def recover(endpoint: WebhookEndpoint, since: datetime, order: Order) -> int | Problem:
    """Send again every message since a moment that never arrived at the endpoint and is not on its way; how many.

    At most MOST_AT_ONCE, the oldest first. The problem where the endpoint is switched off or removed.
    """
    order.check()
    with transaction.atomic():
        row = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
        problem = _refused(row)
        if problem:
            return problem
        of_endpoint = WebhookDelivery.objects.filter(endpoint=row)
        fine = of_endpoint.filter(Q(delivered_at__isnull=False) | Q(given_up_at=None)).values("message_id")
        given_up = of_endpoint.filter(given_up_at__isnull=False, created_at__gte=since).values("message_id")
        missing = WebhookMessage.objects.filter(pk__in=given_up).exclude(pk__in=fine).order_by("created_at", "pk")
        made = [new_delivery(message, row, order.at) for message in missing[:MOST_AT_ONCE]]
        WebhookDelivery.objects.bulk_create(made)
        _note(order, row, {"recovered": len(made), "since": since.isoformat()})
    return len(made)


def _waiting(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(endpoint=endpoint, delivered_at=None, given_up_at=None)


def _refused(endpoint: WebhookEndpoint) -> Problem | None:
    if endpoint.deleted_at is not None or endpoint.disabled_at is not None:
        return Problem("webhook_endpoint_off", "")
    return None


def _note(order: Order, endpoint: WebhookEndpoint, details: dict[str, str | int]) -> None:
    transaction.on_commit(woken.set)
    record(order, AuditEntry.Action.WEBHOOK_CHANGED, endpoint, dict(details), endpoint.partner)
