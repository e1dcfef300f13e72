"""The page "Contacts": the people who let the partner write to them, and the file of them all."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registration import phrases
from registration.domain import contacts, exports
from registration.domain.audit import Order, Refused
from registration.domain.contacts import Person
from registration.domain.exports import Format, TooManyRows
from registration.domain.retention import length_of
from registration.models import Membership, Role
from registration.views.partners.access import member_page, order_of
from registration.views.partners.charts import number
from registration.views.partners.page import member_page_response
from state_rules import load

ROWS_A_PAGE = 50


@member_page(at_least=Role.OWNER, step_up=True)
@require_safe
def people(request: HttpRequest, membership: Membership) -> HttpResponse:
    now, partner = timezone.now(), membership.partner
    count = contacts.waiting(partner, now).count()
    last = max(1, math.ceil(count / ROWS_A_PAGE))
    shown = min(_page_number(request.GET.get("page", "")), last)
    context: dict[str, Any] = {
        "count": number(count),
        "days": length_of("contacts").days,
        "questions": [(_means(means), text, number(many)) for means, text, many in contacts.by_question(partner, now)],
        "people": [_row(person) for person in contacts.page_of(partner, now, shown, ROWS_A_PAGE)],
        "page": shown,
        "pages": last,
    }
    return member_page_response(request, membership, "partners/contacts.html", context)


def _page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 and int(text) else 1


def _means(means: str) -> str:
    return {"email": _("by email"), "phone": _("by telephone")}.get(means, means)


def _row(person: Person) -> dict[str, str]:
    return {
        "day": phrases.plain_day(person.given_at.date()),
        "name": person.name,
        "reach": ", ".join(each for each in (person.email, person.phone) if each),
        "zip_code": person.zip_code,
        "state": phrases.jurisdiction_name(load(person.jurisdiction)),
    }


@member_page(at_least=Role.OWNER, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, membership: Membership) -> HttpResponseBase:
    """The choice of a format, and the file itself, which is sent as it is read and stored nowhere."""
    if request.method != "POST":
        return _ask(request, membership)
    now = timezone.now()
    form: Format = "xlsx" if request.POST.get("format") == "xlsx" else "csv"
    try:
        exports.begin(membership.partner, form, _order(request, order_of(request, now)))
    except Refused:
        return _ask(request, membership, _("Give the reason in one line of at most 299 letters, or leave it empty."))
    except TooManyRows:
        return _ask(request, membership, _("There are too many contacts for an Excel file. Choose CSV."))
    kind = exports.KINDS[form]
    response = StreamingHttpResponse(exports.contacts_as(form, membership.partner, now), content_type=kind.content_type)
    name = f"contacts-{membership.partner.slug}-{now:%Y-%m-%d}.{kind.ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _order(request: HttpRequest, order: Order) -> Order:
    """With the reason that was given, as a sentence."""
    reason = request.POST.get("reason", "").strip()
    if not reason:
        return order
    return replace(order, reason=reason if reason[-1] in ".!?" else f"{reason}.")


def _ask(request: HttpRequest, membership: Membership, problem: str = "") -> HttpResponse:
    count = contacts.waiting(membership.partner, timezone.now()).count()
    context: dict[str, Any] = {
        "problem": problem,
        "count": count,
        "count_said": number(count),
        "format": request.POST.get("format", "csv"),
        "reason": request.POST.get("reason", ""),
        "longest_xlsx": number(exports.LONGEST_XLSX),
        "is_too_long": count > exports.LONGEST_XLSX,
    }
    return member_page_response(request, membership, "partners/export.html", context, 400 if problem else 200)
