"""Sites of partners on another host name than ours, so that browsers take them for strangers to each other."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from registration.models import Partner
from tests.browser.conftest import browser_with
from tests.browser.hosting import Site, as_ours, partner_at, serving


@pytest.fixture(scope="session")
def _partner_site() -> Iterator[Site]:
    with serving("127.0.0.1") as site:
        yield site


@pytest.fixture(scope="session")
def _stand_in_site() -> Iterator[Site]:
    with serving("localhost") as site:
        yield site


@pytest.fixture
def partner_site(_partner_site: Site) -> Site:
    """Where partners' pages are: 127.0.0.1, while we are at localhost."""
    _partner_site.pages.clear()
    _partner_site.asked.clear()
    return _partner_site


@pytest.fixture
def ours(_stand_in_site: Site) -> Site:
    """A stand-in for our site: the real script, and pages that the test makes up."""
    _stand_in_site.pages.clear()
    _stand_in_site.asked.clear()
    as_ours(_stand_in_site)
    return _stand_in_site


@pytest.fixture
def host(page: Page) -> Page:
    """A browser page that gives up soon."""
    page.set_default_timeout(8_000)
    return page


@pytest.fixture
def demo_partner(live_server, partner_site: Site) -> Partner:
    """A partner of ours which may show the widget on its pages. Browsers find us at localhost."""
    return partner_at(partner_site.origin, slug="demo", name="Riverside Library")


@pytest.fixture
def without_third_party_storage(playwright, tmp_path) -> Iterator[Page]:
    """A browser whose owner blocks the cookies and the storage of every site but the one in the address bar."""
    with browser_with(playwright.chromium, tmp_path, blocking=True) as page:
        yield page
