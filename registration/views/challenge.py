"""Bots at the web doors: what a form carries, what is counted, and what is asked before one is taken."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from registration.domain import bots, switches
from registration.domain.rates import Standing, guest_of_address, guest_of_network, look, rate, take
from registration.domain.submission import CANNOT_STORE, was_submitted
from registration.views.page import page

logger = logging.getLogger(__name__)
_GUESTS = {"address": guest_of_address, "network": guest_of_network, "misses": guest_of_address}


def challenge(request: HttpRequest, was_made: Callable[[str], bool] = was_submitted) -> bots.Challenge | None:
    """Counts this form. None where it is taken as it is, and for one that was made before (``was_made`` of its
    reference): it adds no record."""
    standings = [_take(request, name) for name in ("address", "network")]
    sent = _sent(request)
    asked = bots.judge(sent, standings, timezone.now())
    return None if asked is None or _is_known(was_made, sent.reference) else asked


def _is_known(was_made: Callable[[str], bool], reference: str) -> bool:
    """False also where the database does not say: the form comes back with what is asked, and nothing typed is lost."""
    try:
        return was_made(reference)
    except CANNOT_STORE:
        logger.exception("the database does not say whether a form was made before")
        return False


def work_ahead(request: HttpRequest) -> str:
    """The work for a form that is still being filled in, where its address is near its limit; "" where it is not."""
    if switches.is_database_away():
        return ""
    standings = [_look(request, name) for name in ("address", "network")]
    return bots.work(standings, timezone.now()) if bots.is_near(standings) else ""


def carries(request: HttpRequest, reference: str, asked: bots.Challenge | None = None) -> dict[str, Any]:
    """What the template of the form needs of this: ``bots`` for its hidden fields, and ``challenge``."""
    kept = bots.kept(_sent(request), reference, timezone.now())
    return {"bots": kept, "challenge": asked, "waited": asked.waited if asked else kept.waited}


def too_many_misses(request: HttpRequest) -> HttpResponse | None:
    """Counts a code that opens nothing. A page to wait once there were too many; a right code never comes here."""
    standing = _take(request, "misses")
    if not standing.is_over:
        return None
    context = {"many": True, "minutes": -(-standing.reset // 60), "switches": []}
    response = page(request, "form/gone.html", context, status=429)
    response.headers["Retry-After"] = str(standing.reset)
    return response


def _sent(request: HttpRequest) -> bots.Sent:
    return bots.Sent(*(request.POST.get(name, "") for name in ("reference", "made", "work", "proof", "waited")))


def _take(request: HttpRequest, name: str) -> Standing:
    standing = take(rate(f"form_{name}", settings.FORM_RATES[name]), _guest(request, name), time.time())
    if standing.count == standing.rate.limit + 1:
        text = "many codes that open nothing from one address" if name == "misses" else "many forms from one place"
        logger.warning(text, extra={"code": name, "count": standing.count, "seconds": standing.rate.seconds})
    return standing


def _look(request: HttpRequest, name: str) -> Standing:
    return look(rate(f"form_{name}", settings.FORM_RATES[name]), _guest(request, name), time.time())


def _guest(request: HttpRequest, name: str) -> str:
    return _GUESTS[name](request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))
