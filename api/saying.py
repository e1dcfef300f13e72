"""Parts of answers that several views give, in the active language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from registration import phrases
from registration.domain.documents import cover_sheet
from registration.forms.application_form import ApplicationForm, Setting
from registration.forms.personal_steps import ELIGIBILITY
from registration.views import presenting
from registration.views.apply import outcome
from registration.views.page import document_language
from registration.views.presenting import Cited
from state_rules import due_dates


def sources(found: list[Cited]) -> list[dict[str, str]]:
    return [{"line": each.line, "url": each.url} for each in found]


def office(setting: Setting) -> dict[str, str]:
    found = presenting.office(setting)
    return {"name": found.name, "telephone": found.telephone, "email": found.email, "website": found.website}


def election(setting: Setting) -> dict[str, Any]:
    found = setting.election
    return {
        "name": phrases.election_name(found),
        "day": found.day.isoformat(),
        "doubt": phrases.election_doubt(found),
    }


def instructions(form: ApplicationForm) -> dict[str, Any]:
    """What the applicant does with the form, in words, and what that rests on."""
    setting = form.setting
    place, needs, language = setting.jurisdiction, setting.needs, get_language() or "en"
    cover = cover_sheet(place, setting.election, document_language(language), setting.on, setting.off)
    due = due_dates(place, setting.election, "mail", setting.on)
    mail = presenting.mail_due(setting)
    day = phrases.mailing_day(due, setting.on) if needs.acceptance == "registers" else None
    return {
        "jurisdiction": place.code,
        "language": language,
        "election": election(setting),
        "warning": cover.warning,
        "request_only": cover.request_only,
        "mail_by": mail["mail_by"],
        "mail_by_day": day.isoformat() if day else None,
        "confirm": cover.uncertain,
        "mail_to": list(cover.mail_to),
        "mail_to_hint": cover.mail_to_hint,
        "next_steps": list(cover.steps),
        "reading": _reading(form),
        "office": office(setting),
        "sources": sources(presenting.cited(due.version, needs.nvra, needs.mail_to, needs.office)),
    }


def _reading(form: ApplicationForm) -> dict[str, Any] | None:
    if not form.step(ELIGIBILITY):
        return None
    found = outcome(form)
    return {**found, "contact": list(found["contact"])}
