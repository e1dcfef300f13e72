"""The settings in a real browser: axe on every page, the live preview, the buttons that copy, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from registration.domain.theme import Theme, theme_of
from registration.models import ApiKey, OptInQuestion, Partner, PartnerLogo, PartnerSite, Role
from tests.browser.auditing import faults
from tests.members import session_cookie
from tests.registration.views.partners.setting_up import ROWS, address, furnish, picture

FILES = ("widget_check", "widget_preview_style", "widget_logo_image")


def addresses(people) -> list[str]:
    names = [name for name, row in ROWS.items() if not row.only_takes and name not in FILES]
    return [address(name, people.partner) for name in names]


@pytest.mark.parametrize("language", ["", "/es"])
def test_a01_axe_finds_nothing_on_any_page_of_the_settings(enter, people, site_url, language):
    furnish(people.partner)
    page = enter(Role.OWNER)
    found = {}
    for each in addresses(people):
        page.goto(site_url + language + each)
        found[each] = faults(page)
        assert page.locator("h1").count() == 1
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_a01_axe_finds_nothing_on_pages_of_problems_and_on_a_new_key(enter, people, site_url):
    page = enter(Role.MANAGER)
    found = {}
    for path in ("sites/add/", "keys/make/", "questions/", "webhooks/add/", "widget/"):
        page.goto(site_url + people.url(path))
        if path == "widget/":
            page.locator("[name=primary]").fill("#ffd100")
        page.locator("main form[method=post] button[type=submit]").first.click()
        expect(page.locator(".usa-alert--error")).to_be_visible()
        found[path] = faults(page)
    page.goto(site_url + people.url("keys/make/"))
    make_key(page)
    found["a new key"] = faults(page)
    assert {path: each for path, each in found.items() if each} == {}


def test_a05_no_page_of_the_settings_scrolls_sideways_at_320_pixels(enter, people, site_url):
    furnish(people.partner)
    page = enter(Role.OWNER)
    page.set_viewport_size({"width": 320, "height": 640})
    widths = {}
    for each in addresses(people):
        page.goto(site_url + each)
        widths[each] = page.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width > 320} == {}


def make_key(page: Page) -> None:
    page.locator("[name=name]").fill("Sign-up page")
    page.get_by_text("Read your statistics").click()
    page.get_by_role("button", name="Make the key").click()
    expect(page.locator("h1")).to_have_text("Your new key")


def test_w11_preview_follows_what_is_typed_and_says_what_cannot_be_read(enter, people, site_url):
    page = enter(Role.MANAGER)
    page.goto(site_url + people.url("widget/"))
    expect(page.get_by_role("button", name="Preview")).to_be_hidden()
    sample = page.frame_locator("[data-preview]").locator("button.usa-button").first
    expect(sample).to_have_css("background-color", "rgb(34, 47, 191)")
    page.locator("[name=primary]").fill("#7a1f3d")
    page.locator("[name=radius]").fill("20")
    expect(sample).to_have_css("background-color", "rgb(122, 31, 61)")
    expect(sample).to_have_css("border-radius", "20px")
    page.locator("[name=font]").select_option("serif")
    expect(sample).to_have_css("font-family", re.compile("Iowan"))
    page.locator("[name=primary]").fill("#ffd100")
    expect(page.locator("#problem_primary")).to_contain_text("is hard to read: 1.2 to 1")
    expect(page.locator("[name=primary]")).to_have_attribute("aria-invalid", "true")
    expect(sample).to_have_css("background-color", "rgb(255, 209, 0)")
    page.locator("[name=primary]").fill("#7a1f3d")
    expect(page.locator("#problem_primary")).to_be_empty()
    assert faults(page) == []
    page.get_by_role("button", name="Save the theme").click()
    expect(page.locator(".usa-alert--success")).to_have_text("Your widget has its new look.")
    assert theme_of(Partner.objects.get(slug="acme")) == Theme("#7a1f3d", "", 20, "serif")
    expect(sample).to_have_css("background-color", "rgb(122, 31, 61)")


def test_logo_is_chosen_and_shown(enter, people, site_url):
    page = enter(Role.MANAGER)
    page.goto(site_url + people.url("widget/"))
    page.locator("[name=logo]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")})
    page.get_by_role("button", name="Use this logo").click()
    expect(page.locator("img.logo")).to_have_js_property("naturalWidth", 120)
    expect(page.frame_locator("[data-preview]").locator("header img")).to_have_js_property("naturalWidth", 120)
    assert PartnerLogo.objects.count() == 1


def test_copy_button_copies(enter, people, site_url):
    page = enter(Role.VIEWER)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site_url)
    page.goto(site_url + people.url("snippet/"))
    page.get_by_role("button", name=re.compile("^Copy.*one exact version")).click()
    expect(page.locator("[data-copy-said=id_pinned]")).to_have_text("Copied.")
    wanted = page.locator("#id_pinned").input_value().replace("\n", " ")
    # No page may read the clipboard, so a person's paste shows what is there.
    page.goto(site_url + "/d/")
    page.locator("#id_reference").focus()
    page.keyboard.press("Control+V")
    text = page.locator("#id_reference").input_value()
    assert text == wanted
    assert text.count("integrity=") == 1


def test_copy_button_selects_where_there_is_no_clipboard(enter, people, site_url):
    page = enter(Role.MANAGER)
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(site_url + people.url("keys/make/"))
    make_key(page)
    page.get_by_role("button", name=re.compile("^Copy.*Sign-up page")).click()
    expect(page.locator("[data-copy-said=id_key]")).to_contain_text("The text is selected.")
    text = page.evaluate("document.activeElement.value.slice(document.activeElement.selectionStart)")
    assert text.startswith(f"ef_test_{ApiKey.objects.get().identifier}_")


def test_a03_without_scripts_everything_is_set(browser, people, site_url):
    context = browser.new_context(java_script_enabled=False)
    cookie = session_cookie(people.members[Role.MANAGER].user)
    context.add_cookies([{**cookie, "url": site_url, "httpOnly": True}])
    page = context.new_page()
    page.goto(site_url + people.url("sites/"))
    page.locator("[name=site]").fill("https://www.example.org")
    page.get_by_role("button", name="Allow this site").click()
    expect(page.locator(".usa-alert--success")).to_contain_text("https://www.example.org may show your widget now.")
    page.goto(site_url + people.url("widget/"))
    page.locator("[name=primary]").fill("#7a1f3d")
    page.get_by_role("button", name="Preview").click()
    sample = page.frame_locator("[data-preview]").locator("button.usa-button").first
    expect(sample).to_have_css("background-color", "rgb(122, 31, 61)")
    assert theme_of(Partner.objects.get(slug="acme")) == Theme()
    page.get_by_role("button", name="Save the theme").click()
    page.goto(site_url + people.url("questions/"))
    page.locator("[name=text]").fill("May Acme write to you?")
    page.get_by_role("button", name="Ask this").click()
    page.goto(site_url + people.url("keys/make/"))
    make_key(page)
    expect(page.locator("[data-copy]").first).to_be_hidden()
    assert page.locator("#id_key").input_value().startswith("ef_test_")
    counts = [rows.objects.count() for rows in (PartnerSite, OptInQuestion, ApiKey)]
    assert (theme_of(Partner.objects.get(slug="acme")), counts) == (Theme("#7a1f3d"), [1, 1, 1])
    context.close()
