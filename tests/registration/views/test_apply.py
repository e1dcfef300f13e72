"""One form, one submission: what is kept on a mistake, what never comes back, and what a second click gives."""

import re
from datetime import date

import pytest
import time_machine

from registration.domain.validation import is_form_made
from registration.models import Application
from state_rules import JURISDICTIONS, form_needs, load

pytestmark = pytest.mark.django_db
MADE = [code for code in JURISDICTIONS if is_form_made(form_needs(load(code), date(2028, 6, 1)))]


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("code", MADE)
def test_form_of_every_jurisdiction_that_takes_it(client, look, code, prefix):
    found = look(client.get(f"{prefix}/apply/{code.lower()}/"))
    assert found.response.status_code == 200
    assert len(found.headings) == 1
    assert "no-store" in found.response["Cache-Control"]
    ids = re.findall(r' id="([^"]*)"', found.html)
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("code", sorted(set(JURISDICTIONS) - set(MADE)))
def test_form_of_a_jurisdiction_without_it_leads_to_its_page(client, code):
    for answer in (client.get(f"/apply/{code.lower()}/"), client.post(f"/apply/{code.lower()}/", {})):
        assert (answer.status_code, answer["Location"]) == (302, f"/state/{code.lower()}/")


def test_each_fresh_form_has_its_own_reference(reference):
    assert len({reference() for _ in range(5)}) == 5


def test_good_form_gives_the_done_page(client, look, georgia):
    found = look(client.post("/apply/ga/", georgia))
    assert found.response.status_code == 200
    assert found.headings == ["Your form is ready to print"]
    assert "no-store" in found.response["Cache-Control"]
    assert found.value("reference") == georgia["reference"]
    assert "You are not registered until your election office confirms it." in found.html
    assert "/state/ga/deadline.ics" in found.html
    assert "057123456" not in found.html
    application = Application.objects.get()
    assert (application.jurisdiction, application.language, application.election_day) == ("GA", "en", date(2028, 11, 7))


def test_done_page_says_our_reading_for_those_without_scripts(client, look, georgia):
    html = look(client.post("/apply/ga/", georgia)).html
    assert "<h2>It looks like you can register</h2>" in html
    assert "<p>You are old enough to register in Georgia.</p>" in html


def test_second_click_gives_the_same_page_and_one_application(client, georgia):
    first, second = client.post("/apply/ga/", georgia), client.post("/apply/ga/", georgia)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert Application.objects.count() == 1


def test_other_answers_under_a_used_reference_are_kept_for_another_form(client, look, georgia):
    client.post("/apply/ga/", georgia)
    found = look(client.post("/apply/ga/", {**georgia, "first_name": "Lukas"}))
    assert found.response.status_code == 409
    assert found.value("first_name") == "Lukas"
    assert found.value("reference") != georgia["reference"]
    assert "the answers are different now" in found.html
    again = {**georgia, "first_name": "Lukas", "reference": found.value("reference")}
    assert client.post("/apply/ga/", again).status_code == 200
    assert Application.objects.count() == 2


def test_problems_stand_on_top_with_links_and_everything_typed_is_kept(client, look, georgia):
    found = look(client.post("/apply/ga/", {**georgia, "first_name": "", "home_street": "PO Box 7"}))
    assert found.response.status_code == 422
    assert found.title.startswith("Error: ")
    assert found.summary == [
        ("id_first_name", "Enter your first name, or check “I have one name.”"),
        ("id_home_street", "Enter the place where you live. A PO box is fine as your mailing address."),
    ]
    assert found.value("last_name") == "Nguyễn"
    assert found.value("home_street") == "PO Box 7"
    assert found.value("reference") == georgia["reference"]
    assert found.chosen("id_choice") == ["licence"]
    assert found.value("licence") == ""
    assert 'data-start="name"' in found.html
    assert Application.objects.count() == 0


@pytest.mark.parametrize("field", ["licence", "ssn4", "ssn", "id_other"])
def test_number_never_comes_back(client, georgia, field):
    answers = {**georgia, "first_name": "", field: "8675309"}
    for extra in ({}, {"switch_language": "es"}, {"website": "x"}, {"reference": ""}):
        assert "8675309" not in client.post("/apply/ga/", {**answers, **extra}).content.decode()


