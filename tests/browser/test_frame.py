"""The frame on a page of another site, in a real browser, without the loader."""

import json
import re
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserType, Page, expect

from registration.models import Application, DailyCount
from tests.browser.bare import heard, ready_form, show, wait_for
from tests.browser.conftest import browser_with
from tests.browser.hosting import Site, partner_at, serving
from tests.browser.walking import GEORGIA, current, download, fill, go_on, send, walk_to_review


@pytest.fixture
def host():
    with serving("127.0.0.1") as site:
        yield site


@pytest.fixture
def embed(site_url, host) -> str:
    partner_at(host.origin)
    return f"{site_url}/embed/acme"


def whole_way(page: Page, host: Site, embed: str, folder) -> str:
    frame = show(page, host, f"{embed}/start/?state=GA&source=letter")
    expect(frame.locator("h1")).to_have_text("Register to vote in Georgia")
    frame.get_by_role("link", name="Fill in the mail form here").click()
    ready_form(frame)
    walk_to_review(frame, GEORGIA)
    send(frame)
    wait_for(page, "completed", {"state": "GA", "lang": "en", "outcome": "form_ready"})
    return download(frame, folder, page)


def test_w15_whole_way_to_the_pdf_in_a_sandboxed_frame(page, host, embed, tmp_path):
    page.set_default_timeout(8_000)
    text = whole_way(page, host, embed, tmp_path)
    assert [name for name in ("last_name", "first_name", "home_city") if GEORGIA[name] not in text] == []
    assert Application.objects.values_list("partner__slug", "channel", "jurisdiction").get() == ("acme", "widget", "GA")


def test_w04_whole_way_where_third_party_cookies_and_storage_are_blocked(
    browser_type: BrowserType, host, embed, tmp_path
):
    with browser_with(browser_type, tmp_path, blocking=True) as page:
        text = whole_way(page, host, embed, tmp_path)
        assert GEORGIA["last_name"] in text
        assert (
            page.frames[1].evaluate("() => { try { return sessionStorage.length >= 0 } catch { return false } }")
            is False
        )


def test_w07_the_host_can_read_nothing_that_is_typed(page, host, embed):
    frame = show(page, host, f"{embed}/apply/ga/")
    ready_form(frame)
    fill(current(frame), GEORGIA)
    go_on(frame)
    fill(current(frame), GEORGIA)
    reach = """() => {
        try { return document.getElementById("frame").contentWindow.document.body.innerHTML; }
        catch (error) { return error.name; }
    }"""
    assert page.evaluate(reach) == "SecurityError"
    assert page.evaluate("() => document.getElementById('frame').contentDocument") is None
    wait_for(page, "step", {"step": "name", "state": "GA", "lang": "en"})
    said = json.dumps(page.evaluate("window.heard"), ensure_ascii=False)
    typed = [value for name, value in GEORGIA.items() if len(value) > 3 and name != "race"]
    assert [value for value in typed if value in said] == []


def test_w07_the_review_says_who_gets_it_and_offers_a_tab_of_its_own(page, host, embed, site_url):
    frame = show(page, host, f"{embed}/apply/ga/?source=letter")
    ready_form(frame)
    walk_to_review(frame, GEORGIA)
    where = site_url.removeprefix("http://")
    expect(frame.locator("[data-last]")).to_contain_text(
        f"You are sending this to Enfranchise at {where}, not to Acme <Votes>."
    )
    link = frame.locator("[data-last] a", has_text="in a new tab").first
    assert link.get_attribute("href") == "/apply/ga/?partner=acme&source=letter"
    assert link.get_attribute("target") == "_blank"


def test_w06_each_step_is_told_once_with_its_name_alone(page, host, embed):
    frame = show(page, host, f"{embed}/es/apply/ga/")
    ready_form(frame)
    walk_to_review(frame, GEORGIA)
    wait_for(page, "step", {"step": "review", "state": "GA", "lang": "es"})
    steps = [each["step"] for each in heard(page, "step")]
    assert (steps[:2], steps[-1], len(set(steps))) == (["eligibility", "name"], "review", len(steps))
    assert {tuple(sorted(each)) for each in heard(page, "step")} == {("lang", "state", "step")}
    assert heard(page, "state") == [{"state": "GA", "lang": "es"}]


