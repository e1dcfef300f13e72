"""One line for each answer: which route, how it went and how long it took. No address of a page, none of a person."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from api.errors import is_api
from config.dashboard import is_dashboard
from config.health import COUNTS
from registration.domain.happenings import submitted

logger = logging.getLogger("requests")
#: What no route took, such as an address that does not exist, or what was answered before the routes.
NO_ROUTE = "none"


class RequestLog:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        route, method = route_of(request), request.method or ""
        COUNTS.answered(route, method, response.status_code, seconds)
        if settings.REQUEST_LOG:
            more = {"method": method, "status_code": response.status_code, "milliseconds": round(seconds * 1000, 1)}
            logger.info("answered", extra={"route": route, "door": door_of(request), **more})
        return response


def route_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name if match else "") or NO_ROUTE


def door_of(request: HttpRequest) -> str:
    if getattr(request, "embedded", None) is not None:
        return "widget"
    if is_api(request):
        return "api"
    return "dashboard" if is_dashboard(request) else "web"


@receiver(submitted)
def count_submission(channel: str, outcome: str, **_kwargs: object) -> None:
    COUNTS.submitted(channel, outcome)
