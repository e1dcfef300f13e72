"""Response headers that hold on every route."""

from collections.abc import Callable, Collection

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware

from config.dashboard import has_session
from registration.domain.last_known import reading_once

#: All that a page can ask a browser for, as a browser of today knows it.
FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "captured-surface-control", "clipboard-read",
    "clipboard-write", "compute-pressure", "cross-origin-isolated", "deferred-fetch", "deferred-fetch-minimal",
    "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid",
    "identity-credentials-get", "idle-detection", "interest-cohort", "keyboard-map", "language-detector", "local-fonts",
    "local-network-access", "magnetometer", "microphone", "midi", "on-device-speech-recognition", "otp-credentials",
    "payment", "picture-in-picture", "private-state-token-issuance", "private-state-token-redemption",
    "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "speaker-selection",
    "storage-access", "summarizer", "sync-xhr", "translator", "unload", "usb", "window-management",
    "xr-spatial-tracking",
)  # fmt: skip
#: What signed-in people need of it: passkeys, and buttons that copy a snippet or a code.
SIGNED_IN_FEATURES = frozenset({"clipboard-write", "publickey-credentials-create", "publickey-credentials-get"})


def permissions(own: Collection[str] = ()) -> str:
    """The header Permissions-Policy: everything is off, but for what the site itself may use."""
    return ", ".join(f"{each}=(self)" if each in own else f"{each}=()" for each in FEATURES)


#: What a frame holds and hands out: pages, also those that lead on, and the form itself.
PAGES = ("text/html", "application/pdf")


def policy(directives: dict[str, list[str]]) -> str:
    """The header value for directives named as in Django 6's SECURE_CSP."""
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())


class Compress(GZipMiddleware):
    """Pages travel compressed where they hold no secret: not what answers a POST, and nothing of signed-in people."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_page = response.get("Content-Type", "").startswith("text/html")
        if request.method != "GET" or not is_page or has_session(request):
            return response
        return super().process_response(request, response)


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
    """Content-Security-Policy and its companions, on whatever leaves: pages, files, refusals, redirections.

    Only what says so itself is stored by a browser or a proxy, and never what answers a POST.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # What Django's own middleware sets is here, too, for the answers that it never sees: its own refusals.
        self.everywhere = {
            "Content-Security-Policy": policy(settings.SECURE_CSP),
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        self.for_frames = {
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
            "Referrer-Policy": "strict-origin",
            "X-Robots-Tag": "noindex",
        }
        self.permissions = permissions()
        self.permissions_signed_in = permissions(SIGNED_IN_FEATURES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        framing = getattr(request, "framing", None)
        if framing and response.get("Content-Type", "").startswith(PAGES):
            self._frame(response, framing.ancestors)
        else:
            response.headers.setdefault("X-Frame-Options", "DENY")
        for name, value in self.everywhere.items():
            response.headers.setdefault(name, value)
        response.headers["Permissions-Policy"] = (
            self.permissions_signed_in if has_session(request) else self.permissions
        )
        if request.method not in ("GET", "HEAD") and "no-store" not in response.headers["Cache-Control"]:
            response.headers["Cache-Control"] = "no-store, private"
        return response

    def _frame(self, response: HttpResponse, ancestors: tuple[str, ...]) -> None:
        """The headers of a page that the named origins may show in a frame."""
        response.headers["Content-Security-Policy"] = policy(
            {**settings.SECURE_CSP, "frame-ancestors": list(ancestors) or ["'none'"]}
        )
        if not ancestors:
            response.headers["X-Frame-Options"] = "DENY"
        for name, value in self.for_frames.items():
            response.headers[name] = value
