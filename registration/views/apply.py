"""The form of one jurisdiction, and what its one submission gives."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from registration import phrases
from registration.domain import storing
from registration.domain.bots import Challenge
from registration.domain.submission import (
    CANNOT_STORE,
    BadReference,
    ReferenceReused,
    Submission,
    Submitted,
    carry,
    new_reference,
    submit,
    was_submitted,
)
from registration.domain.validation import is_form_made
from registration.forms.application_form import ApplicationForm, Setting
from registration.forms.bound import Complaint
from registration.forms.personal_steps import ELIGIBILITY
from registration.forms.shapes import Step, fields_of
from registration.models import SITE_SLUG
from registration.phrases.eligibility import told
from registration.views import counts, notices, presenting
from registration.views.challenge import carries, challenge, work_ahead
from registration.views.done import Outcome, done
from registration.views.guard import own_site
from registration.views.page import RETRY_AFTER, page
from registration.views.partner import carried, channel_of, partner_of, query_of, to_state
from registration.views.place import form_setting
from registration.views.steps import in_html
from state_rules import Answers, Jurisdiction, assess

logger = logging.getLogger(__name__)
#: The last step of the script's, in which nothing is asked.
REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Shown:
    """How a form comes back: with what is wrong, with a message, at a certain step, while it is switched off, or with
    what is asked of its sender first."""

    status: int = 200
    complaints: tuple[Complaint, ...] = ()
    message: str = ""
    start: str = ""
    off: notices.Off | None = None
    challenge: Challenge | None = None


@own_site
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: Jurisdiction) -> HttpResponse:
    setting = form_setting(code, partner_of(request))
    if not is_form_made(setting.needs):
        return to_state(request, code.code)
    off = notices.off(setting, "mail")
    if request.method != "POST":
        return _not_now(request, setting, off) if off else _show(request, ApplicationForm(setting), new_reference())
    form = ApplicationForm(setting, request.POST)
    reference = request.POST.get("reference", "")
    if "switch_language" in request.POST:
        return _show(request, form, reference, Shown(start=request.POST.get("step", ""), off=off))
    if off and not _was_submitted(reference):
        return _show(request, form, reference, Shown(409, off=off))
    if form.is_trapped:
        message = _("Something was filled in by a program in a box that people do not see. Please send the form again.")
        return _show(request, form, reference, Shown(422, message=message))
    if form.complaints:
        counts.started(request, code.code)
        return _show(request, form, reference, Shown(422, form.complaints))
    asked = challenge(request)
    if asked:
        counts.started(request, code.code)
        response = _show(request, form, reference, Shown(429, start=_after_challenge(form), challenge=asked))
        response.headers["Retry-After"] = str(asked.seconds)
        return response
    return _submit(request, form, reference)


def _was_submitted(reference: str) -> bool:
    """False also where the database does not say: then the page comes back with the answers and can be sent again."""
    try:
        return was_submitted(reference)
    except CANNOT_STORE:
        return False


def _types_id_again(form: ApplicationForm) -> bool:
    """Whether an ID number was chosen, which no page repeats."""
    return bool(form.data.get("id_choice")) and form.data.get("id_choice") != "none"


def _after_challenge(form: ApplicationForm) -> str:
    """Where the script goes on: at the number that has to be typed again, else at the end."""
    asked = (step.key for step in form.steps if any(field.name == "id_choice" for field in fields_of(step.items)))
    return next(asked, REVIEW) if _types_id_again(form) else REVIEW


def _submit(request: HttpRequest, form: ApplicationForm, reference: str) -> HttpResponse:
    partner, setting = partner_of(request), form.setting
    submission = Submission(
        form.applicant,
        get_language() or "en",
        form.setting.election.day,
        channel=channel_of(request),
        partner=partner.slug if partner else SITE_SLUG,
        wish=form.wish,
        messages=form.messages,
    )
    try:
        submitted = submit(
            submission,
            reference=reference,
            now=timezone.now(),
            alongside=lambda partner: counts.form_made(request, setting.jurisdiction.code, partner),
        )
    except ReferenceReused:
        message = _(
            "You already made a form from this page, and the answers are different now. "
            "Send it again to make a new form. Throw the old one away."
        )
        counts.started(request, setting.jurisdiction.code)
        return _show(request, form, new_reference(), Shown(409, message=message))
    except BadReference:
        message = _("This page was not complete. Please send the form again.")
        counts.started(request, setting.jurisdiction.code)
        return _show(request, form, new_reference(), Shown(422, message=message))
    except CANNOT_STORE:
        # Whatever was stored or not: nobody loses a form that they have filled in.
        logger.exception("answers could not be stored: they went back to their owner")
        carried_along = carry(submission, reference=reference, now=timezone.now())
        return _made(request, form, reference, carried_along, _lost(form))
    except DatabaseError:
        logger.exception("a form could not be stored")
        return _not_stored(request, form, reference)
    return _made(request, form, reference, submitted)


def _lost(form: ApplicationForm) -> tuple[str, ...]:
    """What the database could not take of what it should have kept."""
    if storing.keeps_nothing(form.setting.partner):
        return ()
    wishes = {"contact": form.wish, "messages": form.messages}
    return ("form", *(name for name, wish in wishes.items() if wish is not None))


def _made(
    request: HttpRequest, form: ApplicationForm, reference: str, submitted: Submitted, lost: tuple[str, ...] = ()
) -> HttpResponse:
    reading = outcome(form) if form.setting.needs.acceptance == "registers" else None
    return done(request, form.setting, reference, Outcome(submitted, reading, lost))


def _not_stored(request: HttpRequest, form: ApplicationForm, reference: str) -> HttpResponse:
    """The same form to send again, under the same reference: should it be stored after all, it is so once."""
    message = _("We could not keep your form just now. Your answers are still here. Please send it again in a minute.")
    response = _show(request, form, reference, Shown(503, message=message))
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _not_now(request: HttpRequest, setting: Setting, off: notices.Off) -> HttpResponse:
    """Instead of the form, while it is switched off."""
    context: dict[str, Any] = {
        "place": setting.jurisdiction.code,
        "in_state": phrases.in_sentence(setting.jurisdiction),
        "off": off,
        "unread": notices.unread(),
        "office": presenting.office(setting),
        "corrected": notices.remarks(setting.corrections, (*notices.OF_WAY["mail"], "office")),
        **presenting.mail_due(setting),
    }
    return page(request, "apply/off.html", context)


def _show(
    request: HttpRequest,
    form: ApplicationForm,
    reference: str,
    shown: Shown = Shown(),
) -> HttpResponse:
    setting, code, complaints = form.setting, form.setting.jurisdiction, shown.complaints
    steps = form.bound(complaints)
    first = next((bound.step.key for bound in steps if bound.has_problems), "")
    context: dict[str, Any] = {
        "place": code.code,
        "state": phrases.jurisdiction_name(code),
        "in_state": phrases.in_sentence(code),
        "reference": reference,
        "steps": in_html(steps, is_blank=not form.data),
        "complaints": complaints,
        "blocking": [each for each in complaints if not each.advisory],
        "advisory": [each for each in complaints if each.advisory],
        "notices_shown": form.notices_shown if complaints else " ".join(form.notices_seen),
        "counted": counts.remembered(request),
        "message": shown.message,
        "off": shown.off,
        "unread": notices.unread(),
        "corrected": notices.remarks(setting.corrections, notices.OF_FORM),
        "id_again": _types_id_again(form),
        "start": first or (shown.start if shown.start == REVIEW or form.step(shown.start) else ""),
        "request_only": setting.needs.acceptance == "request_only",
        "acceptance": phrases.acceptance(setting.needs, code),
        "documents": _before_any_answer(setting),
        "online": presenting.online_offer(setting),
        "outcome": _outcome_beside(request, form, complaints),
        "office": presenting.office(setting),
        "days": settings.SEALED_ANSWERS_DAYS,
        "keeps_nothing": storing.keeps_nothing(setting.partner),
        **carries(request, reference, shown.challenge),
        **presenting.mail_due(setting),
    }
    return page(request, "apply/form.html", context, shown.status)


def _before_any_answer(setting: Setting) -> list[str]:
    """What everybody should know first, whatever their answers: documents that the state wants to see."""
    assessment = assess(Answers(), setting.jurisdiction, setting.election, setting.on)
    if not assessment.reasons:
        return []
    return phrases.assessment(assessment, setting.jurisdiction)[1][: len(assessment.reasons)]


#: Problems after which our reading of the answers is shown, with whom to ask.
OUTCOME_CODES = frozenset({"citizen_no", "too_young", "too_young_ask", "age_rule_unsure", "ask_official"})


def outcome(form: ApplicationForm) -> dict[str, Any]:
    """Our reading of the eligibility answers, in words, with its sources and, where there is doubt, whom to ask."""
    assessment = form.assessment
    title, paragraphs = phrases.assessment(assessment, form.setting.jurisdiction)
    reasons = told(assessment)
    sources = presenting.cited(*(reason.sources for reason in reasons))
    sure = assessment.outcome == "eligible" and all(reason.confidence != "low" for reason in reasons)
    return {
        "title": title,
        "paragraphs": paragraphs,
        "contact": () if sure else presenting.office_lines(form.setting),
        "sources": [{"line": source.line, "url": source.url} for source in sources],
    }


def _outcome_beside(
    request: HttpRequest, form: ApplicationForm, complaints: tuple[Complaint, ...]
) -> dict[str, Any] | None:
    """Our reading, where one of the problems calls for it. ``remind``: where who is too young is reminded."""
    codes = {each.code for each in complaints}
    if not codes & OUTCOME_CODES:
        return None
    remind = ""
    if "too_young" in codes and form.setting.messages:
        remind = reverse("remind", kwargs={"code": form.setting.jurisdiction.code}) + query_of(carried(request))
    return {**outcome(form), "remind": remind}


@own_site
@require_POST
def check(request: HttpRequest, code: Jurisdiction) -> HttpResponse:
    """What the domain says of one step, for the script. Keeps nothing, logs nothing."""
    form = ApplicationForm(form_setting(code, partner_of(request)), request.POST)
    step = form.step(request.POST.get("step", ""))
    complaints = form.complaints_of(step) if step else ()
    if step:
        counts.started(request, code.code)
        if not complaints:
            counts.step_passed(request, code.code, step.key)
    said = {"problems": [asdict(each) for each in complaints], "outcome": _said_with(request, form, step, complaints)}
    work = work_ahead(request) if step and not complaints else ""
    return JsonResponse(said | ({"work": work} if work else {}))


def _said_with(
    request: HttpRequest, form: ApplicationForm, step: Step | None, complaints: tuple[Complaint, ...]
) -> dict[str, Any] | None:
    """Our reading, beside a problem that calls for it, or when the questions about it are passed without doubt."""
    passed = step is not None and step.key == ELIGIBILITY and not complaints
    if passed and form.assessment.outcome == "eligible":
        return outcome(form)
    return _outcome_beside(request, form, complaints)
