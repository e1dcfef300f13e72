"""Our reading of a person's answers, and of an address. Nothing is kept of either."""

import json
from datetime import date

import pytest

from registration.models import RateWindow
from tests.api.conftest import problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_day(time_machine):
    time_machine.move_to("2028-06-01T15:30:00Z", tick=False)


def assess(public, **answers):
    response = public.post("assessments/", {"jurisdiction": "OH", **answers})
    assert response.status_code == 200
    return json.loads(response.content)


def test_reading_of_a_citizen_of_age(public):
    said = assess(
        public, citizen=True, birth_date="1990-02-28", resident=True, conviction="none", court_finding="no",
        resident_since="2010-01-01",
    )  # fmt: skip
    assert (said["outcome"], said["title"]) == ("eligible", "It looks like you can register")
    assert said["readings"]["registering"]["outcome"] == "eligible"
    assert said["next_question"] is None
    [reason] = [each for each in said["reasons"] if each["code"] == "old_enough"]
    assert reason["sources"]
    assert reason["text"].startswith("You are old enough")


def test_next_question_leads_through_all_of_them(public):
    answers = {"citizen": True, "birth_date": "1990-02-28", "resident": True, "conviction": "none",
               "owes_payment": False, "court_finding": "no", "resident_since": "2010-01-01", "has_documents": True,
               "registered": False}  # fmt: skip
    said, asked = {}, []
    following = assess(public)["next_question"]
    while following:
        asked.append(following["field"])
        said[following["field"]] = answers[following["field"]]
        following = assess(public, **said)["next_question"]
    assert asked[:3] == ["citizen", "birth_date", "resident"]
    assert len(asked) == len(set(asked))


def test_person_who_is_no_citizen_is_told_only_that(public):
    said = assess(public, citizen=False, birth_date="1990-02-28")
    assert said["outcome"] == "ask_official"
    assert said["title"] == "You can register when you are a citizen"
    assert said["ask"] == ["not_a_citizen"]


def test_young_person_is_told_from_when(public):
    said = assess(public, citizen=True, birth_date="2014-01-01")
    assert said["outcome"] == "not_yet"
    assert date.fromisoformat(said["from_day"]) > date(2028, 6, 1)


def test_reading_speaks_spanish(public):
    response = public.post("assessments/?lang=es", {"jurisdiction": "OH", "citizen": False})
    assert json.loads(response.content)["title"] == "Podrá inscribirse cuando tenga la ciudadanía"


@pytest.mark.parametrize(
    ("answers", "code", "pointer"),
    [
        ({"birth_date": "2030-01-01"}, "birth_date_future", "#/birth_date"),
        ({"birth_date": "0001-01-01"}, "birth_date_too_long_ago", "#/birth_date"),
        ({"birth_date": "1990-02-30"}, "not_a_date", "#/birth_date"),
        ({"birth_date": "19900228"}, "not_a_date", "#/birth_date"),
        ({"birth_date": 1990}, "not_a_string", "#/birth_date"),
        ({"citizen": "yes"}, "not_a_boolean", "#/citizen"),
        ({"conviction": "maybe"}, "invalid_choice", "#/conviction"),
        ({"channel": None}, "null", "#/channel"),
        ({"citizens": True}, "unknown_field", "#/citizens"),
    ],
)
def test_answer_of_another_shape_is_refused(public, answers, code, pointer):
    found = problem(public.post("assessments/", {"jurisdiction": "OH", **answers}))
    assert found == (400, "invalid", [(code, pointer)])


def test_nothing_of_an_assessment_is_kept(public):
    assess(public, citizen=True, birth_date="1990-02-28")
    from django.apps import apps

    kept = {model.__name__ for model in apps.get_models() if model.objects.exists()}
    assert kept <= {"RateWindow", "Partner", "ContentType", "Permission", "AuditHead"}
    assert RateWindow.objects.count() == 1


def check(public, **address):
    response = public.post("addresses/check/", {"street": "", "state": "OH", "zip": "", **address})
    assert response.status_code == 200
    return json.loads(response.content)


def test_address_with_its_unit_in_the_street_line(public):
    said = check(public, street="123 Main St Apt 4B", zip="43215")
    assert said["suggestion"] == {"street": "123 Main St", "unit": "Apt 4B"}
    assert said["zip"] == {"has_shape": True, "states": ["OH"], "agrees_with_state": True}


@pytest.mark.parametrize(
    ("address", "agrees"),
    [({"zip": "30303"}, False), ({"zip": "43215-1234"}, True), ({"zip": "4321"}, None), ({"state": "ZZ"}, None)],
)
def test_zip_and_state(public, address, agrees):
    assert check(public, **address)["zip"]["agrees_with_state"] is agrees


@pytest.mark.parametrize(
    "street", ["corner of 5th & Main", "12½ O’Brien St", "🏠", "x" * 1000, "PO Box 12", "' OR 1=1 --", " "]
)
def test_address_that_looks_odd_is_never_refused(public, street):
    said = check(public, street=street)
    assert said["kinds"]["po_box"] is (street == "PO Box 12")
