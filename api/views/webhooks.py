"""Addresses of the partner that are told what happens, and the log of the telling."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import path, reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import Fault, fault, none_of, refuse
from api.openapi import answered, example, problems
from api.serializers.strict import read
from api.serializers.webhooks import (
    STATES,
    DeliveriesSerializer,
    DeliverySerializer,
    DeliveryWithBody,
    EndpointSerializer,
    EndpointsSerializer,
    EndpointToChange,
    EndpointToMake,
    EndpointWithSecret,
    RecoveredSerializer,
    Recovery,
    Rotation,
)
from api.webhooks import WebhookView, said_of_delivery, said_of_endpoint
from registration.domain import webhooks
from registration.domain.webhooks import OVERLAP, SELECTABLE, Made, Wish

PAGE = 50
URL_EXAMPLE = {"url": "https://www.example.org/enfranchise", "events": ["application.form_ready"]}


def _with_secret(made: Made) -> dict[str, Any]:
    return {**said_of_endpoint(made.endpoint), "secret": made.secret}


class Endpoints(WebhookView):
    """Up to ten addresses. See docs/webhooks.md for what is sent to them."""

    @answered("List webhook endpoints", None, EndpointsSerializer)
    def get(self, _request: Request) -> Response:
        return Response({"items": [said_of_endpoint(each) for each in webhooks.endpoints_of(self.partner)]})

    @answered(
        "Make a webhook endpoint",
        EndpointToMake,
        EndpointWithSecret,
        examples=[example("One event", URL_EXAMPLE)],
        status=201,
    )
    def post(self, request: Request) -> Response:
        sent = read(EndpointToMake, request.data)
        wish = Wish(sent["url"], tuple(sent.get("events", SELECTABLE)))
        made = self.judged(webhooks.make(self.partner, wish, self.order(), keep=not self.is_test))
        place = reverse("api:webhook-endpoint", kwargs={"id": made.endpoint.public_id})
        return Response(_with_secret(made), status=201, headers={"Location": place})


class Endpoint(WebhookView):
    """One address."""

    @answered("Look at a webhook endpoint", None, EndpointSerializer)
    def get(self, _request: Request, id: UUID) -> Response:
        return Response(said_of_endpoint(self.endpoint(id)))

    @answered(
        "Change a webhook endpoint",
        EndpointToChange,
        EndpointSerializer,
        examples=[example("Turn it on", {"enabled": True})],
    )
    def patch(self, request: Request, id: UUID) -> Response:
        endpoint = self.endpoint(id)
        sent = read(EndpointToChange, request.data)
        wish = Wish(
            sent.get("url", endpoint.url),
            tuple(sent.get("events", endpoint.events)),
            sent.get("enabled", endpoint.disabled_at is None),
        )
        changed = self.judged(webhooks.change(endpoint, wish, self.order(), keep=not self.is_test))
        return Response(said_of_endpoint(changed))

    @answered("Remove a webhook endpoint", None, {204: None})
    def delete(self, _request: Request, id: UUID) -> Response:
        endpoint = self.endpoint(id)
        self.carried_out(lambda order: webhooks.remove(endpoint, order))
        return Response(status=204)


class Rotate(WebhookView):
    """A new secret. During the overlap every message has two signatures, so that no message is refused."""

    @answered(
        "Rotate the secret",
        Rotation,
        EndpointWithSecret,
        examples=[example("An overlap of a day", {"overlap_hours": 24})],
    )
    def post(self, request: Request, id: UUID) -> Response:
        endpoint = self.endpoint(id)
        hours = read(Rotation, request.data).get("overlap_hours")
        overlap = OVERLAP if hours is None else timedelta(hours=hours)
        return Response(_with_secret(self.carried_out(lambda order: webhooks.rotate(endpoint, overlap, order))))


class Test(WebhookView):
    """A message `webhook.test`, whatever events the endpoint asks for. With a test key it is not sent."""

    @answered("Send a test message", None, {202: DeliverySerializer})
    def post(self, _request: Request, id: UUID) -> Response:
        endpoint = self.endpoint(id)
        return Response(
            said_of_delivery(self.carried_out(lambda order: webhooks.send_test(endpoint, order))), status=202
        )


class Recover(WebhookView):
    """Every message since a moment that never arrived is sent again, under its old `webhook-id`."""

    @answered(
        "Send again what was missed",
        Recovery,
        {202: RecoveredSerializer, **problems(409)},
        examples=[example("Since a day", {"since": "2026-11-01T00:00:00Z"})],
    )
    def post(self, request: Request, id: UUID) -> Response:
        endpoint = self.endpoint(id)
        since = read(Recovery, request.data)["since"]
        count = self.carried_out(lambda order: webhooks.recover(endpoint, since, order))
        return Response({"count": count}, status=202)


class Deliveries(WebhookView):
    """The log of the last 30 days, 50 to a page, the newest first."""

    query = frozenset({"endpoint", "state", "cursor"})

    @extend_schema(
        parameters=[
            OpenApiParameter("endpoint", UUID, description="Only those of this endpoint."),
            OpenApiParameter("state", str, enum=STATES),
            OpenApiParameter("cursor", str, description="`next` of the page before."),
        ]
    )
    @answered("List deliveries", None, DeliveriesSerializer)
    def get(self, request: Request) -> Response:
        rows = self.deliveries().order_by("-pk")
        faults: list[Fault] = []
        if "endpoint" in request.GET:
            rows = rows.filter(endpoint__public_id=_uuid(request, "endpoint", faults))
        if "cursor" in request.GET:
            last = self.deliveries().filter(public_id=_uuid(request, "cursor", faults)).first()
            faults += [] if last or faults else [fault("invalid", ("cursor",))]
            rows = rows.filter(pk__lt=last.pk if last else 0)
        if request.GET.get("state", STATES[0]) not in STATES:
            faults.append(none_of(STATES, ("state",)))
        refuse(faults)
        if "state" in request.GET:
            rows = rows.filter(**_OF_STATE[request.GET["state"]])
        found = list(rows[: PAGE + 1])
        following = str(found[PAGE - 1].public_id) if len(found) > PAGE else None
        return Response({"items": [said_of_delivery(each) for each in found[:PAGE]], "next": following})


_OF_STATE: dict[str, dict[str, Any]] = {
    "waiting": {"delivered_at": None, "given_up_at": None},
    "delivered": {"delivered_at__isnull": False},
    "given_up": {"given_up_at__isnull": False},
}


def _uuid(request: Request, name: str, faults: list[Fault]) -> UUID | None:
    try:
        return UUID(request.GET[name])
    except ValueError:
        faults.append(fault("invalid", (name,)))
        return None


class Delivery(WebhookView):
    """One message on its way to one endpoint."""

    @answered("Look at a delivery", None, DeliveryWithBody)
    def get(self, _request: Request, id: UUID) -> Response:
        delivery = self.delivery(id)
        return Response({**said_of_delivery(delivery), "body": delivery.message.body})


class Replay(WebhookView):
    """The same message under the same `webhook-id`; at once where it waits for its next attempt."""

    @answered("Send a message again", None, {202: DeliverySerializer, **problems(409)})
    def post(self, _request: Request, id: UUID) -> Response:
        delivery = self.delivery(id)
        again = self.carried_out(lambda order: webhooks.replay(delivery, order))
        return Response(said_of_delivery(again), status=202)


urlpatterns = [
    path("webhook-endpoints/", Endpoints.as_view(), name="webhook-endpoints"),
    path("webhook-endpoints/<uuid:id>/", Endpoint.as_view(), name="webhook-endpoint"),
    path("webhook-endpoints/<uuid:id>/rotate/", Rotate.as_view(), name="webhook-rotate"),
    path("webhook-endpoints/<uuid:id>/test/", Test.as_view(), name="webhook-test"),
    path("webhook-endpoints/<uuid:id>/recover/", Recover.as_view(), name="webhook-recover"),
    path("webhook-deliveries/", Deliveries.as_view(), name="webhook-deliveries"),
    path("webhook-deliveries/<uuid:id>/", Delivery.as_view(), name="webhook-delivery"),
    path("webhook-deliveries/<uuid:id>/replay/", Replay.as_view(), name="webhook-replay"),
]
