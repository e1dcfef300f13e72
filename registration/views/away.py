"""While the database is away: what a person sent comes back to them, to be sent again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from registration.domain.sealing import BadReference, normal_reference
from registration.domain.submission import CANNOT_STORE
from registration.views.page import RETRY_AFTER, page

View = Callable[..., HttpResponse]
logger = logging.getLogger(__name__)


def comes_back(again: View) -> Callable[[View], View]:
    """Where the database does not answer what was posted, the page that ``again`` makes of the same request answers:
    with what was typed, as 503, and with the time after which it is worth sending again."""

    def around(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except CANNOT_STORE:
                if request.method != "POST":
                    raise
                logger.exception("the database does not answer: what was sent went back to its owner")
            response = again(request, *args, **kwargs)
            response.status_code = 503
            response.headers["Retry-After"] = str(RETRY_AFTER)
            return response

        return answered

    return around


def code_again(url: str, name: str = "reference") -> View:
    """For ``comes_back``: a page with the code that was posted as ``name``, and the button that was pressed. What is no
    code is not repeated. ``url``: the name of the address that it is posted to, which says what the button does."""

    def again(request: HttpRequest) -> HttpResponse:
        try:
            code = normal_reference(request.POST.get(name, ""))
        except BadReference:
            code = ""
        does = request.POST.get("do", "") if url == "messages" else url
        context = {"url": url, "name": name, "code": code, "does": does, "switches": []}
        return page(request, "form/away.html", context)

    return again
