"""The addresses of a partner that are told what happens. A secret is shown once."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registration.domain import webhooks as domain
from registration.forms.partners.webhooks import EndpointForm, SecretForm
from registration.models import Membership, Role, WebhookEndpoint
from registration.phrases.partner_settings import EVENT_WORDS
from registration.phrases.webhooks import disabled_because
from registration.views.partners.access import member_page
from registration.views.partners.settings_page import order_now, said_and_done, settings_page


def _row(endpoint: WebhookEndpoint) -> dict[str, object]:
    return {
        "endpoint": endpoint,
        "events": [EVENT_WORDS.get(event, event) for event in endpoint.events],
        "off": disabled_because(endpoint.disabled_because) if endpoint.disabled_at else "",
    }


def endpoint_of(membership: Membership, public_id: UUID) -> WebhookEndpoint:
    """Raises Http404 where it is removed or another's."""
    rows = WebhookEndpoint.objects.select_related("partner").filter(partner=membership.partner, deleted_at=None)
    return get_object_or_404(rows, public_id=public_id)


@member_page()
@require_safe
def webhooks(request: HttpRequest, membership: Membership) -> HttpResponse:
    rows = [_row(endpoint) for endpoint in domain.endpoints_of(membership.partner)]
    context = {"rows": rows, "is_full": len(rows) >= domain.MOST_ENDPOINTS, "limit": domain.MOST_ENDPOINTS}
    return settings_page(request, membership, "webhooks.html", context)


@member_page(at_least=Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, membership: Membership) -> HttpResponse:
    form = EndpointForm(initial={"events": list(domain.SELECTABLE)})
    if request.method == "POST":
        form = EndpointForm(request.POST)
        made = domain.make(membership.partner, form.wish(), order_now(request))
        if isinstance(made, domain.Made):
            return _shown_once(request, membership, made)
        form.say_all(made)
    return settings_page(request, membership, "webhook_add.html", {"form": form}, is_wrong=form.is_bound)


def _shown_once(request: HttpRequest, membership: Membership, made: domain.Made) -> HttpResponse:
    """The answer to the POST itself, which no browser or proxy stores."""
    return settings_page(request, membership, "webhook_secret.html", {"endpoint": made.endpoint, "text": made.secret})


@member_page(at_least=Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, membership: Membership, public_id: UUID) -> HttpResponse:
    """Two buttons: one keeps it as it is, on or off, the other turns it off or on."""
    endpoint = endpoint_of(membership, public_id)
    form = EndpointForm.showing(endpoint)
    if request.method == "POST":
        form = EndpointForm(request.POST)
        is_on = endpoint.disabled_at is None
        enabled = not is_on if "turn" in request.POST else is_on
        changed = domain.change(endpoint, form.wish(enabled=enabled), order_now(request))
        if isinstance(changed, WebhookEndpoint):
            said = _("The endpoint is changed.") if enabled == is_on else _on_or_off(enabled=enabled)
            return said_and_done(request, membership, "webhooks", said)
        form.say_all(changed)
    context = {"form": form, **_row(endpoint)}
    return settings_page(request, membership, "webhook_change.html", context, is_wrong=form.is_bound)


def _on_or_off(*, enabled: bool) -> str:
    return _("The endpoint is on.") if enabled else _("The endpoint is off. What waited for it was given up.")


@member_page(at_least=Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def rotate(request: HttpRequest, membership: Membership, public_id: UUID) -> HttpResponse:
    endpoint = endpoint_of(membership, public_id)
    form = SecretForm(request.POST) if request.method == "POST" else SecretForm()
    if form.is_bound and form.is_valid():
        return _shown_once(request, membership, domain.rotate(endpoint, form.overlap, order_now(request)))
    context = {"form": form, "endpoint": endpoint}
    return settings_page(request, membership, "webhook_rotate.html", context, is_wrong=form.is_bound)


@member_page(at_least=Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, membership: Membership, public_id: UUID) -> HttpResponse:
    endpoint = endpoint_of(membership, public_id)
    if request.method == "POST":
        domain.remove(endpoint, order_now(request))
        return said_and_done(request, membership, "webhooks", _("The endpoint was removed."))
    context = {"endpoint": endpoint, "asks": _("Remove this endpoint?")}
    return settings_page(request, membership, "webhook_remove.html", context)


@member_page(at_least=Role.MANAGER)
@require_POST
def test(request: HttpRequest, membership: Membership, public_id: UUID) -> HttpResponse:
    domain.send_test(endpoint_of(membership, public_id), order_now(request))
    return said_and_done(request, membership, "webhooks_log", _("The test is on its way. Load this page again to see."))
