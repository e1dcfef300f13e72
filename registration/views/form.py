"""The form itself, drawn when its owner brings the reference."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from registration.domain import alerts, rules, storing
from registration.domain.documents import draw
from registration.domain.routing import election_in_view
from registration.domain.sealing import CannotOpen
from registration.domain.submission import (
    CANNOT_STORE,
    Expired,
    NotFound,
    Opened,
    mark_delivered,
    open_carried,
    open_form,
)
from registration.models import Application
from registration.views.away import code_again, comes_back
from registration.views.challenge import too_many_misses
from registration.views.guard import own_site
from registration.views.page import document_language, page
from registration.views.place import today
from state_rules import load

logger = logging.getLogger(__name__)


@own_site
@require_POST
@comes_back(code_again("form"))
def download(request: HttpRequest) -> HttpResponse:
    """The PDF; or a page that says what to do when the code opens nothing. Where nothing was stored, the page before
    carries the sealed answers."""
    carried, reference = request.POST.get("sealed", ""), request.POST.get("reference", "")
    try:
        opened = _opened(carried, reference)
    except NotFound:
        return too_many_misses(request) or page(request, "form/gone.html", {"expired": False}, status=404)
    except Expired:
        return page(request, "form/gone.html", {"expired": True}, status=410)
    except CannotOpen:
        logger.exception("sealed answers were changed or damaged", extra={"code": alerts.UNREADABLE})
        alerts.tell(alerts.UNREADABLE, timezone.now())
        return page(request, "form/gone.html", {"damaged": True}, status=410)
    on = today(load(opened.application.jurisdiction))
    jurisdiction = rules.current(opened.application.jurisdiction, on)
    election = election_in_view(jurisdiction, opened.application.election_day, on)
    language = document_language(opened.application.language)
    pdf = draw(opened.applicant, jurisdiction, election, language, on)
    if not carried:
        _mark(opened.application)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"voter-registration-{jurisdiction.code.lower()}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _opened(carried: str, reference: str) -> Opened:
    now = timezone.now()
    return open_carried(carried, reference, now=now) if carried else open_form(reference, now=now)


def _mark(application: Application) -> None:
    """The person has a right to their form, also where the database is only to be read."""
    try:
        mark_delivered(application, timezone.now())
    except CANNOT_STORE:
        logger.exception("that a form was handed over could not be stored")


@own_site
@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """Where a link with #code leads. The fragment is never sent here; a script or a person puts it in the form."""
    return page(request, "form/code.html", {"keeps_nothing": storing.keeps_nothing(None)})
