"""Rendering: every page of the dashboard knows who is signed in, where they belong and what they may open."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from registration.models import Membership
from registration.views.page import switches
from registration.views.partners.navigation import links


def around(request: HttpRequest) -> dict[str, Any]:
    """For every template (a context processor): who is signed in, what was done, and the page in other languages.

    On the dashboard only; elsewhere nobody is signed in.
    """
    user = getattr(request, "user", None)
    if user is None:
        return {}
    back = request.GET.get("next", "")
    query = f"?{urlencode({'next': back})}" if back else ""
    return {"user": user, "messages": get_messages(request), "switches": switches(request, query)}


def member_page_response(
    request: HttpRequest,
    membership: Membership,
    template: str,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of the dashboard with the partner's name and navigation."""
    current = request.resolver_match.url_name if request.resolver_match else None
    shared = {
        "membership": membership,
        "owner_partner": membership.partner,
        "navigation": links(membership, current or ""),
    }
    return render(request, template, {**shared, **(context or {})}, status=status)


def too_low_page(request: HttpRequest, membership: Membership) -> HttpResponse:
    return member_page_response(request, membership, "partners/too_low.html", status=403)


def closed_page(request: HttpRequest, membership: Membership) -> HttpResponse:
    """While an operator has not approved the partner, or has suspended it."""
    return member_page_response(request, membership, "partners/closed.html", {"navigation": []}, status=403)
