"""The main job, driven as a person would, for each shape of state."""

import pytest
from playwright.sync_api import expect

from registration.models import Application, Document
from tests.browser.walking import (
    GEORGIA,
    MISSOURI,
    NEW_HAMPSHIRE,
    VIRGINIA,
    answer,
    current,
    download,
    fill,
    go_on,
    open_form,
    send,
    walk_to_review,
)

WAYS = [
    pytest.param("ga", GEORGIA, "057123456", id="licence"),
    pytest.param("va", VIRGINIA, "219-09-9041", id="full number"),
    pytest.param("mo", MISSOURI, "T123456789 9041", id="both numbers"),
    pytest.param("nh", NEW_HAMPSHIRE, "", id="request only"),
]
PRINTED = ("last_name", "first_name", "middle_name", "home_street", "home_city", "home_zip")


def test_home_leads_to_the_state_by_list_and_by_zip(watched, site_url):
    watched.goto(site_url)
    watched.get_by_label("State or territory").select_option(label="Georgia")
    watched.get_by_role("button", name="Show me how").click()
    expect(watched.locator("h1")).to_have_text("Register to vote in Georgia")
    watched.goto(site_url)
    watched.get_by_label("ZIP code of your home").fill("30303")
    watched.get_by_role("button", name="Find my state").click()
    expect(watched.locator("h1")).to_have_text("Register to vote in Georgia")


def test_a_zip_in_two_states_asks_which(watched, site_url):
    watched.goto(site_url)
    watched.get_by_label("ZIP code of your home").fill("42223")
    watched.get_by_role("button", name="Find my state").click()
    expect(watched.get_by_role("main")).to_contain_text("Kentucky")
    watched.get_by_role("link", name="Tennessee").first.click()
    expect(watched.locator("h1")).to_have_text("Register to vote in Tennessee")


@pytest.mark.parametrize(("code", "answers", "number"), WAYS)
def test_the_whole_way_to_a_filled_form(watched, site_url, tmp_path, code, answers, number):
    watched.goto(f"{site_url}/state/{code}/")
    watched.locator(f"a[href='/apply/{code}/']").first.click()
    expect(watched.locator("html.js")).to_have_count(1)
    review = walk_to_review(watched, answers)
    shown = review.inner_text()
    assert [name for name in PRINTED if answers[name] not in shown] == []
    send(watched)
    text = download(watched, tmp_path)
    assert [name for name in PRINTED if answers[name] not in text] == []
    assert number in text
    assert Application.objects.values_list("jurisdiction", "status").get() == (code.upper(), "delivered")


def test_the_states_own_online_registration_comes_first_and_as_large(watched, site_url):
    watched.goto(f"{site_url}/state/ga/")
    online = watched.get_by_role("link", name="Go to the Georgia website")
    paper = watched.get_by_role("link", name="Fill in the mail form here")
    first, second = online.bounding_box(), paper.bounding_box()
    assert first is not None
    assert second is not None
    assert first["x"] < second["x"]
    assert (first["width"], first["height"], first["y"]) == (second["width"], second["height"], second["y"])


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("nd", "You do not need to register in North Dakota"),
        ("wy", "Wyoming does not accept the national mail form"),
        ("pr", "The national mail form is not used in Puerto Rico"),
    ],
)
def test_where_no_form_is_made_the_page_says_so_and_what_to_do(watched, site_url, code, title):
    watched.goto(f"{site_url}/apply/{code}/")
    expect(watched.get_by_role("main")).to_contain_text(title)
    assert watched.locator("form#apply").count() == 0
    assert watched.locator("main a[href^=https]").count() >= 1


def test_a_home_without_a_street_address_fills_box_c(watched, site_url, tmp_path):
    place = {
        "home_description": "Tent behind the old mill, north bank",
        "home_crossroads": "River Rd and Mill Ln",
        "home_landmarks": "Old mill, water tower",
    }
    open_form(watched, f"{site_url}/apply/ga/")
    mail = {
        "mailing_street": "General Delivery",
        "mailing_city": "Atlanta",
        "mailing_state": "GA",
        "mailing_zip": "30303",
    }
    answers = {"no_street_address": "yes", **GEORGIA, **place, **mail}
    walk_to_review(watched, answers)
    send(watched)
    text = download(watched, tmp_path)
    assert [value for value in place.values() if value not in text] == []
    assert GEORGIA["home_street"] not in text


def test_a_person_of_17_is_told_from_when(watched, site_url):
    """June 1, 2028: at 17 years and 5 months Georgia asks to wait for July 1, six months before the birthday."""
    open_form(watched, f"{site_url}/apply/ga/")
    young = {**GEORGIA, "birth_month": "1", "birth_day": "1", "birth_year": "2011", "eighteen": "no"}
    fill(current(watched), young)
    watched.locator("[data-next]").click()
    expect(current(watched)).to_contain_text("Saturday, July 1, 2028")
    assert current(watched).get_attribute("data-step") == "eligibility"
    assert Document.objects.count() == 0