def test_w08_height_follows_the_content_both_ways(page, host, embed):
    frame = show(page, host, f"{embed}/apply/ga/")
    ready_form(frame)
    page.wait_for_function("frame.clientHeight > 600")
    inner = page.frames[1]
    page.wait_for_timeout(200)
    assert inner.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
    before = heard(page, "height")[-1]["px"]
    inner.evaluate("document.querySelector('[data-first]').hidden = true")
    page.wait_for_function(
        "before => window.heard.filter(e => e.type === 'height').at(-1).data.px < before", arg=before
    )
    told = [each["px"] for each in heard(page, "height")]
    assert all(one != other for one, other in pairwise(told[1:]))


def test_w08_the_focus_moves_to_the_heading_of_a_step(page, host, embed):
    frame = show(page, host, f"{embed}/apply/ga/")
    ready_form(frame)
    fill(current(frame), GEORGIA)
    go_on(frame)
    assert page.frames[1].evaluate("document.activeElement.id") == "step_name"
    frame.locator("[data-next]").focus()
    page.evaluate("window.say('focus', {})")
    page.wait_for_timeout(200)
    assert page.frames[1].evaluate("document.activeElement.id") == "step_name"


def test_w05_prefill_by_message_fills_only_what_it_may(page, host, embed):
    frame = show(page, host, f"{embed}/apply/ga/")
    ready_form(frame)
    wanted = {
        "first_name": "Ana", "last_name": "Ruiz", "address": "5 Elm St", "zip": "30303", "phone": "404-555-0123",
        "birth_year": "1990", "birth_date": "1990-02-28", "licence": "057123456", "ssn4": "9041", "race": "White",
        "citizen": "yes", "party_choice": "none", "city": "Atlanta",
    }  # fmt: skip
    page.evaluate("data => window.say('prefill', data)", wanted)
    expect(frame.locator("[name=first_name]")).to_have_value("Ana")
    values = {
        name: frame.locator(f"[name={name}]").input_value()
        for name in ("last_name", "home_street", "home_zip", "telephone")
    }
    assert values == {"last_name": "Ruiz", "home_street": "5 Elm St", "home_zip": "30303", "telephone": "404-555-0123"}
    untouched = ("birth_year", "licence", "ssn4", "home_city")
    assert [
        name
        for name in untouched
        if frame.locator(f"[name={name}]").count() and frame.locator(f"[name={name}]").input_value()
    ] == []
    assert frame.locator("input:checked").count() == 0
    fill(current(frame), GEORGIA)
    go_on(frame)
    expect(frame.locator("#prefilled_last_name")).to_have_text(
        "Filled in by the website of Acme <Votes>. Please check it."
    )
    frame.locator("[name=last_name]").fill("Ríos")
    expect(frame.locator("#prefilled_last_name")).to_have_count(0)
    page.evaluate("window.say('prefill', {last_name: 'Other'})")
    page.wait_for_timeout(100)
    assert frame.locator("[name=last_name]").input_value() == "Ríos"


def test_w05_prefill_names_the_source_where_none_is_known(page, host, embed):
    frame = show(page, host, f"{embed}/apply/ga/")
    ready_form(frame)
    page.evaluate("window.say('prefill', {source: 'newsletter'})")
    fill(current(frame), GEORGIA)
    go_on(frame)
    assert set(DailyCount.objects.values_list("kind", "source")) == {("started", "newsletter"), ("step", "newsletter")}


def test_w05_prefill_by_fragment_reaches_the_form_and_no_server(page, host, embed):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    data = json.dumps({"first_name": "Quetzalli", "zip": "30303", "citizen": "yes"})
    frame = show(page, host, f"{embed}/start/?lang=es#prefill={data}")
    expect(frame.locator("[name=zip]")).to_have_value("30303")
    assert page.frames[1].evaluate("location.hash + location.search") == ""
    frame.get_by_label("Estado o territorio").select_option("GA")
    frame.locator("form[method=get] button").click()
    frame.locator(".way a[href*='/apply/ga/']").click()
    ready_form(frame)
    expect(frame.locator("[name=first_name]")).to_have_value("Quetzalli")
    assert page.frames[1].evaluate("location.hash") == ""
    assert [url for url in asked if "Quetzalli" in url.split("#")[0]] == []


