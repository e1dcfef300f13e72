"""Response headers that hold on every route."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_cache_control

from registration.domain.last_known import reading_once

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
    )
)

#: What a frame holds and hands out: pages, also those that lead on, and the form itself.
PAGES = ("text/html", "application/pdf")


def policy(directives: dict[str, list[str]]) -> str:
    """The header value for directives named as in Django 6's SECURE_CSP."""
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())


class ReadOnce:
    """A request asks the database for each thing once, however many parts of a page need it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading_once():
            return self.get_response(request)


class Language(LocaleMiddleware):
    """The language of a page from its address. An answer that names its language already, as the API's do, has said
    what it varies by, too: with ``?lang=`` that is not Accept-Language, and a proxy keeps one copy for everybody.
    What a view marks as the same for every reader (``same_for_all``) has no language."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.has_header("Content-Language") or getattr(response, "same_for_all", False):
            return response
        return super().process_response(request, response)


class SecurityHeaders:
    """Content-Security-Policy and its companions. What answers a POST is never stored by a browser or a proxy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = policy(settings.SECURE_CSP)
        self.for_frames = {
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
            "Referrer-Policy": "strict-origin",
            "X-Robots-Tag": "noindex",
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        framing = getattr(request, "framing", None)
        if framing and response.get("Content-Type", "").startswith(PAGES):
            self._frame(response, framing.ancestors)
        else:
            response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.method not in ("GET", "HEAD"):
            patch_cache_control(response, no_store=True, private=True)
        return response

    def _frame(self, response: HttpResponse, ancestors: tuple[str, ...]) -> None:
        """The headers of a page that the named origins may show in a frame."""
        response.headers["Content-Security-Policy"] = policy(
            {**settings.SECURE_CSP, "frame-ancestors": list(ancestors) or ["'none'"]}
        )
        for name, value in self.for_frames.items():
            response.headers.setdefault(name, value)
