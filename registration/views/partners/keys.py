"""The keys of the API: listed for every member, made and ended by managers. A key's text is shown once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registration.domain import keys as domain
from registration.domain.audit import Refused
from registration.domain.validation.problem import Problem
from registration.forms.partners.keys import KeyForm, OverlapForm
from registration.models import ApiKey, Membership, Role
from registration.phrases.partner_settings import SCOPE_WORDS, setting_problem
from registration.views.partners.access import member_page
from registration.views.partners.settings_page import order_now, said_and_done, settings_page

NO_APPLICATION = "00000000-0000-7000-8000-000000000000"
#: What a key can be tried with by what it may do, the most telling first: an address that refuses a wrong key.
FIRST_CALLS = {
    "statistics:read": "/api/v1/statistics/",
    "applications:write": "/api/v1/questions/",
    "webhooks:write": "/api/v1/webhook-endpoints/",
    "applications:read": f"/api/v1/applications/{NO_APPLICATION}/",
}


def _row(key: ApiKey) -> dict[str, object]:
    now = timezone.now()
    return {
        "key": key,
        "shown": domain.shown(key),
        "scopes": [(scope, SCOPE_WORDS.get(scope, scope)) for scope in key.scopes],
        "works": domain.is_working(key, now),
        "may_rotate": domain.is_working(key, now) and key.replaced_by_id is None,
    }


@member_page()
@require_safe
def keys(request: HttpRequest, membership: Membership) -> HttpResponse:
    rows = [_row(key) for key in membership.partner.keys.order_by("-created_at", "-pk")]
    context = {"working": [row for row in rows if row["works"]], "ended": [row for row in rows if not row["works"]]}
    return settings_page(request, membership, "keys.html", context)


@member_page(at_least=Role.MANAGER, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, membership: Membership) -> HttpResponse:
    form = KeyForm(request.POST) if request.method == "POST" else KeyForm(initial={"mode": ApiKey.Mode.TEST})
    if form.is_bound and form.is_valid():
        order = order_now(request)
        if domain.working(membership.partner, order.at).count() < domain.MOST_KEYS:
            return _shown_once(request, membership, *domain.make(membership.partner, form.wish, order))
        form.add_error(None, setting_problem(Problem("key_too_many", "", {"limit": domain.MOST_KEYS})))
    return settings_page(request, membership, "key_make.html", {"form": form}, is_wrong=form.is_bound)


def _shown_once(request: HttpRequest, membership: Membership, key: ApiKey, text: str) -> HttpResponse:
    """The answer to the POST itself, which no browser or proxy stores."""
    path = next(path for scope, path in FIRST_CALLS.items() if scope in key.scopes)
    curl = f'curl -H "Authorization: Bearer {text}" {request.build_absolute_uri(path)}'
    context = {"row": _row(key), "text": text, "curl": curl, "finds_nothing": NO_APPLICATION in path}
    return settings_page(request, membership, "key_shown.html", context)


def _key(membership: Membership, identifier: str) -> ApiKey:
    return get_object_or_404(ApiKey.objects.filter(partner=membership.partner), identifier=identifier)


@member_page(at_least=Role.MANAGER, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def rotate(request: HttpRequest, membership: Membership, identifier: str) -> HttpResponse:
    key = _key(membership, identifier)
    form = OverlapForm(request.POST) if request.method == "POST" else OverlapForm()
    if form.is_bound and form.is_valid():
        try:
            new, text = domain.rotate(key, form.overlap, order_now(request))
        except Refused:
            form.add_error(None, _("This key was rotated or ended before. Go back to the list."))
        else:
            return _shown_once(request, membership, new, text)
    context = {"form": form, "row": _row(key)}
    return settings_page(request, membership, "key_rotate.html", context, is_wrong=form.is_bound)


@member_page(at_least=Role.MANAGER, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, membership: Membership, identifier: str) -> HttpResponse:
    key = _key(membership, identifier)
    if request.method != "POST":
        return settings_page(request, membership, "key_revoke.html", {"row": _row(key), "asks": _("Revoke this key?")})
    try:
        domain.revoke(key, order_now(request))
    except Refused:
        return said_and_done(request, membership, "keys", _("This key was revoked before."))
    return said_and_done(request, membership, "keys", _("The key “%(name)s” no longer works.") % {"name": key.name})
