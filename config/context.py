"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

from registration.views.embedding import frame_of


def site(_request: HttpRequest) -> dict[str, object]:
    return {"site_name": settings.SITE_NAME, "site_contact": settings.SITE_CONTACT, "languages": settings.LANGUAGES}


def layout(request: HttpRequest) -> dict[str, object]:
    """Which layout a page extends, and what the layout of a frame shows."""
    frame = frame_of(request)
    return {"layout": "widget/base.html" if frame else "base.html", "frame": frame}
