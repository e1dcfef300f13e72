"""The next deadline of one state, alone: small enough for a corner of another site."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from registration import phrases
from registration.domain.routing import route
from registration.views import notices, presenting
from registration.views.page import page, public_briefly
from registration.views.place import setting_for
from state_rules import Jurisdiction, Way


@public_briefly
@require_safe
def alone(request: HttpRequest, code: Jurisdiction) -> HttpResponse:
    """Every open way with its last day, the soonest first."""
    setting = setting_for(code)
    code, needs = setting.jurisdiction, setting.needs
    found = route(code, setting.election, setting.on, setting.off)
    ways = [presenting.card(way, setting) for way in sorted(found.open, key=_soonest)]
    context = {
        "place": code.code,
        "in_state": phrases.in_sentence(code),
        "next": next((way for way in ways if way.last_day), None),
        "ways": ways,
        "off": [presenting.card(way, setting) for way in found.off],
        "no_registration": phrases.no_form(needs, code)[0] if needs.acceptance == "no_registration" else "",
        "election_name": phrases.election_name(setting.election),
        "election_day": phrases.day(setting.election.day),
        "election_doubt": phrases.election_doubt(setting.election),
        "unread": notices.unread(),
        "office": presenting.office(setting),
        "checked_on": phrases.plain_day(code.review.checked_on),
    }
    return page(request, "widget/deadline.html", context)


def _soonest(way: Way) -> tuple[date, bool]:
    return way.last_day or date.max, way.last_day is None
