"""Sessions, tokens against forgery and signed-in people: for the dashboard, the operators' pages, and no other page.

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
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import set_urlconf
from django.utils import timezone
from django.utils.cache import patch_cache_control

DASHBOARD = re.compile(r"/(?:[a-z]{2}/)?partners/")
BEGAN, SEEN = "began_at", "seen_at"
#: How many seconds may pass before a visit is written down again: not every page is worth a write.
SEEN_STEP = 60


def is_dashboard(request: HttpRequest) -> bool:
    """Inside a frame on somebody's site there is no dashboard."""
    return DASHBOARD.match(request.path_info) is not None and not _is_framed(request)


def is_admin(request: HttpRequest) -> bool:
    """Whether the address is one of the operators' pages, which are where the settings say, if anywhere."""
    return _below_admin(request) and _on_admin_host(request) and not _is_framed(request)


def has_session(request: HttpRequest) -> bool:
    return is_dashboard(request) or is_admin(request)


def _is_framed(request: HttpRequest) -> bool:
    return getattr(request, "embedded", None) is not None


def _below_admin(request: HttpRequest) -> bool:
    path: str = settings.ADMIN_PATH
    return bool(path) and f"{request.path_info}/".startswith(f"/{path}/")


def _on_admin_host(request: HttpRequest) -> bool:
    host: str = settings.ADMIN_HOST
    try:
        return not host or split_domain_port(request.get_host())[0] == host
    except DisallowedHost:
        return False


class AdminHost:
    """Where the operators' pages have a host of their own, every other one answers as if there were none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _below_admin(request) and not _on_admin_host(request):
            request.urlconf = "config.urls_public"
            set_urlconf(request.urlconf)  # also for what answers before a view is looked up
        return self.get_response(request)


class _WithSession:
    """Does its work there, and lets every other request pass untouched."""

    def __call__(self, request: HttpRequest) -> Any:
        return (super().__call__ if has_session(request) else self.get_response)(request)  # type: ignore[misc, attr-defined]  # a mixin


class Session(_WithSession, SessionMiddleware):
    """None of these pages is kept by a browser."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        patch_cache_control(response, no_store=True, private=True)
        # Without any referrer a browser names no origin either, and the check against forgery needs one.
        response.headers["Referrer-Policy"] = "same-origin"
        return super().process_response(request, response)


class Csrf(_WithSession, CsrfViewMiddleware):
    def process_view(self, request: HttpRequest, *args: Any) -> Any:
        return super().process_view(request, *args) if has_session(request) else None


class User(_WithSession, AuthenticationMiddleware):
    pass


class Messages(_WithSession, MessageMiddleware):
    pass


class SessionEnds:
    """Signs a person out who did nothing for a while, or who signed in a working day ago."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_session(request) and request.user.is_authenticated:
            now = timezone.now().timestamp()
            began = cast(float, request.session.setdefault(BEGAN, now))
            seen = cast(float, request.session.setdefault(SEEN, now))
            if now - began >= settings.SESSION_LONGEST_SECONDS or now - seen >= settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif now - seen >= SEEN_STEP:
                request.session[SEEN] = now
        return self.get_response(request)
