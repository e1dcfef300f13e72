"""A partner that keeps nothing gets the sealed answers back, or the form itself."""

import json

import pytest
from django.test import Client

from registration.models import Application, DailyCount, Document, WebhookMessage
from tests.api.test_applications import body

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing(partner) -> None:
    partner.keeps_nothing = True
    partner.save()


def asked() -> dict:
    """An application without a wish for messages: who keeps nothing sends none."""
    return {name: value for name, value in body().items() if name != "messages"}


def stored() -> list[int]:
    return [model.objects.count() for model in (Application, Document, WebhookMessage)]


def test_sealed_answers_come_back_and_nothing_is_stored(live):
    sent = asked()
    answer = live.post("applications/", sent)
    said = json.loads(answer.content)
    assert (answer.status_code, said["stored"], said["id"], said["form"]) == (201, False, None, None)
    assert "Location" not in answer.headers
    assert stored() == [0, 0, 0]
    assert DailyCount.objects.get(kind="form_made").count == 1
    form = Client().post("/form/", {"reference": sent["reference"], "sealed": said["sealed"]})
    assert (form.status_code, form["Content-Type"]) == (200, "application/pdf")


def test_form_itself_is_given_at_once(live):
    answer = live.post("applications/", asked(), accept="application/pdf")
    assert (answer.status_code, answer.content[:5], stored()) == (201, b"%PDF-", [0, 0, 0])
    assert "X-Application-Id" not in answer.headers


def test_whoever_keeps_says_so(live, partner):
    partner.keeps_nothing = False
    partner.save()
    said = json.loads(live.post("applications/", body()).content)
    assert (said["stored"], said["sealed"], said["form"]["media_type"]) == (True, "", "application/pdf")


def test_many_at_once_come_back_too(live):
    said = json.loads(live.post("applications/bulk/", {"items": [asked(), asked()]}).content)
    assert [each["application"]["stored"] for each in said["results"]] == [False, False]
    assert stored() == [0, 0, 0]