def test_messages_of_strangers_are_not_heard(page, host, embed):
    """A window that is not the parent, an origin that is not allowed, another widget's id: nothing happens."""
    frame = show(page, host, f"{embed}/apply/ga/")
    ready_form(frame)
    page.evaluate("window.say('prefill', {first_name: 'Eve'}, 'other')")
    page.evaluate(
        """() => {
            const other = document.createElement("iframe");
            document.body.append(other);
            const said = { ns: "vr1", id: "w1", type: "prefill", data: { first_name: "Eve" } };
            other.contentWindow.eval(`parent.frames[0].postMessage(${JSON.stringify(said)}, "*")`);
        }"""
    )
    page.wait_for_timeout(200)
    assert frame.locator("[name=first_name]").input_value() == ""


def test_w03_a_site_that_is_not_on_the_list_shows_nothing(page, host, site_url):
    partner_at("https://elsewhere.example")
    address = host.add("/", f"<iframe id=frame src='{site_url}/embed/acme/'></iframe>")
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(address)


def test_w03_a_page_of_the_full_site_is_shown_in_no_frame(page, host, site_url):
    address = host.add("/", f"<iframe id=frame src='{site_url}/state/ga/'></iframe>")
    with page.expect_console_message(
        lambda message: re.search("frame-ancestors|X-Frame-Options", message.text) is not None
    ):
        page.goto(address)


def test_w13_a_host_page_that_is_loaded_anew_comes_back_to_the_form(browser_type, host, embed, tmp_path):
    with browser_with(browser_type, tmp_path, blocking=False) as page:
        frame = show(page, host, f"{embed}/start/")
        frame.get_by_label("State or territory").select_option("GA")
        frame.locator("form[method=get] button").click()
        expect(frame.locator("h1")).to_have_text("Register to vote in Georgia")
        frame.locator("a[href*='/apply/ga/']").first.click()
        ready_form(frame)
        fill(current(frame), GEORGIA)
        kept = page.frames[1].evaluate("JSON.stringify(Object.entries(sessionStorage))")
        assert kept == '[["place:acme::","/embed/acme/apply/ga/"]]'
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        ready_form(frame)
        expect(frame.locator("h1")).to_have_text("Fill in your form for Georgia")
        expect(frame.locator("[name=birth_year]")).to_have_value("")


def test_lang_message_switches_the_language_and_keeps_the_answers(page, host, embed):
    frame = show(page, host, f"{embed}/apply/ga/")
    ready_form(frame)
    fill(current(frame), GEORGIA)
    go_on(frame)
    page.evaluate("window.say('lang', {lang: 'es'})")
    expect(frame.locator("html.js")).to_have_attribute("lang", "es")
    assert frame.locator("[name=birth_year]").input_value() == "1990"
    assert current(frame).get_attribute("data-step") == "name"
    wait_for(page, "step", {"step": "name", "state": "GA", "lang": "es"})


def test_links_to_other_sites_and_to_the_state_open_a_tab(page, host, embed):
    frame = show(page, host, f"{embed}/state/ga/")
    outward = page.frames[1].evaluate(
        """[...document.querySelectorAll("a[href^=http]")]
        .filter(link => link.origin !== location.origin && link.target !== "_blank").length"""
    )
    assert outward == 0
    with page.context.expect_page():
        frame.get_by_role("link", name="Go to the Georgia website").click()
    wait_for(page, "completed", {"state": "GA", "lang": "en", "outcome": "handed_to_state"})
    handed = DailyCount.objects.filter(kind="handed_to_state").values_list(
        "partner__slug", "channel", "jurisdiction", "count"
    )
    assert list(handed) == [("acme", "widget", "GA", 1)]


def test_the_steps_of_a_whole_way_are_counted_once_each(page, host, embed, tmp_path):
    whole_way(page, host, embed, tmp_path)
    rows = DailyCount.objects.filter(partner__slug="acme", channel="widget", jurisdiction="GA", source="letter")
    found = {(row.kind, row.step): row.count for row in rows}
    steps = {step for kind, step in found if kind == "step"}
    assert found["started", ""] == 1
    assert found["form_made", ""] == 1
    assert {"eligibility", "name", "address", "numbers"} <= steps
    assert set(found.values()) == {1}


def test_the_next_deadline_alone_fits_any_site_and_tells_its_height(page, host, site_url):
    frame = show(page, host, f"{site_url}/embed/deadline/ga/")
    expect(frame.locator("h1")).to_contain_text("Georgia")
    assert heard(page, "height")[-1]["px"] > 100
    assert frame.locator("a.usa-button").get_attribute("target") == "_blank"
