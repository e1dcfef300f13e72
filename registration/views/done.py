"""The page after the submission: the form to take home, and what to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from registration import phrases
from registration.domain import contacts
from registration.domain.documents import cover_sheet
from registration.domain.submission import Submitted
from registration.forms.application_form import Setting
from registration.views import notices, presenting
from registration.views.contact import in_words
from registration.views.messages import code_waits
from registration.views.messages import in_words as messages_in_words
from registration.views.page import document_language, page
from registration.views.partner import partner_of
from registration.views.place import local_day


@dataclass(frozen=True, slots=True)
class Outcome:
    """``reading``: our reading of the eligibility answers, which without the script was not shown before. ``lost``:
    what the database could not take, "form" and perhaps "contact" and "messages"; nothing where nothing was to be kept.
    """

    submitted: Submitted
    reading: dict[str, Any] | None
    lost: tuple[str, ...] = ()


def done(request: HttpRequest, setting: Setting, reference: str, outcome: Outcome) -> HttpResponse:
    """No redirect and no link leads here: the reference stands only in this page's own form."""
    submitted = outcome.submitted
    jurisdiction, needs = setting.jurisdiction, setting.needs
    language = document_language(get_language())
    cover = cover_sheet(jurisdiction, setting.election, language, setting.on, setting.off)
    context: dict[str, Any] = {
        "switches": [],
        "place": jurisdiction.code,
        "state": phrases.jurisdiction_name(jurisdiction),
        "reference": reference,
        "carried": submitted.carried,
        "lost": outcome.lost,
        "reading": outcome.reading,
        "contact": _contact(request, reference) if not submitted.carried else None,
        "messages": messages_in_words(submitted) if not submitted.carried else None,
        "code_waits": code_waits(submitted) if not submitted.carried else False,
        "steps": cover.steps,
        "warning": cover.warning,
        "uncertain": cover.uncertain,
        "mail_to": cover.mail_to,
        "mail_to_hint": cover.mail_to_hint,
        "request_only": cover.request_only,
        "status_url": needs.pages.value.status,
        "office": presenting.office(setting),
        "corrected": notices.remarks(setting.corrections, notices.AFTER_FORM),
        "expires": phrases.day(local_day(submitted.expires_at, jurisdiction)),
        **presenting.mail_due(setting),
    }
    return page(request, "apply/done.html", context)


def _contact(request: HttpRequest, reference: str) -> dict[str, Any] | None:
    return in_words(contacts.given(reference, timezone.now())) if partner_of(request) else None
