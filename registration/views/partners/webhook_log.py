"""What was sent to a partner's endpoints, and how it went."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registration.domain import webhooks as domain
from registration.domain.validation.problem import Problem
from registration.forms.partners.webhooks import LogForm
from registration.models import Membership, Partner, Role, WebhookDelivery, WebhookEndpoint
from registration.phrases.partner_settings import EVENT_WORDS, STATE_WORDS
from registration.phrases.webhooks import failure, webhook_problem
from registration.views.partners.access import member_page
from registration.views.partners.settings_page import order_now, settings_page

A_PAGE = 50


def state_of(delivery: WebhookDelivery) -> str:
    if delivery.delivered_at:
        return "delivered"
    return "given_up" if delivery.given_up_at else "waiting"


def _of(partner: Partner) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(endpoint__partner=partner).select_related("message", "endpoint")


def _chosen(rows: QuerySet[WebhookDelivery], said: dict[str, Any]) -> QuerySet[WebhookDelivery]:
    by_state: dict[str, dict[str, Any]] = {
        "delivered": {"delivered_at__isnull": False},
        "given_up": {"given_up_at__isnull": False},
        "waiting": {"delivered_at": None, "given_up_at": None},
    }
    rows = rows.filter(**by_state.get(said.get("state", ""), {}))
    return rows.filter(endpoint__public_id=said["endpoint"]) if said.get("endpoint") else rows


def _row(delivery: WebhookDelivery) -> dict[str, Any]:
    state = state_of(delivery)
    is_off = delivery.endpoint.disabled_at is not None or delivery.endpoint.deleted_at is not None
    return {
        "delivery": delivery,
        "state": state,
        "says": STATE_WORDS[state],
        "event": EVENT_WORDS.get(delivery.message.type, delivery.message.type),
        "failure": failure(delivery.last_failure),
        "may_replay": not is_off,
    }


@member_page()
@require_safe
def log(request: HttpRequest, membership: Membership) -> HttpResponse:
    endpoints = list(WebhookEndpoint.objects.filter(partner=membership.partner).order_by("pk"))
    form = LogForm(request.GET, endpoints=endpoints)
    said = form.cleaned_data if form.is_valid() else {}
    found = _chosen(_of(membership.partner), said).order_by("-created_at", "-pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": LogForm(said or None, endpoints=endpoints),
        "page": page,
        "rows": [_row(delivery) for delivery in page],
        "query": urlencode({name: value for name, value in said.items() if value}),
        "is_chosen": any(said.values()),
    }
    return settings_page(request, membership, "webhook_log.html", context)


@member_page(at_least=Role.MANAGER)
@require_POST
def replay(request: HttpRequest, membership: Membership, public_id: UUID) -> HttpResponse:
    delivery = get_object_or_404(_of(membership.partner), public_id=public_id)
    found = domain.replay(delivery, order_now(request))
    if isinstance(found, Problem):
        messages.error(request, webhook_problem(found))
    else:
        messages.success(request, _("The message is sent again. Load this page again to see."))
    return redirect("partners:webhooks_log", slug=membership.partner.slug)
