"""A page of the dashboard that stands in a frame of the dashboard itself, and the page that holds this frame."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse


def _with_policy(response: HttpResponse, **more: str) -> HttpResponse:
    directives = {**settings.SECURE_CSP, **{name.replace("_", "-"): [value] for name, value in more.items()}}
    parts = (" ".join([name, *values]) for name, values in directives.items())
    response.headers["Content-Security-Policy"] = "; ".join(parts)
    return response


def holding_a_frame(response: HttpResponse) -> HttpResponse:
    """It may hold a page of ours. All else stays as strict as everywhere."""
    return _with_policy(response, frame_src="'self'")


def held_in_a_frame(response: HttpResponse) -> HttpResponse:
    """It may be held by a page of ours, and by nobody else's."""
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return _with_policy(response, frame_ancestors="'self'")
