"""Pages of the dashboard that stand in a frame of the dashboard itself, and the pages that hold such a frame."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

_OWN = ["'self'"]


def may_frame_itself(response: HttpResponse) -> HttpResponse:
    """Our own pages alone may be in its frames, and may hold it in theirs. All else stays as strict as everywhere."""
    directives = {**settings.SECURE_CSP, "frame-src": _OWN, "frame-ancestors": _OWN}
    response.headers["Content-Security-Policy"] = "; ".join(
        " ".join([name, *values]) for name, values in directives.items()
    )
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
