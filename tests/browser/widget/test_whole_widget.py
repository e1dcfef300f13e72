"""A person's whole way through the widget, on a partner's page."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from registration.models import Application, OptInQuestion, Partner, PartnerSite
from tests.browser.auditing import violations
from tests.browser.conftest import browser_with
from tests.browser.hosting import Host
from tests.browser.walking import GEORGIA, current, download, fill, go_on, send, walk_to_contact, walk_to_review
from tests.browser.widget.framed import (
    begin,
    frame_of,
    frames_of,
    ready,
    seen,
    wait_until_it_fits,
    widget,
)

pytestmark = pytest.mark.usefixtures("demo_partner")
PRINTED = ("last_name", "first_name", "home_street", "home_city", "home_zip", "licence")
KEYS = {"step", "state", "lang", "outcome"}


def test_w04_w06_whole_registration_to_the_form_in_a_browser_that_blocks_third_parties(
    without_third_party_storage, site_url, partner_site, tmp_path
):
    page = without_third_party_storage
    page.goto(Host(site_url, widget(site_url, 'state="GA" source="news"')).put(partner_site))
    ready(page)
    frame = frame_of(page)
    lent = "() => { try { return String(sessionStorage.length); } catch (error) { return error.name; } }"
    assert frame.evaluate(lent) == "SecurityError"
    begin(frame)
    walk_to_review(frame, GEORGIA)
    send(frame)
    text = download(frame, tmp_path, page)
    assert [name for name in PRINTED if GEORGIA[name] not in text] == []
    page.wait_for_function("seen.some(each => each.type === 'vote-register:completed')")
    found = Application.objects.values_list("jurisdiction", "channel", "partner__slug").get()
    assert found == ("GA", "widget", "demo")
    events = seen(page)
    assert [each for each in events if set(each["detail"]) != KEYS or not each["frozen"]] == []
    told = [value for each in events for value in each["detail"].values()]
    assert [value for value in told if value in GEORGIA.values() and value != "GA"] == []
    steps = [each["detail"]["step"] for each in events if each["type"] == "vote-register:step"]
    assert (steps[0], steps[-1]) == ("eligibility", "review")
    last = [each["detail"] for each in events if each["type"] == "vote-register:completed"]
    assert last == [{"step": "review", "state": "GA", "lang": "en", "outcome": "form_ready"}]


def test_w05_prefill_shows_in_the_form_as_the_persons_own_to_change(host, site_url, partner_site):
    host.goto(Host(site_url, widget(site_url)).put(partner_site))
    ready(host)
    known = {"first_name": "Ana", "last_name": "Ruiz", "address": "12 Main St", "zip": "30303", "birth_year": "1990"}
    taken = host.evaluate("known => document.querySelector('vote-register').prefill(known)", known)
    assert taken == ["first_name", "last_name", "address", "zip"]
    frame = frame_of(host)
    begin(frame)
    assert frame.locator("[name=birth_year]").input_value() == ""
    fill(current(frame), GEORGIA)
    go_on(frame)
    for name, value in (("first_name", "Ana"), ("last_name", "Ruiz")):
        expect(frame.locator(f"[name={name}]")).to_have_value(value)
        expect(frame.locator(f"[name={name}]")).to_be_editable()
    assert frame.locator("[name=home_zip]").input_value() == "30303"
    assert [path for path in partner_site.asked if "Ana" in path] == []


def test_w05_email_and_telephone_number_are_there_for_who_ticks_a_box(host, site_url, partner_site, demo_partner):
    made = {"partner": demo_partner, "created_at": demo_partner.approved_at}
    for position, means in enumerate(("email", "phone")):
        OptInQuestion.objects.create(means=means, text=f"May we {means} you?", position=position, **made)
    host.goto(Host(site_url, widget(site_url)).put(partner_site))
    ready(host)
    known = {"email": "ana@example.org", "phone": "404-555-0123"}
    host.evaluate("known => document.querySelector('vote-register').prefill(known)", known)
    frame = frame_of(host)
    begin(frame)
    walk_to_contact(frame)
    step = current(frame)
    assert step.locator("input:checked").count() == 0
    for name, value in (("contact_email", "ana@example.org"), ("contact_phone", "404-555-0123")):
        expect(step.locator(f"[name={name}]")).to_be_hidden()
        expect(step.locator(f"[name={name}]")).to_be_disabled()
        step.get_by_text(f"May we {name.removeprefix('contact_')} you?", exact=True).click()
        expect(step.locator(f"[name={name}]")).to_have_value(value)
        expect(step.locator(f"[name={name}]")).to_be_editable()
        expect(step.locator(f"#prefilled_{name}")).to_contain_text("Riverside Library")
    expect(frame.locator("[name=telephone]")).to_have_value("404-555-0123")


def test_w13_two_widgets_come_back_each_to_its_own_place(playwright, site_url, partner_site, tmp_path):
    inner = widget(site_url, 'state="GA"', "ga") + widget(site_url, "", "any")
    with browser_with(playwright.chromium, tmp_path, blocking=False) as page:
        page.goto(Host(site_url, inner).put(partner_site))
        page.locator("#any").scroll_into_view_if_needed()
        ready(page, 2)
        begin(frame_of(page, "/embed/demo/state/ga/"))
        page.reload()
        page.locator("#any").scroll_into_view_if_needed()
        ready(page, 2)
        assert sorted(urlsplit(each.url).path for each in frames_of(page)) == ["/embed/demo/", "/embed/demo/apply/ga/"]


def test_w13_the_form_says_that_leaving_the_page_loses_the_answers(host, site_url, partner_site):
    """No browser asks before a frame is left that, as ours, may open no dialogs."""
    host.goto(Host(site_url, widget(site_url)).put(partner_site))
    ready(host)
    frame = frame_of(host)
    begin(frame)
    words = (
        "Until you make your form, your answers are kept on this page alone. If you leave or reload it, they are lost."
    )
    expect(frame.get_by_text(words)).to_be_visible()


def test_language_changed_by_the_page_keeps_what_was_typed(host, site_url, partner_site):
    host.goto(Host(site_url, widget(site_url)).put(partner_site))
    ready(host)
    frame = frame_of(host)
    begin(frame)
    fill(current(frame), GEORGIA)
    host.wait_for_function("seen.some(each => each.type === 'vote-register:step')")
    host.evaluate("document.querySelector('vote-register').setLanguage('es')")
    expect(frame.locator("html")).to_have_attribute("lang", "es")
    expect(frame.locator("html.js")).to_have_count(1)
    assert frame.locator("[name=birth_year]").input_value() == "1990"


def test_deadline_alone_needs_no_partner_and_is_as_high_as_its_text(host, site_url, partner_site):
    inner = '<vote-deadline state="GA" lang="es"><a href="/x">Fechas</a></vote-deadline>'
    host.goto(Host(site_url, inner).put(partner_site))
    ready(host)
    frame = frame_of(host, "/embed/es/deadline/")
    wait_until_it_fits(frame)
    expect(frame.locator("html")).to_have_attribute("lang", "es")
    expect(host.locator("vote-deadline a")).to_be_hidden()


@pytest.mark.parametrize("path", ["/demo/", "/es/demo/"])
def test_demo_page_shows_the_widget_its_events_and_what_to_copy(host, site_url, demo_partner, path):
    """The page is at localhost, so the widget comes from 127.0.0.1: the other way round than in the other tests."""
    PartnerSite.objects.create(partner=demo_partner, origin=site_url, created_at=demo_partner.approved_at)
    errors: list[str] = []
    host.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    host.goto(site_url + path)
    events = host.locator("#events li")
    expect(events.filter(has_text="vote-register:ready")).to_have_count(1)
    expect(events.filter(has_text="vote-deadline:ready")).to_have_count(1)
    host.get_by_role("button").click()
    expect(host.locator("#prefilled")).to_contain_text(" first_name, last_name, email, phone, address, zip")
    expect(host.locator("pre").first).to_contain_text("<vote-register")
    assert violations(host) == []
    assert errors == []


def test_suspended_partner_has_no_widget_but_people_have_the_link(host, site_url, partner_site, demo_partner):
    Partner.objects.filter(pk=demo_partner.pk).update(suspended_at=demo_partner.approved_at)
    host.clock.install()
    host.goto(Host(site_url, widget(site_url)).put(partner_site))
    host.wait_for_function("!!customElements.get('vote-register')")
    host.wait_for_timeout(300)
    host.clock.run_for(9_000)
    expect(host.locator("vote-register a")).to_be_visible()
    assert len(host.frames) == 1


def test_w08_focus_goes_on_to_the_heading_of_the_page_that_a_person_went_to(host, site_url, partner_site):
    host.goto(Host(site_url, widget(site_url)).put(partner_site))
    ready(host)
    frame = frame_of(host)
    assert host.evaluate("document.activeElement.localName") == "body"
    frame.locator("a[href*='/apply/ga/']").first.focus()
    host.keyboard.press("Enter")
    expect(frame.locator("html.js")).to_have_count(1)
    expect(frame.locator("h1:focus, section h2:focus")).to_have_count(1)
    assert "/apply/ga/" in frame.url


def test_w08_focus_goes_to_the_mistake_on_a_page_that_came_back(host, site_url, partner_site):
    host.goto(Host(site_url, widget(site_url, "")).put(partner_site))
    ready(host)
    frame = frame_of(host)
    frame.locator("[name=zip]").fill("00000")
    frame.locator("[name=zip]").press("Enter")
    expect(frame.locator(".usa-alert--error:focus")).to_have_count(1)
    host.wait_for_timeout(200)
    expect(frame.locator(".usa-alert--error:focus")).to_have_count(1)
