"""The same submission again, later: the done page says the same day, and never hands out a dead code."""

import pytest
import time_machine
from django.test import Client

from registration.domain.submission import new_reference
from registration.models import Application
from registration.views.place import setting_for
from state_rules import load
from tests.registration.flat_answers import flat_answers

pytestmark = pytest.mark.django_db
LATE_IN_ATLANTA = "2026-12-02 03:30:00+00:00"  # still December 1 there


def send(client: Client, reference: str, at: str):
    with time_machine.travel(at, tick=False):
        answers = flat_answers(setting_for(load("GA")).needs, "GA", "30303")
        return client.post("/apply/ga/", {**answers, "reference": reference})


def test_the_day_of_forgetting_is_the_first_submissions_in_the_applicants_zone(client):
    reference = new_reference()
    for at in (LATE_IN_ATLANTA, "2026-12-20 12:00:00+00:00"):
        response = send(client, reference, at)
        assert response.status_code == 200
        assert "until Thursday, December 31, 2026." in response.content.decode()


def test_a_submission_again_after_its_time_makes_a_new_form_and_not_a_dead_code(client):
    reference = new_reference()
    assert send(client, reference, LATE_IN_ATLANTA).status_code == 200
    late = send(client, reference, "2027-01-05 12:00:00+00:00")
    assert late.status_code == 409
    assert reference not in late.content.decode()
    assert Application.objects.count() == 1
