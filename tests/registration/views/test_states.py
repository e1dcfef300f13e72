"""A jurisdiction's page says which ways are left, by when, and where that is known from."""

from datetime import date

import pytest
import time_machine

from registration import phrases
from registration.domain.validation import is_form_made
from state_rules import JURISDICTIONS, form_needs, load, upcoming

pytestmark = pytest.mark.django_db
ON = date(2028, 6, 1)
MADE = {code for code in JURISDICTIONS if is_form_made(form_needs(load(code), ON))}


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("code", JURISDICTIONS)
def test_state_page_of_every_jurisdiction(client, look, code, prefix):
    found = look(client.get(f"{prefix}/state/{code.lower()}/"))
    assert found.response.status_code == 200
    assert len(found.headings) == 1
    assert (f"{prefix}/apply/{code.lower()}/" in found.html) is (code in MADE)


def test_state_page_in_capitals_leads_to_the_small_one(client):
    response = client.get("/state/GA/")
    assert (response.status_code, response["Location"]) == (302, "/state/ga/")


def test_state_page_of_no_jurisdiction_is_not_found(client):
    assert client.get("/state/zz/").status_code == 404


def test_georgia_offers_its_own_registration_before_paper(client, look):
    html = look(client.get("/state/ga/")).html
    online, mail = html.index("Go to the Georgia website"), html.index("Fill in the mail form here")
    assert online < mail
    assert "Tuesday, November 7, 2028" in html


def test_georgia_after_the_close_names_what_was_missed_and_what_is_next(client, look):
    with time_machine.travel("2028-10-20 15:00:00+00:00", tick=False):
        html = look(client.get("/state/ga/")).html
    assert "It is too late to register for an earlier election." in html
    assert "Federal general election: Tuesday, November 7, 2028" in html


def test_way_that_has_closed_stands_after_those_that_are_left(client, look):
    with time_machine.travel("2028-11-01 15:00:00+00:00", tick=False):
        html = look(client.get("/state/wi/")).html
    assert html.index("Ways to register now") < html.index("Closed for this election")
    assert html.index("Register in person") < html.index("Register online with the state")


def test_north_dakota_needs_no_registration(client, look):
    found = look(client.get("/state/nd/"))
    assert found.headings == ["Voting in North Dakota"]
    assert "You do not need to register in North Dakota" in found.html


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("wy", "Wyoming does not accept the national mail form"),
        ("pr", "The national mail form is not used in Puerto Rico"),
    ],
)
def test_place_without_the_form_says_so(client, look, code, title):
    assert title in look(client.get(f"/state/{code}/")).html


def test_calendar_file(client):
    response = client.get("/state/ga/deadline.ics")
    lines = response.content.decode().split("\r\n")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="register-ga.ics"'
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert {len(line.encode()) <= 75 for line in lines} == {True}
    assert [line for line in lines if line.startswith("UID:")] == [
        "UID:ga-online-20281107@enfranchise",
        "UID:ga-in_person-20281107@enfranchise",
        "UID:ga-mail-20281107@enfranchise",
        "UID:ga-vote-20281107@enfranchise",
    ]
    assert "DTSTART;VALUE=DATE:20281107" in lines


@pytest.mark.parametrize("code", JURISDICTIONS)
def test_calendar_file_of_every_jurisdiction_ends_with_election_day(client, code):
    text = client.get(f"/state/{code.lower()}/deadline.ics").content.decode()
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT")
    assert f"UID:{code.lower()}-vote-" in text


def test_closed_way_says_so_once(client, look):
    with time_machine.travel("2028-11-01 15:00:00+00:00", tick=False):
        html = look(client.get("/state/wi/")).html
    assert html.count("Closed for this election") == 1


def test_place_without_a_look_up_page_offers_none(client, look):
    assert "Are you registered already?" not in look(client.get("/state/wy/")).html


@pytest.mark.parametrize(("code", "times"), [("gu", 1), ("ga", 0)])
def test_doubtful_contacts_and_look_up_page_say_so(client, look, code, times):
    response = client.get(f"/state/{code}/")
    assert look(response).html.count("We are not sure of these contacts.") == times
    assert bool(response.context["status_confirm"]) is bool(times)


def test_proof_of_citizenship_is_cited_on_the_page(client):
    code = next(code for code in MADE if form_needs(load(code), ON).citizenship_proof.value.documents == "all")
    cited = client.get(f"/state/{code.lower()}/").context["requirement_sources"]
    source = form_needs(load(code), ON).citizenship_proof.sources[0]
    assert phrases.source_line(source) in [each.line for each in cited]


def test_election_that_is_not_certain_says_so_on_the_page(client, look):
    with time_machine.travel("2028-01-05 15:00:00+00:00", tick=False):
        pages = {code: look(client.get(f"/state/{code.lower()}/")).html for code in ("GA", "NY", "LA")}
    said = {code: ("not certain" in html or "may still move" in html) for code, html in pages.items()}
    doubtful = {
        code: any(phrases.election_doubt(each) for each in upcoming(code, date(2028, 1, 5), 3)) for code in pages
    }
    assert said == doubtful
