"""The step check: the same words as the form, for one step, and nothing kept."""

import pytest
import time_machine

from registration.models import Application

pytestmark = pytest.mark.django_db
ADDRESS = "/apply/ga/check/"


def test_step_with_nothing_wrong(client):
    answers = {"step": "name", "first_name": "Ana", "last_name": "Cruz"}
    response = client.post(ADDRESS, answers)
    assert response.json() == {"problems": [], "outcome": None}
    assert "no-store" in response["Cache-Control"]
    assert Application.objects.count() == 0


def test_step_with_a_problem_says_it_in_words(client):
    answers = {"step": "name", "first_name": "", "last_name": "Cruz"}
    assert client.post(ADDRESS, answers).json()["problems"] == [
        {
            "field": "first_name",
            "code": "first_name_required",
            "message": "Enter your first name, or check “I have one name.”",
            "advisory": False,
            "anchor": "id_first_name",
        }
    ]


def test_outcome_comes_with_reason_source_and_office(client):
    answers = {
        "step": "eligibility", "citizen": "yes", "eighteen": "yes", "other_rule": "yes",
        "birth_month": "4", "birth_day": "28", "birth_year": "1986",
    }  # fmt: skip
    said = client.post(ADDRESS, answers).json()
    assert [(each["code"], each["advisory"]) for each in said["problems"]] == [("ask_official", True)]
    assert said["outcome"]["title"] == "Ask the election office first"
    assert "(404) 656-2871" in said["outcome"]["contact"]
    assert [bool(source["line"]) for source in said["outcome"]["sources"]] != []


YES = {"step": "eligibility", "citizen": "yes", "eighteen": "yes", "other_rule": "no", "birth_month": "4",
       "birth_day": "28", "birth_year": "1986"}  # fmt: skip


def test_passed_questions_give_our_reading_with_its_source(client):
    said = client.post(ADDRESS, YES).json()
    assert said["problems"] == []
    assert said["outcome"]["title"] == "It looks like you can register"
    assert said["outcome"]["paragraphs"] == [
        "You are old enough to register in Georgia.",
        "This is our reading of the rules. Only an election official can decide.",
    ]
    assert said["outcome"]["contact"] == []
    assert said["outcome"]["sources"][0]["line"].startswith("National Mail Voter Registration Form")


def test_person_who_is_no_citizen_reads_only_of_that(client):
    said = client.post(ADDRESS, {**YES, "citizen": "no"}).json()["outcome"]
    assert said["title"] == "You can register when you are a citizen"
    assert [text for text in said["paragraphs"] if "old enough" in text] == []


def test_age_rule_that_hangs_on_an_unlisted_election_is_pointed_out_once(client):
    """Idaho, 2026: one must be 18 by the next election, and the next one listed is in 2028."""
    young = {**YES, "birth_month": "5", "birth_day": "1", "birth_year": "2010"}
    with time_machine.travel("2026-11-22 15:00:00+00:00", tick=False):
        said = client.post("/apply/id/check/", young).json()
        assert [(each["code"], each["field"], each["advisory"]) for each in said["problems"]] == [
            ("age_rule_unsure", "birth_date", True)
        ]
        assert said["outcome"]["title"] == "You may be able to register now"
        assert len(said["outcome"]["contact"]) > 1
        seen = {**young, "notices_seen": "age_rule_unsure:birth_date"}
        assert client.post("/apply/id/check/", seen).json()["problems"] == []


def test_notice_that_was_seen_is_not_repeated(client):
    answers = {"step": "address", "home_street": "1 Main St", "home_city": "Atlanta", "home_zip": "10001"}
    first = client.post(ADDRESS, answers).json()["problems"]
    assert [(each["code"], each["advisory"]) for each in first] == [("zip_state_mismatch", True)]
    assert client.post(ADDRESS, {**answers, "notices_seen": "zip_state_mismatch:home_zip"}).json()["problems"] == []


def test_notice_about_one_field_does_not_mute_it_for_another(client):
    answers = {"step": "address", "home_street": "1 Main St", "home_city": "Atlanta", "home_zip": "30303"}
    mail = {"mailing_street": "PO Box 7", "mailing_city": "Macon", "mailing_state": "GA", "mailing_zip": "10001"}
    sent = {**answers, **mail, "mailing_different": "yes", "notices_seen": "zip_state_mismatch:home_zip"}
    said = client.post(ADDRESS, sent).json()["problems"]
    assert [(each["code"], each["field"]) for each in said] == [("zip_state_mismatch", "mailing_zip")]


def test_one_number_where_both_are_wanted_is_pointed_out_before_the_end(client):
    answers = {"step": "numbers", "id_choice": "licence"}
    (said,) = client.post("/apply/mo/check/", answers).json()["problems"]
    assert (said["code"], said["field"], said["anchor"], said["advisory"]) == (
        "id_both_wanted", "id_choice", "id_id_choice", True,
    )  # fmt: skip
    seen = {**answers, "notices_seen": "id_both_wanted:id_choice"}
    assert client.post("/apply/mo/check/", seen).json()["problems"] == []
    assert client.post("/apply/mo/check/", {**answers, "id_choice": "both"}).json()["problems"] == []


def test_step_of_no_name_has_no_problems(client):
    assert client.post(ADDRESS, {"step": "nonsense"}).json() == {"problems": [], "outcome": None}


def test_check_speaks_the_language_of_its_address(client, settings):
    answers = {"step": "name", "last_name": "Cruz"}
    response = client.post("/es/apply/ga/check/", answers)
    assert response["Content-Language"] == "es"


def test_check_refuses_get(client):
    assert client.get(ADDRESS).status_code == 405
