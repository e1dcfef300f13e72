"""What the settings pages share: what the role allows, and going on with a sentence that says what was done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from registration.domain.audit import Order
from registration.models import Membership, Role
from registration.views.partners.access import order_of
from registration.views.partners.navigation import may
from registration.views.partners.page import member_page_response


def settings_page(
    request: HttpRequest, membership: Membership, template: str, context: dict[str, Any], *, is_wrong: bool = False
) -> HttpResponse:
    """A page of the settings. ``is_wrong``: what was sent has problems, which the page says."""
    shared = {"may_change": may(membership.role, Role.MANAGER), "partner_name": membership.partner.name}
    return member_page_response(
        request, membership, f"partners/settings/{template}", {**shared, **context}, status=400 if is_wrong else 200
    )


def said_and_done(request: HttpRequest, membership: Membership, to: str, sentence: str) -> HttpResponse:
    """Lead to a page of the settings, which says on top what was done."""
    messages.success(request, sentence)
    return redirect(f"partners:{to}", slug=membership.partner.slug)


def order_now(request: HttpRequest) -> Order:
    return order_of(request, timezone.now())
