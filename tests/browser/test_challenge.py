"""The check of forms that come too fast or too often, in a real browser: with the script it costs nobody the form."""

import re
import time

import pytest
from playwright.sync_api import BrowserType, Page, expect

from registration.domain import rates
from registration.domain.last_known import Outage
from registration.models import Application
from tests.browser.auditing import faults
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.walking import GEORGIA, current, fill, go_on, open_form, send, walk_to_review

TIGHT = {"address": "2/600", "network": "1000/600", "misses": "100/600"}


@pytest.fixture(autouse=True)
def _limits(settings, monkeypatch):
    settings.FORM_FASTEST_SECONDS = 1
    settings.FORM_RATES = TIGHT
    monkeypatch.setattr(rates, "_own", rates._OwnCount())
    monkeypatch.setattr(rates, "_outage", Outage())


def begin_at(count: int) -> None:
    """That many forms came from this machine already."""
    for _ in range(count):
        rates.take(rates.rate("form_address", TIGHT["address"]), rates.guest_of_address("127.0.0.1", ""), time.time())


def challenged_page(page: Page, url: str) -> None:
    """A form sent without any step check, so that the check takes it by surprise."""
    page.route("**/check/", lambda route: route.abort())
    open_form(page, url)
    walk_to_review(page, GEORGIA)
    page.locator("[data-send]").click()
    expect(page.locator("#challenge_title")).to_have_text("One more moment, please")


def test_s07_form_over_the_limit_never_comes_back_where_the_script_works_ahead(watched: Page, site_url: str):
    for _ in range(4):
        open_form(watched, f"{site_url}/apply/ga/")
        walk_to_review(watched, GEORGIA)
        send(watched)
    assert Application.objects.count() == 4


HOLD = """
    const later = window.setTimeout;
    const held = [];
    window.release = () => { window.released = true; held.forEach((each) => later(each, 0)); };
    window.setTimeout = (each, delay, ...more) =>
        delay === 0 && !window.released ? held.push(each) : later(each, delay, ...more);
"""


def test_s07_sending_waits_for_work_that_is_not_done(watched: Page, site_url: str):
    begin_at(2)
    watched.add_init_script(HOLD)
    open_form(watched, f"{site_url}/apply/ga/")
    walk_to_review(watched, GEORGIA)
    for _ in range(2):
        watched.locator("[data-send]").click()
        expect(watched.locator("[data-status]")).to_have_text("The check is running.")
    assert Application.objects.count() == 0
    watched.evaluate("release()")
    expect(watched.locator("h1")).to_contain_text("ready to print")
    assert Application.objects.count() == 1


def test_s07_surprised_form_comes_back_works_and_is_sent_again(page: Page, site_url: str):
    begin_at(2)
    page.set_default_timeout(8_000)
    challenged_page(page, f"{site_url}/apply/ga/")
    expect(page.locator("[data-wait]")).to_be_hidden()
    expect(page.locator("[data-work-status]")).to_have_text("The check is done.")
    assert page.evaluate("document.activeElement.getAttribute('aria-labelledby')") == "challenge_title"
    assert faults(page) == []
    # Only the number has to be typed again; one Continue leads back to the end.
    expect(page.locator("input[name=licence]")).to_have_value("")
    fill(current(page), {"licence": GEORGIA["licence"]})
    go_on(page)
    expect(current(page)).to_have_attribute("data-step", "review")
    send(page)
    assert Application.objects.count() == 1


def test_s07_without_the_script_a_wait_is_enough(browser_type: BrowserType, site_url: str, settings):
    settings.FORM_WAIT_SECONDS = 1
    begin_at(2)
    browser = browser_type.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    try:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.set_default_timeout(8_000)
        page.goto(f"{site_url}/apply/ga/")
        fill(page.locator("#apply"), GEORGIA)
        page.get_by_role("button", name="Make my form").click()
        expect(page.locator("#challenge_title")).to_be_visible()
        expect(page.locator("[data-wait]")).to_contain_text("Please wait 2 seconds.")
        expect(page.locator("[data-work]")).to_be_hidden()
        expect(page.locator("[name=last_name]")).to_have_value(GEORGIA["last_name"])
        page.wait_for_timeout(2_500)
        page.locator("[name=licence]").fill(GEORGIA["licence"])
        page.get_by_role("button", name="Make my form").click()
        expect(page.locator("h1")).to_contain_text(re.compile("ready to print"))
    finally:
        browser.close()
    assert Application.objects.count() == 1
