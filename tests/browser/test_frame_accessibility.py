"""The frame's pages by themselves: axe finds nothing, in both languages and in a partner's colours."""

import pytest

from tests.browser.auditing import faults
from tests.browser.hosting import partner_at
from tests.browser.walking import GEORGIA, current, fill, go_on, open_form, send

LANGUAGES = ["", "/es"]
PAGES = ["/", "/state/ga/", "/state/nd/", "/state/va/", "/apply/ga/", "/d/", "/nowhere/", "/find/"]
THEMES = [
    pytest.param({}, id="ours"),
    pytest.param({"primary_colour": "#8a1c1c", "accent_colour": "#ffd34d", "radius": 16, "font": "serif"}, id="theirs"),
]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a01_axe_finds_nothing_on_the_pages_of_a_frame(page, site_url, language, theme):
    partner_at("https://acme.example", **theme)
    found = {}
    for path in PAGES:
        page.goto(f"{site_url}/embed/acme{language}{path}")
        found[path] = faults(page)
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a01_axe_finds_nothing_on_the_next_deadline_or_where_no_form_is_shown(page, site_url, language):
    found = {}
    for path in (f"/embed{language}/deadline/ga/", f"/embed{language}/deadline/nd/", f"/embed/nobody{language}/"):
        page.goto(site_url + path)
        assert page.locator("html").get_attribute("lang") == ("es" if language else "en")
        found[path] = faults(page)
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a01_axe_finds_nothing_at_any_step_of_the_frame_or_after_it(page, site_url, language):
    partner_at("https://acme.example", **THEMES[1].values[0])
    open_form(page, f"{site_url}/embed/acme{language}/apply/ga/")
    found = {}
    for _ in range(12):
        step = current(page).get_attribute("data-step") or ""
        found[step] = faults(page)
        if step == "review":
            break
        fill(current(page), GEORGIA)
        go_on(page)
    send(page)
    found["done"] = faults(page)
    assert {state: each for state, each in found.items() if each} == {}


@pytest.mark.parametrize(
    "path", ["/embed/acme/", "/embed/acme/es/apply/ga/", "/embed/acme/state/va/", "/embed/es/deadline/va/"]
)
def test_a05_nothing_of_a_frame_scrolls_sideways_at_320_pixels(page, site_url, path):
    partner_at("https://acme.example")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site_url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
