"""What a person sees when a request cannot be answered. These pages repeat nothing of the request."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from registration.forms.choice_steps import PRIVATE
from registration.views.guard import comes_from_elsewhere
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


def busy(request: HttpRequest, seconds: int) -> HttpResponse:
    """There is no room for this request just now. A form that was filled in comes back with everything but what no page
    repeats, to be sent again; any other page can be loaded again."""
    kept: list[tuple[str, str]] = []
    if request.method == "POST" and _is_the_form(request) and not comes_from_elsewhere(request):
        sent = request.POST.lists()
        kept = [(name, value) for name, values in sent if name not in PRIVATE for value in values]
    types_again = any(name == "id_choice" and value != "none" for name, value in kept)
    request.is_unreadable = True  # type: ignore[attr-defined]  # a page of the fewest words, for the most people
    context = {"switches": [], "seconds": seconds, "kept": kept, "types_again": types_again}
    return render(request, "errors/busy.html", context, status=503)


def _is_the_form(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info, getattr(request, "urlconf", None)).url_name == "apply"
    except Resolver404:
        return False


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  the shape that Django calls
    """A form of the dashboard without its token: from elsewhere, or from before a sign-in."""
    return plain_page(request, "partners/forgery.html", 403)
