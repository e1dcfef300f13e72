"""Deleting everything: whoever brings the code may, and the page says what went."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from registration import phrases
from registration.domain import deleting, rates, retention
from registration.domain.deleting import Deleted
from registration.views.away import code_again, comes_back
from registration.views.contact import in_words
from registration.views.guard import forget_pages, own_site
from registration.views.page import page
from state_rules import load


def told(deleted: Deleted) -> dict[str, Any]:
    """What a page says of a deletion; never a value. The page of the messages' links says it, too."""
    return {
        "state": phrases.jurisdiction_name(load(deleted.jurisdiction)),
        "answers": deleted.answers,
        "application": deleted.application,
        "contact": in_words(deleted.contact),
        "contact_unknown": deleted.contact_unknown,
        "subscription": deleted.subscription,
        "messages": deleted.messages,
        "printed": deleted.printed,
    }


def deleted_page(request: HttpRequest, deleted: Deleted | None, *, by_link: bool = False) -> HttpResponse:
    """The same page for a wrong code and for one whose things are gone already. ``by_link``: the code is that of a
    link which stops messages."""
    context: dict[str, Any] = {
        "was": told(deleted) if deleted else None,
        "backups": retention.BACKUPS,
        "print_days": retention.length_of("print_batches").days,
        "days": settings.SEALED_ANSWERS_DAYS,
        "by_link": by_link,
        "switches": [],
    }
    response = page(request, "form/deleted.html", context, status=200 if deleted else 404)
    return forget_pages(response) if deleted else response


def too_many(request: HttpRequest) -> HttpResponse | None:
    """A page for who asks too often; None for others. A library's many readers share one address."""
    guest = rates.guest_of_address(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))
    standing = rates.take(rates.rate("delete", settings.DELETE_RATE), guest, time.time())
    if not standing.is_over:
        return None
    response = page(request, "form/too_many.html", {"switches": []}, status=429)
    response.headers["Retry-After"] = str(standing.reset)
    return response


@own_site
@require_POST
@comes_back(code_again("delete"))
def delete(request: HttpRequest) -> HttpResponse:
    refused = too_many(request)
    if refused:
        return refused
    return deleted_page(request, deleting.delete_everything(request.POST.get("reference", ""), timezone.now()))
