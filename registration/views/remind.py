"""For who is too young: a reminder of the first day on which they may register. Their date of birth is not kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registration import phrases
from registration.domain import subscriptions
from registration.domain.bots import Challenge
from registration.domain.submission import new_reference
from registration.domain.subscriptions import FirstDay
from registration.forms.application_form import TRAP, Setting
from registration.forms.bound import Complaint
from registration.forms.reminder_form import ReminderForm
from registration.phrases.eligibility import told
from registration.views import presenting
from registration.views.away import comes_back
from registration.views.challenge import carries, challenge
from registration.views.guard import own_site
from registration.views.page import page
from registration.views.partner import partner_of, to_state
from registration.views.place import setting_for
from state_rules import Jurisdiction


@dataclass(frozen=True, slots=True)
class Shown:
    """How the form comes back: with what is wrong, with a message, or with what is asked of its sender first. ``same``:
    under the reference that it came with, whatever the message."""

    status: int = 200
    complaints: tuple[Complaint, ...] = ()
    message: str = ""
    same: bool = False
    challenge: Challenge | None = None


def _again(request: HttpRequest, code: Jurisdiction) -> HttpResponse:
    """The same form, under the same reference: should the reminder be kept after all, it is so once."""
    setting = setting_for(code)
    message = _("We could not keep this just now. Your answers are still here. Please send them again in a minute.")
    form = ReminderForm(setting.jurisdiction, setting.on, request.POST)
    return _show(request, setting, form, Shown(message=message, same=True))


@own_site
@require_http_methods(["GET", "HEAD", "POST"])
@comes_back(_again)
def remind(request: HttpRequest, code: Jurisdiction) -> HttpResponse:
    setting = setting_for(code)
    if not is_offered(request, setting):
        return to_state(request, code.code)
    if request.method != "POST":
        return _show(request, setting, ReminderForm(setting.jurisdiction, setting.on))
    form = ReminderForm(setting.jurisdiction, setting.on, request.POST)
    if request.POST.get(TRAP):
        message = _("Something was filled in by a program in a box that people do not see. Please send the form again.")
        return _show(request, setting, form, Shown(422, message=message))
    if form.date_complaints:
        return _show(request, setting, form, Shown(422, (*form.date_complaints, *form.address_complaints)))
    assert isinstance(form.birth_date, date)  # noqa: S101  for the type checker
    found = subscriptions.first_day(form.birth_date, setting.jurisdiction, setting.election, setting.on)
    if found.standing != "later" or found.day is None:
        return _answer(request, setting, found)
    if form.address_complaints:
        return _show(request, setting, form, Shown(422, form.address_complaints))
    token = request.POST.get("reference", "")
    asked = challenge(request, _was_kept)
    if asked:
        response = _show(request, setting, form, Shown(429, challenge=asked))
        response.headers["Retry-After"] = str(asked.seconds)
        return response
    kept = subscriptions.keep_birthday(form.wish, found.day, setting.jurisdiction, token, timezone.now())
    if kept is None:
        message = _("This page was not complete. Please send the form again.")
        return _show(request, setting, form, Shown(422, message=message))
    return _answer(request, setting, found, token)


def _was_kept(token: str) -> bool:
    return subscriptions.find(token, timezone.now()) is not None


def is_offered(request: HttpRequest, setting: Setting) -> bool:
    """Whether we remind there: not where nobody registers, nor for a partner for whom nothing is kept."""
    offered = subscriptions.offered(partner_of(request), setting.jurisdiction, setting.on)
    return bool(offered) and setting.needs.acceptance != "no_registration"


def _show(request: HttpRequest, setting: Setting, form: ReminderForm, shown: Shown = Shown()) -> HttpResponse:
    sent_before = request.POST.get("reference", "")
    reference = sent_before if sent_before and (shown.same or not shown.message) else new_reference()
    context: dict[str, Any] = {
        **_place(setting),
        "bound": form.bound(shown.complaints),
        "blocking": shown.complaints,
        "message": shown.message,
        "reference": reference,
        **carries(request, reference, shown.challenge),
    }
    return page(request, "messages/remind.html", context, shown.status)


def _place(setting: Setting) -> dict[str, Any]:
    code = setting.jurisdiction
    return {"place": code.code, "state": phrases.jurisdiction_name(code), "in_state": phrases.in_sentence(code)}


def _answer(request: HttpRequest, setting: Setting, found: FirstDay, token: str = "") -> HttpResponse:
    """What the rules say of this birth date, and that we remind, where we do."""
    title, paragraphs = phrases.assessment(found.assessment, setting.jurisdiction)
    sources = presenting.cited(*(reason.sources for reason in told(found.assessment)))
    context: dict[str, Any] = {
        **_place(setting),
        "standing": found.standing,
        "title": title,
        "paragraphs": paragraphs,
        "day": phrases.day(found.day) if found.day else "",
        "is_sure": found.is_sure,
        "token": token,
        "sources": [{"line": each.line, "url": each.url} for each in sources],
        "office": presenting.office(setting),
        "switches": [],
    }
    return page(request, "messages/reminded.html", context)
