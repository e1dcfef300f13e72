"""Who brought the applicant: a name in the address, carried from page to page without a cookie."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from registration.models import SITE_SLUG, Partner

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def partner_of(request: HttpRequest) -> Partner | None:
    """The partner that the address or the posted form names; None for our own pages and for a name that nobody has."""
    slug = request.POST.get("partner") or request.GET.get("partner") or ""
    if not SLUG.fullmatch(slug) or slug == SITE_SLUG:
        return None
    return Partner.objects.filter(slug=slug).first()


def query_of(partner: Partner | None) -> str:
    """What links append so that the next page knows the partner, too."""
    return f"?partner={partner.slug}" if partner else ""


def to_state(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to a state's page, with the partner."""
    return redirect(reverse("state", kwargs={"code": code}) + query_of(partner_of(request)))
