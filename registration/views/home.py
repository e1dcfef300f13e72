"""The first page: which state? By name, or by ZIP code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registration import phrases
from registration.domain.addresses import states_of_zip, zip5
from registration.views.guard import own_site
from registration.views.page import page, public
from registration.views.partner import to_state
from state_rules import JURISDICTIONS, load


def places(codes: tuple[str, ...] = JURISDICTIONS) -> list[tuple[str, str]]:
    """(code, name) of jurisdictions, by name in the active language."""
    return sorted(((code, phrases.jurisdiction_name(load(code))) for code in codes), key=lambda place: place[1])


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return page(request, "home.html", {"places": places()})


@own_site
def find(request: HttpRequest) -> HttpResponse:
    """From a chosen state (GET or POST) or a ZIP code (POST only, so that it stays out of logs) to the state's page."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    data = request.POST if request.method == "POST" else request.GET
    state = data.get("state", "").upper()
    if state in JURISDICTIONS:
        return to_state(request, state)
    zip_code = request.POST.get("zip", "").strip()
    if not zip_code:
        field = "zip" if "zip" in request.POST else "state"
        problem = {"field": field, "message": _("Choose your state, or type your ZIP code.")}
        return page(request, "home.html", {"places": places(), "problem": problem}, status=422)
    found = states_of_zip(zip_code)
    codes = tuple(code for code in found if code in JURISDICTIONS)
    if len(codes) == 1:
        return to_state(request, codes[0])
    if codes:
        return page(request, "find.html", {"places": places(codes), "zip": zip5(zip_code)})
    problem = {"field": "zip", "message": _zip_problem(military=bool(found))}
    return page(request, "home.html", {"places": places(), "problem": problem, "zip": zip_code}, status=422)


def _zip_problem(*, military: bool) -> str:
    if military:
        return _("This is a military ZIP code. Choose the state where your home in the United States is.")
    return _("We do not know this ZIP code. Check its 5 digits, or choose your state by name.")
