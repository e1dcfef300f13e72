"""Sessions, tokens against forgery and signed-in people: for the dashboard, and for no other page.

The public pages and the frames on partners' sites go past all of this, so that they never set or read a cookie.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.cache import patch_cache_control

DASHBOARD = re.compile(r"/(?:[a-z]{2}/)?partners/")
BEGAN, SEEN = "began_at", "seen_at"
#: How many seconds may pass before a visit is written down again: not every page is worth a write.
SEEN_STEP = 60


def is_dashboard(request: HttpRequest) -> bool:
    return DASHBOARD.match(request.path_info) is not None


class _OnDashboard:
    """Does its work there, and lets every other request pass untouched."""

    def __call__(self, request: HttpRequest) -> Any:
        return (super().__call__ if is_dashboard(request) else self.get_response)(request)  # type: ignore[misc, attr-defined]  # a mixin


class Session(_OnDashboard, SessionMiddleware):
    """There is no dashboard inside a frame on somebody's site, and none of its pages is kept by a browser."""

    def process_request(self, request: HttpRequest) -> None:
        if getattr(request, "embedded", None) is not None:
            raise Http404
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        patch_cache_control(response, no_store=True, private=True)
        # Without any referrer a browser names no origin either, and the check against forgery needs one.
        response.headers["Referrer-Policy"] = "same-origin"
        return super().process_response(request, response)


class Csrf(_OnDashboard, CsrfViewMiddleware):
    def process_view(self, request: HttpRequest, *args: Any) -> Any:
        return super().process_view(request, *args) if is_dashboard(request) else None


class User(_OnDashboard, AuthenticationMiddleware):
    pass


class Messages(_OnDashboard, MessageMiddleware):
    pass


class SessionEnds:
    """Signs a person out who did nothing for a while, or who signed in a working day ago."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_dashboard(request) and request.user.is_authenticated:
            now = timezone.now().timestamp()
            began = cast(float, request.session.setdefault(BEGAN, now))
            seen = cast(float, request.session.setdefault(SEEN, now))
            if now - began >= settings.SESSION_LONGEST_SECONDS or now - seen >= settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif now - seen >= SEEN_STEP:
                request.session[SEEN] = now
        return self.get_response(request)
