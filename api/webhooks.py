"""What the views of webhooks share: the partner's own rows, what is said of them, and orders that a key gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from api.base import ApiView
from api.errors import ApiProblem, Fault, pointer
from registration.domain.audit import Order
from registration.domain.validation import Problem
from registration.models import WebhookDelivery, WebhookEndpoint
from registration.phrases.webhooks import failure, webhook_problem

Done = TypeVar("Done")


class WebhookView(ApiView):
    """Only the partner's own endpoints and deliveries. With a test key everything is answered and nothing is kept."""

    scope = "webhooks:write"

    def order(self) -> Order:
        return Order(f"key {self.key.identifier}", "Asked for through the API.", timezone.now())

    def carried_out(self, act: Callable[[Order], Done | Problem | tuple[Problem, ...]]) -> Done:
        """What ``act`` gives; rolled back for a test key. Raises ApiProblem for what the domain finds wrong.

        Not for what looks a host up: a transaction keeps others waiting, on SQLite everybody who writes.
        """
        if not self.is_test:
            return self.judged(act(self.order()))
        with transaction.atomic():
            done = act(self.order())
            transaction.set_rollback(True)
        return self.judged(done)

    def judged(self, done: Done | Problem | tuple[Problem, ...]) -> Done:
        """Raises ApiProblem for what the domain finds wrong."""
        if isinstance(done, Problem):
            raise ApiProblem("endpoint_off")
        if isinstance(done, tuple):
            raise ApiProblem("invalid", _faults(done))
        return done

    def endpoint(self, id: UUID) -> WebhookEndpoint:
        """Raises Http404."""
        found = WebhookEndpoint.objects.filter(partner=self.partner, public_id=id, deleted_at=None).first()
        if found is None:
            raise Http404
        return found

    def deliveries(self) -> Any:
        rows = WebhookDelivery.objects.filter(endpoint__partner=self.partner)
        return rows.select_related("endpoint", "message")

    def delivery(self, id: UUID) -> WebhookDelivery:
        """Raises Http404."""
        found: WebhookDelivery | None = self.deliveries().filter(public_id=id).first()
        if found is None:
            raise Http404
        return found


def _faults(problems: Iterable[Problem]) -> tuple[Fault, ...]:
    return tuple(
        Fault(each.code, each.field, pointer((each.field,) if each.field else ()), webhook_problem(each))
        for each in problems
    )


def said_of_endpoint(endpoint: WebhookEndpoint) -> dict[str, Any]:
    return {
        "id": str(endpoint.public_id),
        "url": endpoint.url,
        "events": endpoint.events,
        "enabled": endpoint.disabled_at is None,
        "disabled_because": endpoint.disabled_because,
        "failing_since": endpoint.failing_since,
        "former_secret_until": endpoint.former_until if endpoint.former_secret else None,
        "created_at": endpoint.created_at,
    }


def said_of_delivery(delivery: WebhookDelivery) -> dict[str, Any]:
    return {
        "id": str(delivery.public_id),
        "message": str(delivery.message_id),
        "endpoint": str(delivery.endpoint.public_id),
        "type": delivery.message.type,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "created_at": delivery.created_at,
        "last_attempt_at": delivery.last_attempt_at,
        "next_attempt_at": delivery.available_at if delivery.state == "waiting" else None,
        "delivered_at": delivery.delivered_at,
        "given_up_at": delivery.given_up_at,
        "last_status": delivery.last_status,
        "last_failure": delivery.last_failure,
        "detail": failure(delivery.last_failure),
    }
