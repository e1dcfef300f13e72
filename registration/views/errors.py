"""What a person sees when a request cannot be answered. These pages repeat nothing of the request."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from registration.views.page import plain_page


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  the shape that Django calls
    return plain_page(request, "errors/400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  the shape that Django calls
    return plain_page(request, "errors/403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  the shape that Django calls
    return plain_page(request, "errors/404.html", 404)


def page_of_dashboard_not_found(request: HttpRequest) -> HttpResponse:
    """The same for everybody: whether there is such a partner is nobody's business."""
    return plain_page(request, "partners/not_found.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Made without what a page needs of the request, since that may be what fails. In a frame it tells its host."""
    embedded = getattr(request, "embedded", None) is not None
    context = {
        "site_name": settings.SITE_NAME,
        "layout": "widget/base.html" if embedded else "base.html",
        "hosts": " ".join(request.framing.ancestors) if embedded else "",  # type: ignore[attr-defined]  # set by config.embedding
    }
    return HttpResponse(render_to_string("errors/500.html", context), status=500)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  the shape that Django calls
    """A form of the dashboard without its token: from elsewhere, or from before a sign-in."""
    return plain_page(request, "partners/forgery.html", 403)