def test_a_person_of_17_and_a_half_goes_on(watched, site_url, tmp_path):
    open_form(watched, f"{site_url}/apply/ga/")
    walk_to_review(watched, {**GEORGIA, "birth_month": "11", "birth_day": "1", "birth_year": "2010", "eighteen": "yes"})
    send(watched)
    assert "11 01 2010" in download(watched, tmp_path)


def test_mistakes_are_said_at_the_step_and_everything_typed_stays(watched, site_url):
    open_form(watched, f"{site_url}/apply/ga/")
    fill(current(watched), GEORGIA)
    go_on(watched)
    answer(current(watched), "first_name", "Ana")
    watched.locator("[data-next]").click()
    summary = watched.locator("section[data-step=name] [data-step-problems] a")
    expect(summary).to_have_count(1)
    expect(watched).to_have_title("Error: Fill in your form for Georgia – Enfranchise")
    summary.click()
    assert watched.evaluate("document.activeElement.name") == "last_name"
    assert watched.locator("[name=first_name]").input_value() == "Ana"


def test_a_zip_of_another_state_is_pointed_out_once_and_never_a_wall(watched, site_url):
    open_form(watched, f"{site_url}/apply/ga/")
    answers = {**GEORGIA, "home_zip": "90210"}
    for _ in range(2):
        fill(current(watched), answers)
        go_on(watched)
    fill(current(watched), answers)
    watched.locator("[data-next]").click()
    expect(watched.locator("section[data-step=address]")).to_contain_text("90210")
    walk_to_review(watched, answers)
    send(watched)


def test_back_and_change_links_keep_the_answers(watched, site_url):
    open_form(watched, f"{site_url}/apply/ga/")
    walk_to_review(watched, GEORGIA)
    watched.go_back()
    expect(watched.locator("section[data-step=review]")).to_be_hidden()
    watched.go_forward()
    expect(watched.locator("section[data-step=review]")).to_be_visible()
    watched.get_by_role("button", name="Change – Your name").click()
    answer(current(watched), "last_name", "Ñandú")
    review = walk_to_review(watched, {})
    expect(review).to_contain_text("Ñandú")


def test_double_click_and_reload_make_one_application(watched, site_url):
    open_form(watched, f"{site_url}/apply/ga/")
    walk_to_review(watched, GEORGIA)
    watched.locator("[data-send]").dblclick()
    expect(watched.locator("h1")).to_have_text("Your form is ready to print")
    watched.reload()
    expect(watched.locator("h1")).to_have_text("Your form is ready to print")
    assert Application.objects.count() == 1


def test_the_language_switch_keeps_the_answers(watched, site_url):
    open_form(watched, f"{site_url}/apply/ga/")
    fill(current(watched), GEORGIA)
    go_on(watched)
    fill(current(watched), GEORGIA)
    watched.get_by_role("button", name="Español").click()
    expect(watched.locator("html.js")).to_have_attribute("lang", "es")
    assert current(watched).get_attribute("data-step") == "name"
    assert watched.locator("[name=last_name]").input_value() == GEORGIA["last_name"]
    assert watched.locator("[name=birth_year]").input_value() == "1990"
    walk_to_review(watched, GEORGIA)
    send(watched)
    assert Application.objects.get().language == "es"


def test_a_code_in_the_fragment_gives_the_form_again(watched, site_url, tmp_path):
    open_form(watched, f"{site_url}/apply/ga/")
    walk_to_review(watched, GEORGIA)
    send(watched)
    reference = watched.locator("form[action$='/form/'] [name=reference]").input_value()
    watched.goto(f"{site_url}/d/#{reference}")
    assert GEORGIA["last_name"] in download(watched, tmp_path)
    assert reference not in watched.url


def test_a_passed_mail_deadline_leaves_the_other_ways(watched, site_url):
    import time_machine

    with time_machine.travel("2028-10-20 15:30:00+00:00", tick=True):
        watched.goto(f"{site_url}/state/ia/")
        expect(watched.locator("h1")).to_have_text("Register to vote in Iowa")
        text = watched.get_by_role("main").inner_text()
    assert "Monday, October 23, 2028" in text


def test_the_server_day_can_pass_the_last_mail_day(watched, site_url):
    import time_machine

    with time_machine.travel("2028-10-25 15:30:00+00:00", tick=True):
        watched.goto(f"{site_url}/state/ia/")
        main = watched.get_by_role("main")
        expect(main).to_contain_text("Tuesday, November 7, 2028")
        expect(main.get_by_role("heading", name="Register and vote on one visit")).to_be_visible()
