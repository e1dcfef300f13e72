"""Our reading of whether, and from when, a person may register. Nothing of it is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from api import saying
from api.base import ApiView
from api.errors import ApiProblem, Fault
from api.examples import ASSESSMENT
from api.openapi import answered, example
from api.serializers.assessments import AssessmentAnswers, AssessmentSerializer
from api.serializers.strict import read
from registration import phrases
from registration.domain import rules
from registration.domain.validation import Problem
from registration.domain.validation.who import OLDEST
from registration.forms.application_form import Setting
from registration.phrases.eligibility import paragraph
from registration.phrases.questions import question
from registration.views.place import setting_for
from registration.views.presenting import cited
from state_rules import Answers, Assessment, Reading, Reason, assess, load


class Assessments(ApiView):
    """May I register, sign up early, vote? Send what the person has said so far; ask `next_question` next.

    Nothing is stored and no key is needed.
    """

    @answered(
        "Assess eligibility",
        AssessmentAnswers,
        AssessmentSerializer,
        examples=[example("A citizen of 40", ASSESSMENT)],
    )
    def post(self, request: Request) -> Response:
        sent = read(AssessmentAnswers, request.data)
        setting = setting_for(load(sent.pop("jurisdiction")))
        _check_days(sent, setting)
        channel = sent.pop("channel", "mail")
        said = Answers(**{name: value for name, value in sent.items() if value is not None})
        found = assess(said, setting.jurisdiction, setting.election, setting.on, channel)
        return Response(_said(found, setting))


def _check_days(sent: dict[str, Any], setting: Setting) -> None:
    """A birth that has not come yet, or before anyone's now alive, is a slip of the hand."""
    born: date | None = sent.get("birth_date")
    if born is None:
        return
    code = "birth_date_future" if born > setting.on else ""
    code = "birth_date_too_long_ago" if born.year < setting.on.year - OLDEST else code
    if code:
        detail = phrases.problem(Problem(code, "birth_date"), setting.jurisdiction)
        raise ApiProblem("invalid", (Fault(code, "birth_date", "#/birth_date", detail),))


def _said(found: Assessment, setting: Setting) -> dict[str, Any]:
    place = setting.jurisdiction
    title, paragraphs = phrases.assessment(found, place)
    readings = {
        "registering": found.registering,
        "preregistering": found.preregistering,
        "voting": found.voting,
    }
    every = (*found.reasons, *(reason for reading in readings.values() for reason in reading.reasons))
    reasons = {reason.code: reason for reason in reversed(every)}
    following = found.next_question
    return {
        "jurisdiction": place.code,
        "rules_version": rules.standing(place.code, setting.on).version,
        "election": saying.election(setting),
        "outcome": found.outcome,
        "from_day": _day(found.from_day),
        "title": title,
        "paragraphs": paragraphs,
        "readings": {name: _reading(reading) for name, reading in readings.items()},
        "reasons": [_reason(reason, setting) for reason in reversed(reasons.values())],
        "ask": list(dict.fromkeys(reason.code for reason in found.ask)),
        "office": saying.office(setting),
        "next_question": {"field": following, "text": question(following, place)} if following else None,
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "outcome": reading.outcome,
        "from_day": _day(reading.from_day),
        "ballot": reading.ballot,
        "reasons": list(dict.fromkeys(reason.code for reason in reading.reasons)),
    }


def _reason(reason: Reason, setting: Setting) -> dict[str, Any]:
    return {
        "code": reason.code,
        "text": paragraph(reason, setting.jurisdiction),
        "confidence": reason.confidence,
        "sources": saying.sources(cited(reason.sources)),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


urlpatterns = [path("assessments/", Assessments.as_view(), name="assessments")]
