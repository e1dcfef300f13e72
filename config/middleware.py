"""Response headers that hold on every route."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_cache_control

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


def policy(directives: dict[str, list[str]]) -> str:
    """The header value for directives named as in Django 6's SECURE_CSP."""
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())


class Language(LocaleMiddleware):
    """The language of a page from its address. An answer that names its language already, as the API's do, has said
    what it varies by, too: with ``?lang=`` that is not Accept-Language, and a proxy keeps one copy for everybody."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.has_header("Content-Language"):
            return response
        return super().process_response(request, response)


class SecurityHeaders:
    """Content-Security-Policy and its companions. What answers a POST is never stored by a browser or a proxy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if request.method not in ("GET", "HEAD"):
            patch_cache_control(response, no_store=True, private=True)
        return response
