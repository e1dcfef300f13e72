"""Who brought the applicant: a name in the address, carried from page to page without a cookie."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from registration.domain.last_known import LastKnown
from registration.models import SITE_SLUG, Partner

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_last_known: LastKnown[str, Partner] = LastKnown("partners")


def partner_of(request: HttpRequest) -> Partner | None:
    """The partner that the address or the posted form names; None for our own pages and for a name that nobody has.

    While the database is away, as last known.
    """
    slug = request.POST.get("partner") or request.GET.get("partner") or ""
    if not SLUG.fullmatch(slug) or slug == SITE_SLUG:
        return None
    found = _last_known.read(slug, lambda: tuple(Partner.objects.filter(slug=slug)))
    return found[0] if found else None


def query_of(partner: Partner | None) -> str:
    """What links append so that the next page knows the partner, too."""
    return f"?partner={partner.slug}" if partner else ""


def to_state(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to a state's page, with the partner."""
    return redirect(reverse("state", kwargs={"code": code}) + query_of(partner_of(request)))
