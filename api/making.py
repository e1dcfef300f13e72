"""One application from what a program sent: the same form, the same problems and the same record as on our pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from api.answers import contact_texts, faults, message_texts, posted
from api.errors import ApiProblem, Fault, fault
from registration import phrases
from registration.applicant import Applicant
from registration.domain import contacts, subscriptions
from registration.domain.counting import Kind, Visit, count, tracking
from registration.domain.submission import (
    Expired,
    NotFound,
    ReferenceReused,
    Submission,
    Submitted,
    open_form,
    submit,
    was_submitted_by,
)
from registration.domain.validation import Problem, is_form_made
from registration.forms.application_form import ApplicationForm, Setting
from registration.models import Application, Partner
from registration.views import notices
from registration.views.place import setting_for
from state_rules import load


@dataclass(frozen=True, slots=True)
class Prepared:
    """An application that can be made, or that was made before with the same reference."""

    form: ApplicationForm
    reference: str
    words: tuple[str, str, str]

    @property
    def setting(self) -> Setting:
        return self.form.setting

    @property
    def applicant(self) -> Applicant:
        return self.form.applicant


def prepare(sent: dict[str, Any], asker: Partner, partner: Partner | None) -> Prepared:
    """``sent`` as its serializer took it. Raises ApiProblem with everything that stands in the way. ``asker``: whose
    questions a contact answers.

    A reference that ``partner`` used before is not asked again about what may have changed since: a replay gives
    what was given. ``partner`` is None where nothing is to be looked up.
    """
    setting = setting_for(load(sent["jurisdiction"]))
    if not is_form_made(setting.needs):
        raise _form_not_used(setting)
    texts: dict[str, str] = {"notices_seen": " ".join(sent.get("notices_seen", ()))}
    form = ApplicationForm(setting, texts)
    answers, misfits = posted(sent["answers"], form.steps)
    texts.update(answers)
    if "contact" in sent:
        setting, unknown = _asking(setting, asker, sent["contact"])
        misfits += unknown
        texts.update(contact_texts(sent["contact"], sent.get("source", "")))
        form = ApplicationForm(setting, texts)
    if "messages" in sent:
        setting, not_offered = _offering(setting, asker, sent["messages"])
        misfits += not_offered
        texts.update(message_texts(sent["messages"]))
        form = ApplicationForm(setting, texts)
    is_replay = partner is not None and was_submitted_by(partner, sent["reference"])
    if not is_replay:
        _refuse_if_off(setting)
        _refuse(misfits, form)
    elif misfits:
        raise ApiProblem("invalid", tuple(misfits))
    words = (sent.get("source", ""), sent.get("medium", ""), sent.get("campaign", ""))
    return Prepared(form, sent["reference"], words)


def also_wrong(sent: dict[str, Any], asker: Partner) -> tuple[Fault, ...]:
    """What is wrong with the answers of a request that is refused in any case, so that all is said at once."""
    if not {"jurisdiction", "answers"} <= set(sent):
        return ()
    try:
        prepare({"reference": "", **sent}, asker, None)
    except ApiProblem as problem:
        return problem.faults
    return ()


def _asking(setting: Setting, asker: Partner, contact: dict[str, Any]) -> tuple[Setting, list[Fault]]:
    """The setting with the questions that may be asked there, and the ones said yes to that are none of them."""
    asked = contacts.asked(asker, setting.jurisdiction, setting.on)
    known = {question.pk for question in asked}
    said = [each["id"] for each in contact["questions"]]
    unknown = [
        fault("question_unknown", ("contact", "questions", number, "id"))
        for number, question in enumerate(said)
        if question not in known
    ]
    return replace(setting, partner=asker, questions=asked), unknown


def _offering(setting: Setting, asker: Partner, messages: dict[str, Any]) -> tuple[Setting, list[Fault]]:
    """The setting with the messages that we offer there, and those said yes to that are none of them."""
    offered = subscriptions.offered(asker, setting.jurisdiction, setting.on)
    refused = [name for name in subscriptions.NAMES if messages.get(name) and name not in offered]
    return replace(setting, messages=offered), [fault("message_not_offered", ("messages", name)) for name in refused]


def _refuse(misfits: list[Fault], form: ApplicationForm) -> None:
    wrong = {each.pointer for each in misfits}
    found = [*misfits, *(each for each in faults(form.complaints) if each.pointer not in wrong)]
    if found:
        raise ApiProblem("notices" if all(each.advisory for each in found) else "invalid", tuple(found))


def _form_not_used(setting: Setting) -> ApiProblem:
    problem = Problem("form_not_used", "", {"acceptance": setting.needs.acceptance})
    detail = phrases.problem(problem, setting.jurisdiction)
    return ApiProblem("form_not_used", (Fault("form_not_used", "jurisdiction", "#/jurisdiction", detail),))


def _refuse_if_off(setting: Setting) -> None:
    off = notices.off(setting, "mail")
    if off:
        detail = " ".join([off.reason.text, off.time, *off.advice])
        raise ApiProblem("switched_off", (Fault("switched_off", "jurisdiction", "#/jurisdiction", detail),))


def make(prepared: Prepared, partner: Partner, now: datetime) -> Submitted:
    """Seal and store, once; counted once. Raises ApiProblem where the reference stands for something else."""
    language = get_language() or "en"
    submission = Submission(
        prepared.applicant,
        language,
        prepared.setting.election.day,
        channel=Application.Channel.API,
        partner=partner.slug,
        wish=prepared.form.wish,
        messages=prepared.form.messages,
    )
    code, words = prepared.setting.jurisdiction.code, tracking(*prepared.words)

    def counted(partner: Partner) -> None:
        count(Visit(partner, Application.Channel.API, code, language, words), Kind.FORM_MADE, now)

    try:
        submitted = submit(submission, reference=prepared.reference, now=now, alongside=counted)
    except ReferenceReused:
        raise _reused(prepared.reference, now) from None
    if submitted.application.language != language:
        raise ApiProblem("reference_reused")
    return submitted


def _reused(reference: str, now: datetime) -> ApiProblem:
    try:
        open_form(reference, now=now)
    except Expired:
        return ApiProblem("expired")
    except NotFound:
        pass
    return ApiProblem("reference_reused")


def would(prepared: Prepared, partner: Partner) -> str:
    """What ``make`` would do: "create" or "replay". Raises ApiProblem as it would."""
    if not was_submitted_by(partner, prepared.reference):
        return "create"
    now = timezone.now()
    try:
        opened = open_form(prepared.reference, now=now)
    except (Expired, NotFound):
        raise ApiProblem("expired") from None
    is_same = opened.applicant == prepared.applicant and opened.application.language == (get_language() or "en")
    if not is_same:
        raise ApiProblem("reference_reused")
    return "replay"
