"""The step "Stay in touch" with and without scripts and in a frame; the dashboard's numbers, contacts and export."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from registration.domain import contacts, exports, submission
from registration.domain.contacts import wish_of
from registration.domain.submission import Submission, submit
from registration.models import AuditEntry, Contact, DailyCount, OptInQuestion, Partner, Role
from tests.browser.auditing import faults
from tests.browser.walking import GEORGIA, answer, current, fill, go_on, open_form, send, walk_to_contact
from tests.members import join, session_cookie

NOW = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)
EMAIL = "luke@example.org"


@pytest.fixture
def acme() -> Partner:
    partner = Partner.objects.create(
        slug="acme", name="Acme", approved_at=NOW, privacy_url="https://acme.example/privacy"
    )
    for position, (means, text) in enumerate((("email", "May we send you news?"), ("phone", "May we call you?"))):
        OptInQuestion.objects.create(partner=partner, means=means, text=text, position=position, created_at=NOW)
    return partner


def tick(page: Page, text: str) -> None:
    page.get_by_text(text, exact=True).click()


def kept(partner: Partner) -> list[tuple[str, str]]:
    return [(each.email, each.phone) for each in contacts.everyone(partner, NOW)]


def test_step_asks_for_what_is_ticked_and_the_code_takes_it_back(watched, site_url, acme):
    open_form(watched, f"{site_url}/apply/ga/?partner=acme")
    walk_to_contact(watched)
    step = current(watched)
    assert [step.locator("input[type=checkbox]").nth(number).is_checked() for number in range(2)] == [False, False]
    expect(step.locator("[name=contact_email]")).to_be_hidden()
    expect(step.get_by_role("link")).to_have_attribute("target", "_blank")
    tick(watched, "May we send you news?")
    expect(step.locator("[name=contact_phone]")).to_be_hidden()
    watched.locator("[data-next]").click()
    expect(step).to_contain_text("Enter your email address, or uncheck the box that asks for it.")
    answer(step, "contact_email", EMAIL)
    go_on(watched)
    review = current(watched)
    expect(review).to_contain_text("Not printed on your form. Only Acme gets this, and only if you checked a box.")
    expect(review).to_contain_text(EMAIL)
    send(watched)
    assert kept(acme) == [(EMAIL, "")]
    watched.get_by_role("button", name="Withdraw my contact details").click()
    expect(watched.locator("h1")).to_have_text("We deleted your contact details")
    assert (kept(acme), faults(watched)) == ([], [])


def test_question_in_english_alone_is_english_in_a_spanish_review_too(watched, site_url, acme):
    open_form(watched, f"{site_url}/es/apply/ga/?partner=acme")
    walk_to_contact(watched)
    tick(watched, "May we send you news?")
    answer(current(watched), "contact_email", EMAIL)
    go_on(watched)
    expect(watched.locator("[data-review] dt[lang=en]")).to_have_text("May we send you news?")
    assert watched.locator("[data-review] dt[lang]").count() == 1


def test_declining_is_one_press(watched, site_url, acme):
    open_form(watched, f"{site_url}/apply/ga/?partner=acme")
    walk_to_contact(watched)
    assert faults(watched) == []
    go_on(watched)
    send(watched)
    assert kept(acme) == []
    expect(watched.get_by_role("button", name="Withdraw my contact details")).to_have_count(0)


def test_without_scripts_the_long_form_asks_and_the_code_page_takes_it_back(browser: Browser, site_url, acme):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/es/apply/ga/?partner=acme")
    fill(page.locator("form#apply"), GEORGIA)
    tick(page, "May we call you?")
    page.locator("[name=contact_phone]").fill("404-555-0177")
    page.locator("[data-send]").click()
    expect(page.locator("code.reference")).to_have_count(1)
    assert kept(acme) == [("", "+14045550177")]
    code = page.locator("code.reference").inner_text()
    page.goto(f"{site_url}/es/d/")
    page.locator("[name=reference]").fill(code)
    page.locator("[formaction$='/contact/withdraw/']").click()
    expect(page.locator("h1")).to_have_count(1)
    assert (kept(acme), code in page.url) == ([], False)
    context.close()


def test_step_is_there_in_the_partners_frame(page, site_url, acme):
    open_form(page, f"{site_url}/embed/acme/apply/ga/")
    walk_to_contact(page)
    tick(page, "May we send you news?")
    answer(current(page), "contact_email", EMAIL)
    go_on(page)
    send(page)
    assert (kept(acme), Contact.objects.get().jurisdiction) == ([(EMAIL, "")], "GA")


@pytest.fixture
def owner(acme, applicant) -> dict[str, str]:
    """The cookie of an owner whose partner has numbers and 250 contacts."""
    question = OptInQuestion.objects.get(means="email")
    for number in range(250):
        wish = wish_of(applicant, (question.pk,), f"ana{number}@example.org", "")
        sent = Submission(applicant, "en", date(2028, 11, 7), partner="acme", wish=wish)
        submit(sent, reference=submission.new_reference(), now=NOW)
    for days in range(40):
        for kind, count in (("started", 30 + days), ("form_made", 12), ("handed_to_state", 7)):
            day = NOW.date() - timedelta(days=days)
            DailyCount.objects.create(
                partner=acme, day=day, kind=kind, count=count, jurisdiction="GA", channel="widget", language="en"
            )
    return session_cookie(join(acme, Role.OWNER).user)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("scripts", [True, False])
def test_export_comes_whole_with_scripts_and_without(browser: Browser, site_url, owner, tmp_path, scripts):
    context = browser.new_context(java_script_enabled=scripts, accept_downloads=True)
    context.add_cookies([{**owner, "url": site_url}])
    page = context.new_page()
    page.goto(f"{site_url}/partners/acme/contacts/export/")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the file").click()
    target = tmp_path / "contacts.csv"
    waiting.value.save_as(target)
    assert waiting.value.suggested_filename == "contacts-acme-2028-06-01.csv"
    heads, *rows = rows_of(target)
    assert (heads, len(rows)) == (list(exports.CONTACT_HEADS), 250)
    if scripts:
        expect(page.get_by_role("status")).to_have_text("Done. Your browser has the file.")
        assert page.locator("progress").evaluate("bar => bar.value") == 1
    assert AuditEntry.objects.filter(action="exported").values_list("details", flat=True).get() == {
        "format": "csv",
        "rows": 250,
    }
    context.close()


def test_export_tells_how_far_it_is(browser: Browser, site_url, owner):
    """The words are gathered as they change, since the last of them may come before anyone looks."""
    context = browser.new_context(accept_downloads=True)
    context.add_cookies([{**owner, "url": site_url}])
    page = context.new_page()
    page.goto(f"{site_url}/partners/acme/contacts/export/")
    page.evaluate(
        """() => { window.told = []; const spot = document.querySelector("[data-status]");
        new MutationObserver(() => window.told.push(spot.textContent)).observe(spot, { childList: true }); }"""
    )
    with page.expect_download():
        page.get_by_role("button", name="Download the file").click()
    expect(page.get_by_role("status")).to_have_text("Done. Your browser has the file.")
    assert "250 of 250 contacts" in page.evaluate("window.told")
    context.close()


@pytest.mark.parametrize("language", ["", "/es"])
@pytest.mark.parametrize("path", ["numbers/", "numbers/?from=x&to=x", "contacts/", "contacts/export/"])
def test_a01_axe_finds_nothing_in_the_dashboard_and_nothing_scrolls_sideways(page, site_url, owner, language, path):
    page.context.add_cookies([{**owner, "url": site_url}])
    page.goto(f"{site_url}{language}/partners/acme/{path}")
    expect(page.locator("h1")).to_have_count(1)
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_charts_are_seen_with_forced_colours_and_on_paper(page, site_url, owner):
    page.context.add_cookies([{**owner, "url": site_url}])
    page.goto(f"{site_url}/partners/acme/numbers/")
    fill_of = "bar => [getComputedStyle(bar).fill, getComputedStyle(document.body).backgroundColor]"
    for media in ({"forced_colors": "active"}, {"forced_colors": "none", "media": "print"}):
        page.emulate_media(**media)
        bar, ground = page.locator(".chart__solid").nth(3).evaluate(fill_of)
        assert bar != ground
        expect(page.locator("svg[role=img]").first).to_be_visible()