def test_notice_is_shown_once(client, look, georgia):
    georgia["home_zip"] = "10001"
    first = look(client.post("/apply/ga/", georgia))
    assert first.response.status_code == 422
    assert not first.title.startswith("Error: ")
    assert first.value("notices_seen") == "zip_state_mismatch:home_zip"
    georgia["notices_seen"] = first.value("notices_seen")
    assert look(client.post("/apply/ga/", georgia)).headings == ["Your form is ready to print"]


def test_answer_that_an_official_should_hear_shows_whom_to_ask(client, look, georgia):
    georgia["other_rule"] = "unsure"
    first = look(client.post("/apply/ga/", georgia))
    assert "Ask the election office first" in first.html
    assert "tel:4046562871" in first.html
    georgia["notices_seen"] = first.value("notices_seen")
    assert client.post("/apply/ga/", georgia).status_code == 200


def test_person_too_young_learns_from_when(client, look, georgia):
    georgia.update(birth_month="6", birth_day="1", birth_year="2014", eighteen="no")
    found = look(client.post("/apply/ga/", georgia))
    assert found.response.status_code == 422
    assert found.summary == [
        ("id_birth_month", "You can register in Georgia from Monday, December 1, 2031. Please come back then.")
    ]
    assert "You can register from Monday, December 1, 2031" in found.html


def test_seventeen_year_old_who_may_register_gets_the_form(client, look, georgia):
    georgia.update(birth_month="11", birth_day="30", birth_year="2010", eighteen="no")
    assert look(client.post("/apply/ga/", georgia)).headings == ["Your form is ready to print"]


def test_switch_of_language_keeps_the_answers_and_the_step(client, look, georgia):
    found = look(client.post("/es/apply/ga/", {**georgia, "switch_language": "es", "step": "address"}))
    assert found.response.status_code == 200
    assert '<html lang="es">' in found.html
    assert found.value("last_name") == "Nguyễn"
    assert found.value("reference") == georgia["reference"]
    assert found.chosen("citizen") == ["yes"]
    assert 'data-start="address"' in found.html
    assert Application.objects.count() == 0


def test_reference_of_another_shape_gives_the_form_again(client, look, georgia):
    found = look(client.post("/apply/ga/", {**georgia, "reference": "x"}))
    assert found.response.status_code == 422
    assert re.fullmatch("[a-z2-7]{26}", found.value("reference"))
    assert found.value("first_name") == "Łukasz"


def test_filled_trap_gives_the_form_again_with_the_trap_empty(client, look, georgia):
    found = look(client.post("/apply/ga/", {**georgia, "website": "http://spam.example"}))
    assert found.response.status_code == 422
    assert "spam.example" not in found.html
    assert Application.objects.count() == 0


def test_hostile_values_are_shown_as_text(client, look, georgia):
    hostile = '"><script>alert(1)</script>'
    found = look(client.post("/apply/ga/", {**georgia, "first_name": "", "last_name": hostile, "step": hostile}))
    assert hostile not in found.html
    assert "&lt;script&gt;alert(1)" in found.html


def test_request_only_state_asks_for_little_and_says_what_it_is(client, look, reference):
    fresh = look(client.get("/apply/nh/"))
    assert fresh.headings == ["Ask for the registration form of New Hampshire"]
    assert 'name="citizen"' not in fresh.html
    answers = {
        "reference": reference("/apply/nh/"),
        "first_name": "Ana",
        "last_name": "Cruz",
        "home_street": "5 Elm St",
        "home_city": "Concord",
        "home_zip": "03301",
    }
    assert look(client.post("/apply/nh/", answers)).headings == ["Your request is ready to print"]


def test_form_that_comes_too_late_by_mail_says_which_ways_are_left(client, look):
    with time_machine.travel("2028-10-25 15:00:00+00:00", tick=False):
        html = look(client.get("/apply/me/")).html
    assert "You can still register for this election in another way." in html
    assert "You can still mail the form for later elections." in html


def test_state_that_wants_documents_says_so_before_any_answer(client, look):
    wanted = "Without a document that proves you are a citizen, you can vote in federal races only."
    assert (wanted in look(client.get("/apply/az/")).html, wanted in look(client.get("/apply/oh/")).html) == (
        True,
        False,
    )


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_form_refuses_other_methods(client, method):
    assert getattr(client, method)("/apply/ga/").status_code == 405


def test_no_cookie_is_set_anywhere(client, georgia):
    for address in ("/", "/es/", "/state/ga/", "/apply/ga/", "/privacy/", "/d/"):
        assert client.get(address).cookies == {}
    assert client.post("/apply/ga/", georgia).cookies == {}
