"""The pages of all rules and of all states in a real browser: axe on a phone and a desktop, no scripts, on paper."""

import re
from io import BytesIO

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.auditing import faults
from tests.browser.test_accessibility import LANGUAGES

PHONE, DESKTOP = 360, 1280
PATHS = [
    "/compare/",
    "/compare/?online=no&open=online",
    "/compare/?sort=-left&felony=nonsense",
    "/state/ga/rules/",
    "/state/ks/rules/?on=2027-01-31",
    "/state/pr/rules/?on=yesterday",
]


@pytest.fixture(autouse=True)
def _reports(settings) -> None:
    settings.REPORT_MISTAKES_TO = "rules@vote.example"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, site_url, path, width, language):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site_url + language + path)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def without_scripts(browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def names(page: Page) -> list[str]:
    return page.locator("tbody th").all_inner_texts()


def test_the_table_is_filtered_and_sorted_without_scripts(without_scripts, site_url):
    page = without_scripts
    page.goto(f"{site_url}/compare/")
    everywhere = names(page)
    assert len(everywhere) == 56
    page.get_by_label("Same-day registration").select_option(label="Yes")
    page.get_by_label("Sort by").select_option(label="State or territory")
    page.get_by_role("button", name="Show", exact=True).click()
    same_day = names(page)
    assert (len(same_day) < 56, "Colorado" in same_day, "Georgia" in same_day) == (True, True, False)
    expect(page.get_by_label("Same-day registration")).to_have_value("yes")
    heading = page.get_by_role("columnheader", name="State or territory")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    heading.get_by_role("link").click()
    assert names(page) == same_day[::-1]
    expect(page.get_by_role("columnheader", name="State or territory")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("link", name="Show all").click()
    assert names(page) == everywhere


def test_a_row_stays_a_row_of_a_table_on_a_phone(page, site_url):
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.goto(f"{site_url}/compare/")
    row = page.get_by_role("row", name="Georgia")
    expect(row.get_by_role("rowheader")).to_have_text("Georgia")
    assert row.get_by_role("cell").count() == 9


def test_another_day_is_asked_for_without_scripts(without_scripts, site_url):
    page = without_scripts
    page.goto(f"{site_url}/state/ga/rules/")
    page.get_by_label("Show the rules as of another day").fill("soon")
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_label("Show the rules as of another day")).to_have_value("soon")
    expect(page).to_have_title("Error: The rules in Georgia – Enfranchise")
    page.get_by_label("Show the rules as of another day").fill("2027-01-31")
    page.get_by_role("button", name="Show that day").click()
    expect(page.locator("main")).to_contain_text("This page shows the rules as of Sunday, January 31, 2027")


def test_the_table_prints_on_wide_pages_with_its_headings_on_each(page, site_url):
    page.goto(f"{site_url}/compare/")
    document = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    pages = [document[number] for number in range(len(document))]
    texts = [re.sub(r"\s+", " ", each.get_textpage().get_text_bounded()) for each in pages]
    assert [each.get_width() > each.get_height() for each in pages] == [True] * len(pages)
    assert ["After a felony" in text for text in texts] == [False] + [True] * (len(pages) - 1)
    assert "Days are counted from Thursday, June 1, 2028." in texts[0]
    assert [text for text in texts if "Still open today" in text or "Español" in text] == []
    assert "Wyoming" in texts[-1]
