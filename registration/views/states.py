"""A jurisdiction's page: how and by when one can register there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from registration import phrases
from registration.domain.validation import is_form_made
from registration.forms.application_form import Setting
from registration.views import notices, presenting
from registration.views.page import page, public_briefly
from registration.views.partner import to_state
from registration.views.place import setting_for
from registration.views.remind import is_offered
from state_rules import FormNeeds, Jurisdiction, Version


@public_briefly
@require_safe
def state(request: HttpRequest, code: Jurisdiction) -> HttpResponse:
    if not request.path_info.islower():
        return to_state(request, code.code)
    setting = setting_for(code)
    code, needs = setting.jurisdiction, setting.needs
    cards = presenting.cards(setting)
    context = {
        "place": code.code,
        "state": phrases.jurisdiction_name(code),
        "in_state": phrases.in_sentence(code),
        "missed": presenting.missed(setting) if needs.acceptance != "no_registration" else [],
        "open": cards.open,
        "off": cards.off,
        "closed": cards.closed,
        "unread": notices.unread(),
        "form_made": is_form_made(needs),
        "request_only": needs.acceptance == "request_only",
        "acceptance": phrases.acceptance(needs, code),
        "election_name": phrases.election_name(setting.election),
        "election_day": phrases.day(setting.election.day),
        "election_doubt": phrases.election_doubt(setting.election),
        "elections": presenting.election_rows(code, setting.on),
        "online": needs.online.value,
        "requirements": phrases.requirements(needs, code) if needs.acceptance != "no_registration" else [],
        "remind": is_offered(request, setting),
        "requirement_sources": presenting.cited(*_who_may(needs)),
        "requirement_confirm": _confirm(setting),
        "status_url": needs.pages.value.status,
        "status_confirm": phrases.confirm(needs.pages, needs.office.value),
        "office": presenting.office(setting),
        "office_doubt": phrases.office_doubt(needs.office),
        "checked_on": phrases.plain_day(code.review.checked_on),
    }
    context |= _corrected(setting, context)
    if not context["form_made"]:
        context["no_form_title"], context["no_form"] = phrases.no_form(needs, code)
        context["no_form_sources"] = presenting.cited(needs.nvra)
    return page(request, "states/state.html", context)


def _corrected(setting: Setting, context: dict[str, Any]) -> dict[str, Any]:
    """The corrections beside who may register, the look-up page and the office; and the rest of them."""
    beside: dict[str, tuple[str, ...]] = {"office_corrected": ("office",)}
    if context["requirements"]:
        beside["requirement_corrected"] = notices.WHO_MAY
        if context["status_url"]:
            beside["status_corrected"] = ("pages",)
    shown = [rule for rules in beside.values() for rule in rules]
    for way in (*context["open"], *context["off"], *context["closed"]):
        shown += notices.OF_WAY[way.channel]
    remarks = {name: notices.remarks(setting.corrections, rules) for name, rules in beside.items()}
    return {**remarks, "corrected": notices.other_remarks(setting, tuple(shown))}


def _who_may(needs: FormNeeds) -> tuple[Version[Any], ...]:
    """The rules behind the list of who may register, with what has to be sent."""
    found: list[Version[Any]] = [needs.age, needs.residency, needs.felony, needs.capacity]
    if needs.citizenship_proof.value.documents != "none":
        found.append(needs.citizenship_proof)
    return tuple(found)


def _confirm(setting: Setting) -> str:
    """The first sentence that asks to confirm who may register; "" where we are sure of all of it."""
    needs = setting.needs
    said = (phrases.confirm(version, needs.office.value) for version in _who_may(needs))
    return next((sentence for sentence in said if sentence), "")
