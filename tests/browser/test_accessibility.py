"""A-01 to A-05: axe finds nothing in any state of a page; the keyboard alone; no scripts; narrow and enlarged."""

import gzip

import pytest
from playwright.sync_api import Browser, Response, expect

from registration.models import Application
from tests.browser.auditing import faults
from tests.browser.walking import (
    GEORGIA,
    MISSOURI,
    VIRGINIA,
    current,
    download,
    fill,
    go_on,
    open_form,
    send,
)

LANGUAGES = ["", "/es"]
PLAIN_PAGES = [
    "/",
    "/privacy/",
    "/d/",
    "/state/ga/",
    "/state/nh/",
    "/state/nd/",
    "/state/wy/",
    "/state/pr/",
    "/no-such-page/",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PLAIN_PAGES)
def test_a01_axe_finds_nothing_on_a_plain_page(page, site_url, language, path):
    page.goto(site_url + language + path)
    assert faults(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "posted"),
    [
        pytest.param("/find/", {"zip": "42223"}, id="which state"),
        pytest.param("/find/", {"zip": "00000"}, id="home, error"),
        pytest.param("/form/", {"reference": "abcdefghijklmnopqrstuvwxyz"}, id="no such form"),
        pytest.param("/apply/nh/", {}, id="request form, every error"),
        pytest.param("/apply/mo/", {"website": "x"}, id="trap"),
    ],
)
def test_a01_axe_finds_nothing_on_what_answers_a_post(page, site_url, language, path, posted):
    page.goto(f"{site_url}{language}/privacy/")
    page.evaluate(
        """([action, fields]) => {
            const form = document.createElement("form");
            form.method = "post";
            form.action = action;
            for (const [name, value] of Object.entries(fields)) {
                const input = document.createElement("input");
                input.name = name;
                input.value = value;
                form.append(input);
            }
            document.body.append(form);
            form.submit();
        }""",
        [language + path, posted],
    )
    page.wait_for_url(f"**{path}")
    assert faults(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a01_axe_finds_nothing_at_any_step_with_errors_review_or_done(page, site_url, language):
    open_form(page, f"{site_url}{language}/apply/mo/")
    found: dict[str, list[str]] = {}
    for _ in range(12):
        step = current(page).get_attribute("data-step") or ""
        found[f"{step}, empty"] = faults(page)
        if step == "review":
            break
        with page.expect_response("**/check/"):
            page.locator("[data-next]").click()
        page.wait_for_timeout(100)
        found[f"{step}, errors"] = faults(page)
        if current(page).get_attribute("data-step") == step:
            fill(current(page), MISSOURI)
            go_on(page)
    send(page)
    found["done"] = faults(page)
    assert {state: each for state, each in found.items() if each} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a01_axe_finds_nothing_on_the_long_form_with_every_error(browser: Browser, site_url, language):
    """The page as sent without scripts; axe itself needs them, so they are stopped by leaving the module out."""
    page = browser.new_page()
    page.route("**/js/*.js", lambda route: route.abort())
    page.goto(f"{site_url}{language}/apply/va/")
    assert faults(page) == []
    page.locator("[data-send]").click()
    expect(page.locator("[data-error-summary], .usa-alert--error").first).to_be_visible()
    assert faults(page) == []
    page.close()


def test_a03_without_scripts_the_long_form_does_all_of_it(browser: Browser, site_url, tmp_path):
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(site_url)
    page.get_by_label("State or territory").select_option(label="Virginia")
    page.get_by_role("button", name="Show me how").click()
    page.locator("a[href='/apply/va/']").first.click()
    wrong = {**VIRGINIA, "last_name": "", "ssn": "12"}
    fill(page.locator("form#apply"), wrong)
    page.locator("[data-send]").click()
    expect(page).to_have_title("Error: Fill in your form for Virginia – Enfranchise")
    assert page.locator("[name=first_name]").input_value() == VIRGINIA["first_name"]
    assert page.locator("[name=ssn]").input_value() == ""
    fill(page.locator("form#apply"), {name: VIRGINIA[name] for name in ("last_name", "ssn")})
    page.locator("[data-send]").click()
    expect(page.locator("h1")).to_have_text("Your form is ready to print")
    text = download(page, tmp_path)
    assert [name for name in ("last_name", "first_name", "ssn", "home_city") if VIRGINIA[name] not in text] == []
    assert Application.objects.count() == 1
    context.close()


def test_a03_the_keyboard_alone_is_enough(page, site_url):
    open_form(page, f"{site_url}/apply/ga/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    for _ in range(12):
        step = current(page)
        key = step.get_attribute("data-step")
        if key == "review":
            break
        fill(step, GEORGIA)
        page.locator("[data-next]").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"section[data-step={key}]")).to_be_hidden()
        assert page.evaluate("document.activeElement.id") == f"step_{current(page).get_attribute('data-step')}"
    page.locator("[data-send]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your form is ready to print")


@pytest.mark.parametrize("path", ["/", "/state/ga/", "/apply/mo/", "/es/state/nh/", "/es/apply/ga/", "/privacy/"])
@pytest.mark.parametrize("width", [320, 640])
def test_a05_nothing_scrolls_sideways_at_320_pixels_or_400_percent(page, site_url, path, width):
    """A window of 1280 pixels at 400 % shows as many CSS pixels as one of 320."""
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(site_url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def transferred(response: Response) -> int:
    """Bytes on the wire: pages are served compressed, and in production the static texts, too."""
    body = response.body()
    is_text = response.url.endswith((".css", ".js", ".svg")) or "content-encoding" in response.headers
    return len(gzip.compress(body)) if is_text else len(body)


@pytest.mark.parametrize("path", ["/", "/state/ga/", "/apply/ga/"])
def test_a05_a_first_page_weighs_less_than_100_kilobytes(browser: Browser, site_url, path):
    weights: list[int] = []
    page = browser.new_page()
    page.on("response", lambda response: weights.append(transferred(response)))
    page.goto(site_url + path)
    page.wait_for_load_state("networkidle")
    page.close()
    assert len(weights) >= 2
    assert sum(weights) < 100_000


def test_a04_targets_are_at_least_24_pixels(page, site_url):
    open_form(page, f"{site_url}/apply/ga/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea, label[for]")]
        .filter(each => each.offsetParent && !each.closest(".trap"))
        .filter(each => each.type !== "radio" && each.type !== "checkbox")
        .filter(each => each.getBoundingClientRect().height < 20).map(each => each.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_a02_every_page_has_one_h1_its_language_and_a_title_of_its_own(page, site_url):
    titles = []
    for path in [*PLAIN_PAGES, "/apply/ga/", "/apply/nh/", "/es/", "/es/state/ga/", "/es/apply/ga/"]:
        page.goto(site_url + path)
        assert page.locator("h1").count() == 1
        assert page.locator("html").get_attribute("lang") == ("es" if path.startswith("/es/") else "en")
        titles.append(page.title())
    assert len(set(titles)) == len(titles)
