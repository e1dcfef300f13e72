"""Who brought the applicant: a name in the address, carried from page to page without a cookie."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from registration.domain.counting import Tracking, tracking
from registration.domain.last_known import LastKnown
from registration.models import SITE_SLUG, Application, Partner

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_last_known: LastKnown[str, Partner] = LastKnown("partners")


def named(slug: str) -> Partner | None:
    """The partner of a name, with its logo but for the picture itself. While the database is away, as last known."""
    found = _last_known.read(slug, lambda: tuple(_with_logo().filter(slug=slug)))
    return found[0] if found else None


def _with_logo() -> QuerySet[Partner]:
    return Partner.objects.select_related("logo").defer("logo__png")


def embedded_by(request: HttpRequest) -> Partner | None:
    """The partner in whose frame the page is shown; None on the full site."""
    found: Partner | None = getattr(request, "embedded", None)
    return found


def partner_of(request: HttpRequest) -> Partner | None:
    """The partner in whose frame the page is, or that the address or the posted form names; None for our own pages,
    for a name that nobody has, and for a partner that is not approved or is suspended: we do not say its name."""
    embedded = embedded_by(request)
    if embedded:
        return embedded
    slug = _said(request, "partner")
    if not SLUG.fullmatch(slug) or slug == SITE_SLUG:
        return None
    partner = named(slug)
    return partner if partner and partner.is_active else None


def channel_of(request: HttpRequest) -> str:
    """The door through which the person came."""
    return Application.Channel.WIDGET if embedded_by(request) else Application.Channel.WEB


def tracking_of(request: HttpRequest) -> Tracking:
    """Where the partner says that the person came from. ``utm_source`` is another name for ``source``."""
    source = _said(request, "source") or _said(request, "utm_source")
    return tracking(source, _said(request, "utm_medium"), _said(request, "utm_campaign"))


def _said(request: HttpRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name) or ""


def carried(request: HttpRequest) -> dict[str, str]:
    """What goes along from page to page, in the query of links and in hidden fields of forms."""
    partner, words = partner_of(request), tracking_of(request)
    slug = partner.slug if partner and not embedded_by(request) else ""  # in a frame, the address names it
    found = {"partner": slug, "source": words.source, "utm_medium": words.medium, "utm_campaign": words.campaign}
    return {name: value for name, value in found.items() if value}


def query_of(parameters: dict[str, str]) -> str:
    """What links append."""
    return f"?{urlencode(parameters)}" if parameters else ""


def to_state(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to a state's page, with what is carried along."""
    return redirect(reverse("state", kwargs={"code": code}) + query_of(carried(request)))
