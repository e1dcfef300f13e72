"""All that we know of a jurisdiction's rules, today or on another day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registration import phrases
from registration.domain.rules import standing
from registration.views import facts, notices
from registration.views.page import page, public_briefly, switches
from registration.views.partner import carried, query_of
from registration.views.place import today
from state_rules import Jurisdiction

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Federal elections follow from their rule for ever; nobody needs them beyond this day.
LAST_DAY = date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day asked for. ``day`` is today where none was, or where what was ``typed`` has a ``problem``."""

    day: date
    typed: str = ""
    problem: str = ""
    other: bool = False


def as_of(typed: str, jurisdiction: Jurisdiction, now: date) -> AsOf:
    """The day in an address: ``typed`` as YYYY-MM-DD, from the first day of the data on."""
    typed = typed.strip()
    if not typed:
        return AsOf(now)
    try:
        day = date.fromisoformat(typed) if _WRITTEN.fullmatch(typed) else None
    except ValueError:
        day = None
    first = facts.first_day(jurisdiction)
    if day is None:
        return AsOf(now, typed[:20], _("Enter a day as year, month and day, like 2027-01-31."))
    if day < first:
        problem = _("Our data begins on %(day)s. Enter that day or a later one.") % {"day": phrases.plain_day(first)}
        return AsOf(now, typed, problem)
    if day > LAST_DAY:
        return AsOf(now, typed, _("Enter a day before the year 2100."))
    return AsOf(day, typed, other=day != now)


@public_briefly
@require_safe
def rules(request: HttpRequest, code: Jurisdiction) -> HttpResponse:
    if not request.path_info.islower():
        return redirect(reverse("rules", kwargs={"code": code.code}) + _kept(request, request.GET.get("on", "")))
    asked = as_of(request.GET.get("on", ""), code, today(code))
    # a correction counts on its days alone, whatever day it is now
    found = standing(code.code, asked.day)
    jurisdiction = found.jurisdiction
    context = {
        "place": code.code,
        "state": phrases.jurisdiction_name(jurisdiction),
        "in_state": phrases.in_sentence(jurisdiction),
        "asked": asked,
        "day": phrases.day(asked.day),
        "groups": facts.groups(found, asked.day),
        "checked_on": phrases.plain_day(jurisdiction.review.checked_on),
        "review_note": jurisdiction.review.note,
        "version": found.version,
        "unread": notices.unread(with_switches=False),
    }
    if asked.other:
        context["switches"] = switches(request, _kept(request, asked.typed))
    return page(request, "states/rules.html", context, status=422 if asked.problem else 200)


def _kept(request: HttpRequest, on: str) -> str:
    """The query that carries on the day, the partner and where the person came from; "" where there is neither."""
    return query_of({**({"on": on} if on else {}), **carried(request)})
