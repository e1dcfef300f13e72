"""What partners' servers are told: that something happened to an application, by its id and status alone."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime

from django.db import transaction

from registration.models import Application, WebhookDelivery, WebhookEndpoint, WebhookMessage

FORM_READY = "application.form_ready"
DELIVERED = "application.delivered"
WITHDRAWN = "application.withdrawn"
TEST = "webhook.test"
#: What an endpoint may ask for. The test message goes to the endpoint that is tested, whatever it asked for.
SELECTABLE = (FORM_READY, DELIVERED, WITHDRAWN)
EVENTS = (*SELECTABLE, TEST)
#: Why a delivery was never tried: its endpoint was off when the thing happened, or was switched off before its turn.
ENDPOINT_OFF = "endpoint_off"
#: Set when there is something to send. A relay in this process waits for it; others find the rows by themselves.
woken = threading.Event()


def announce(application: Application, type: str, now: datetime) -> None:
    """Write down what is to be told, in the caller's transaction. For a partner without endpoints that is one query.

    An endpoint that is switched off gets a row that says so, from which it can be sent later.
    """
    endpoints = WebhookEndpoint.objects.filter(partner_id=application.partner_id, deleted_at=None)
    wanting = [each for each in endpoints if type in each.events]
    if not wanting:
        return
    message = _write(application.partner_id, type, now, _about(application))
    WebhookDelivery.objects.bulk_create(new_delivery(message, each, now) for each in wanting)
    transaction.on_commit(woken.set)


def write_test(endpoint: WebhookEndpoint, now: datetime) -> WebhookDelivery:
    """Write down, in the caller's transaction, a message that says nothing but that messages arrive."""
    message = _write(endpoint.partner_id, TEST, now, {"endpoint": str(endpoint.public_id)})
    delivery = new_delivery(message, endpoint, now)
    delivery.save()
    transaction.on_commit(woken.set)
    return delivery


def _about(application: Application) -> dict[str, str]:
    return {
        "application": str(application.id),
        "status": application.status,
        "jurisdiction": application.jurisdiction,
        "channel": application.channel,
    }


def _write(partner_id: int, type: str, now: datetime, data: dict[str, str]) -> WebhookMessage:
    timestamp = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    body = json.dumps({"type": type, "timestamp": timestamp, "data": data}, separators=(",", ":"))
    return WebhookMessage.objects.create(partner_id=partner_id, type=type, body=body, created_at=now)


def new_delivery(message: WebhookMessage, endpoint: WebhookEndpoint, now: datetime) -> WebhookDelivery:
    """A row to be saved: due now, or over already where the endpoint is switched off."""
    delivery = WebhookDelivery(message=message, endpoint=endpoint, created_at=now, available_at=now)
    if endpoint.disabled_at is not None or endpoint.deleted_at is not None:
        delivery.given_up_at = now
        delivery.last_failure = ENDPOINT_OFF
    return delivery
