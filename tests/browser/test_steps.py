"""What happens between one step and the next: the reading, the notices, and a Back that comes too early."""

import time_machine
from playwright.sync_api import Page, Route, expect

from tests.browser.walking import COMMON, GEORGIA, MISSOURI, answer, current, fill, go_on, open_form, walk_to_review


def press(page: Page) -> None:
    page.locator("[data-next]").click()


def test_good_news_stands_on_top_of_the_next_step(watched, site_url):
    open_form(watched, f"{site_url}/apply/ga/")
    fill(current(watched), GEORGIA)
    go_on(watched)
    said = watched.locator("section[data-step=name] [data-reading]")
    expect(said.locator("h3")).to_have_text("It looks like you can register")
    expect(said).to_contain_text("You are old enough to register in Georgia.")
    said.locator("summary").click()
    expect(said.locator("details li").first).to_contain_text("National Mail Voter Registration Form")
    fill(current(watched), GEORGIA)
    go_on(watched)
    watched.locator("[data-back]").click()
    expect(said).to_have_count(1)


def test_the_other_rules_cannot_be_passed_over(watched, site_url):
    open_form(watched, f"{site_url}/apply/ga/")
    fill(current(watched), {name: value for name, value in GEORGIA.items() if name != "other_rule"})
    for _ in range(2):
        press(watched)
        expect(current(watched).locator("[data-step-problems] a")).to_have_attribute("href", "#id_other_rule")
    answer(current(watched), "other_rule", "no")
    go_on(watched)


def test_one_number_where_two_are_wanted_is_pointed_out_at_its_step(watched, site_url):
    open_form(watched, f"{site_url}/apply/mo/")
    answers = {**MISSOURI, "id_choice": "licence"}
    while current(watched).get_attribute("data-step") != "numbers":
        fill(current(watched), answers)
        go_on(watched)
    fill(current(watched), answers)
    press(watched)
    expect(current(watched).locator("[data-step-problems] a")).to_have_attribute("href", "#id_id_choice")
    assert watched.locator("[name=licence]").input_value() == "T123456789"
    go_on(watched)


def test_a_number_that_was_never_assigned_is_pointed_out_at_its_step(watched, site_url):
    open_form(watched, f"{site_url}/apply/ga/")
    answers = {**GEORGIA, "id_choice": "ssn4", "ssn4": "0000"}
    while current(watched).get_attribute("data-step") != "numbers":
        fill(current(watched), answers)
        go_on(watched)
    fill(current(watched), answers)
    press(watched)
    expect(current(watched).locator("[data-step-problems] a")).to_have_attribute("href", "#id_ssn4")
    answer(current(watched), "ssn4", "9041")
    go_on(watched)


def test_back_during_a_slow_check_is_not_undone_by_it(watched, site_url):
    open_form(watched, f"{site_url}/apply/ga/")
    fill(current(watched), GEORGIA)
    go_on(watched)
    fill(current(watched), GEORGIA)
    waiting: list[Route] = []
    watched.route("**/check/", lambda route: route.continue_() if waiting else waiting.append(route))
    press(watched)
    watched.wait_for_timeout(200)
    watched.go_back()
    expect(watched.locator("section[data-step=eligibility]")).to_be_visible()
    assert len(waiting) == 1
    go_on(watched)
    watched.go_back()
    expect(watched.locator("section[data-step=eligibility]")).to_be_visible()
    with watched.expect_response("**/check/"):
        waiting[0].continue_()
    watched.wait_for_timeout(200)
    expect(watched.locator("section[data-step=eligibility]")).to_be_visible()


def test_the_same_notice_about_another_address_is_another_notice(watched, site_url):
    open_form(watched, f"{site_url}/apply/ga/")
    mail = {"mailing_street": "PO Box 7", "mailing_city": "Macon", "mailing_state": "GA", "mailing_zip": "90210"}
    answers = {**GEORGIA, "home_zip": "10001", "mailing_different": "yes", **mail}
    while current(watched).get_attribute("data-step") != "address":
        fill(current(watched), answers)
        go_on(watched)
    fill(current(watched), {name: value for name, value in answers.items() if not name.startswith("mailing")})
    press(watched)
    links = current(watched).locator("[data-step-problems] a")
    expect(links).to_have_attribute("href", "#id_home_zip")
    fill(current(watched), answers)
    press(watched)
    expect(links).to_have_attribute("href", "#id_mailing_zip")
    go_on(watched)


def test_a_doubtful_early_registration_is_said_once_with_whom_to_ask(watched, site_url):
    answers = {**COMMON, "birth_month": "5", "birth_day": "1", "birth_year": "2010"}
    with time_machine.travel("2026-11-22 15:30:00+00:00", tick=True):
        open_form(watched, f"{site_url}/apply/id/")
        fill(current(watched), answers)
        press(watched)
        expect(current(watched).locator("[data-step-problems]")).to_contain_text("You may be able to register now")
        go_on(watched)


def test_the_review_in_spanish_reads_as_spanish_and_shows_what_prints(watched, site_url):
    open_form(watched, f"{site_url}/es/apply/mo/")
    review = walk_to_review(watched, MISSOURI)
    expect(review).to_contain_text("28 de febrero de 1990")
    expect(review).to_contain_text("(No party)")
