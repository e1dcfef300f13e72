"""What is answered where no view could: problem+json under /api/, a page elsewhere."""

from __future__ import annotations

import random

from django.http import HttpRequest, HttpResponse

from api import errors as api
from config.dashboard import is_dashboard
from registration.views import errors as pages

#: Seconds after which whoever was sent away may come again.
COME_AGAIN = (3, 12)


def _said(kind: str) -> HttpResponse:
    response = api.answer(api.ApiProblem(kind))
    response.headers["Content-Security-Policy"] = api.POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def busy(request: HttpRequest) -> HttpResponse:
    """More came at once than can be served. When to come again differs, so that not all of them do so together."""
    seconds = random.randint(*COME_AGAIN)  # noqa: S311  no secret
    response = _said("unavailable") if api.is_api(request) else pages.busy(request, seconds)
    response.headers["Retry-After"] = str(seconds)
    response._has_been_logged = True  # type: ignore[attr-defined]  # read by django.utils.log; the log of requests has it
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said("malformed") if api.is_api(request) else pages.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said("forbidden") if api.is_api(request) else pages.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if api.is_api(request):
        return _said("not_found")
    if is_dashboard(request):
        return pages.page_of_dashboard_not_found(request)
    return pages.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    return _said("server_error") if api.is_api(request) else pages.server_error(request)
