"""Signing in with a real browser: a passkey of a virtual laptop, an app's code, and pages that everyone can use."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from registration.models import Role
from tests.members import PASSWORD, TOTP_SECRET, People
from tests.registration.views.partners.test_sign_in import code_of

NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
MARKED = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def site_url(live_server) -> str:
    """By name: a browser has no passkeys for an address that is only a number."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def laptop(watched: Page) -> Iterator[Page]:
    """A device with a fingerprint reader that says yes."""
    session = watched.context.new_cdp_session(watched)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})
    yield watched
    session.send("WebAuthn.disable")


def sign_in(page: Page, site_url: str, email: str) -> None:
    page.goto(f"{site_url}/partners/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.fixture
def newcomer(people: People) -> str:
    user = people.newcomer.user
    user.set_password(PASSWORD)
    user.save()
    return user.email


def test_newcomer_adds_a_passkey_and_signs_in_with_it(laptop: Page, site_url: str, newcomer: str):
    sign_in(laptop, site_url, newcomer)
    laptop.get_by_role("link", name="Add a passkey").click()
    laptop.get_by_label("Name").fill("My laptop")
    laptop.get_by_role("button", name="Add the passkey").click()
    expect(laptop.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    laptop.get_by_role("link", name="To the dashboard").click()
    expect(laptop.get_by_role("heading", level=1)).to_have_text("Overview")
    assert Authenticator.objects.get(type="webauthn").wrap().name == "My laptop"
    laptop.get_by_role("button", name="Sign out").click()
    sign_in(laptop, site_url, newcomer)
    laptop.get_by_role("button", name="Use a passkey").click()
    expect(laptop.get_by_role("heading", level=1)).to_have_text("Overview")


def test_passkey_that_fails_leaves_a_way_on(laptop: Page, site_url: str, newcomer: str):
    sign_in(laptop, site_url, newcomer)
    laptop.get_by_role("link", name="Add a passkey").click()
    laptop.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no')); }")
    laptop.get_by_role("button", name="Add the passkey").click()
    expect(laptop.get_by_role("alert")).to_contain_text("That did not work.")


def test_member_signs_in_with_a_code_without_scripts(browser, site_url: str, people: People):
    user = people.members[Role.VIEWER].user
    user.set_password(PASSWORD)
    user.save()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site_url, user.email)
    page.get_by_label("Code").fill(code_of(TOTP_SECRET))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    context.close()


ENTRANCE = (
    "account/sign-in/", "account/password/forgotten/", "account/password/forgotten/sent/", "account/inactive/",
    "account/confirm/", "account/confirm/none/", "account/password/new/done/", "account/password/new/1-none/",
    "join/", "join/done/", "invitation/none/",
)  # fmt: skip
INSIDE = (
    "me/", "acme/", "acme/members/", "acme/activity/", "acme/leave/", "nobody/", "account/factor/",
    "account/factor/app/remove/", "account/factor/codes/", "account/factor/codes/new/", "account/factor/passkeys/",
    "account/factor/passkeys/add/", "account/factor/again/", "account/password/", "account/sign-out/",
)  # fmt: skip


def check(page: Page, url: str) -> None:
    """No barrier that axe knows, one heading of the first level, and nothing wider than a small phone."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        page.goto(url)
        found = Axe().run(page, options=MARKED).response["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == [], url
        assert page.locator("h1").count() == 1, url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url


def test_pages_of_the_entrance_have_no_barriers(page: Page, site_url: str, people: People):
    for path in ENTRANCE:
        check(page, f"{site_url}/partners/{path}")


def test_pages_inside_have_no_barriers(enter, site_url: str, page: Page):
    # One of them is a page that is not there, of which the browser itself complains.
    inside = enter(Role.OWNER).context.new_page()
    for path in INSIDE:
        check(inside, f"{site_url}/partners/{path}")


def test_pages_of_the_second_step_have_no_barriers(page: Page, site_url: str, newcomer: str):
    sign_in(page, site_url, newcomer)
    for path in ("account/factor/", "account/factor/app/", "account/factor/passkeys/add/"):
        check(page, f"{site_url}/partners/{path}")


def test_form_with_mistakes_leads_to_them(watched: Page, site_url: str, people: People):
    watched.goto(f"{site_url}/partners/account/sign-in/")
    watched.get_by_role("button", name="Sign in").click()
    watched.get_by_role("link", name=re.compile("required")).first.click()
    expect(watched.get_by_label("Email address")).to_be_focused()
