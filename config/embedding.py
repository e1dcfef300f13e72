"""Addresses under /embed/: the same pages in the layout of a frame, for the sites that may show them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix, set_urlconf

from registration.domain.sites import origins_of
from registration.models import SITE_SLUG, Partner
from registration.views.embedding import unavailable
from registration.views.partner import SLUG, named

_EMBEDDED = re.compile(r"/embed/(?P<slug>[^/]+)(?P<rest>/.*)", re.DOTALL)
_DEADLINE = re.compile(r"/embed(?P<rest>/(?:[a-z-]+/)?deadline/[^/]*/?)")


@dataclass(frozen=True, slots=True)
class Framing:
    """Who may show a page in a frame, as the sources of ``frame-ancestors``. Empty: nobody."""

    ancestors: tuple[str, ...] = ()


class Embedding:
    """Serves a partner's frame and the page of the next deadline from addresses of their own.

    What stands before the page's address is made the script's prefix, for this request alone, so that every link of a
    page leads to a page in the frame. ``request.embedded`` is the partner, ``request.framing`` who may show the page,
    ``request.site_prefix`` where the full site begins.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = get_script_prefix()
        request.site_prefix = before  # type: ignore[attr-defined]
        try:
            return self._answer(request, before)
        finally:
            set_script_prefix(before)

    def _answer(self, request: HttpRequest, before: str) -> HttpResponse:
        deadline = _DEADLINE.fullmatch(request.path_info)
        if deadline and _language_of(deadline["rest"]) in ("", *dict(settings.LANGUAGES)):
            request.path_info = deadline["rest"]  # its links lead to the full site, so the prefix stays
            request.framing = Framing(("*",))  # type: ignore[attr-defined]
            return self.get_response(request)
        embedded = _EMBEDDED.fullmatch(request.path_info)
        if not embedded:
            return self.get_response(request)
        partner = _active(embedded["slug"])
        request.framing = Framing(origins_of(partner.slug) if partner else ())  # type: ignore[attr-defined]
        if not partner:
            return unavailable(request)
        set_script_prefix(f"{before}embed/{partner.slug}/")
        request.path_info = embedded["rest"]
        request.urlconf = "config.urls_embedded"
        set_urlconf(request.urlconf)  # also for what answers before a view is looked up
        request.embedded = partner  # type: ignore[attr-defined]
        return _fresh(self.get_response(request))


def _language_of(rest: str) -> str:
    first = rest.split("/")[1]
    return "" if first == "deadline" else first


def _active(slug: str) -> Partner | None:
    partner = named(slug) if SLUG.fullmatch(slug) and slug != SITE_SLUG else None
    return partner if partner and partner.is_active else None


def _fresh(response: HttpResponse) -> HttpResponse:
    """A page says who may show it, and a site taken off the list must not stay on it in some browser's store."""
    is_page = response.status_code < 400 and response.get("Content-Type", "").startswith("text/html")
    if is_page and "no-store" not in response.get("Cache-Control", ""):
        response.headers["Cache-Control"] = "private, no-cache"
    return response
