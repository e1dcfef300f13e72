"""A real Chromium against the real pages. Nothing may leave this machine and no policy may be broken."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from playwright.sync_api import BrowserType, Page

from registration.models import SITE_SLUG, AuditEntry, Partner, Role
from tests.members import People, make_people, session_cookie

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
TODAY = "2028-06-01 15:30:00+00:00"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@contextmanager
def browser_with(browser_type: BrowserType, folder: Path, *, blocking: bool) -> Iterator[Page]:
    """A browser that lends other sites' frames storage and cookies, or none."""
    profile = folder / "profile" / "Default"
    profile.mkdir(parents=True)
    choice = {"block_third_party_cookies": blocking, "cookie_controls_mode": int(blocking)}
    (profile / "Preferences").write_text(json.dumps({"profile": choice}))
    context = browser_type.launch_persistent_context(
        profile.parent, executable_path=CHROMIUM, args=ARGUMENTS, accept_downloads=True
    )
    try:
        page = context.new_page()
        page.set_default_timeout(8_000)
        yield page
        assert context.cookies() == []
    finally:
        context.close()


@pytest.fixture
def site_url(live_server) -> str:
    return live_server.url


@pytest.fixture(autouse=True)
def _site_partner(transactional_db) -> None:
    """What a migration made and another test's end took away: the driver's loop has a connection of its own, which does
    not know what was there at first."""
    Partner.objects.get_or_create(slug=SITE_SLUG, defaults={"name": "This site", "approved_at": timezone.now()})


@pytest.fixture(autouse=True)
def _plain_static_names(settings) -> None:
    """The test server finds static files by their own names, not by the hashed ones that production serves."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """The server's day, five months before a presidential election."""
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.fixture
def watched(page: Page, site_url: str) -> Iterator[Page]:
    """A page that fails its test if it asks a third party for anything or breaks the content policy."""
    page.set_default_timeout(8_000)
    strangers: list[str] = []
    complaints: list[str] = []
    page.on(
        "request",
        lambda request: None if request.url.startswith((site_url, "data:", "blob:")) else strangers.append(request.url),
    )
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert strangers == []
    assert [text for text in complaints if "400 (Bad Request)" not in text] == []


@pytest.fixture(autouse=True)
def _audit_can_be_emptied(transactional_db) -> Iterator[None]:
    """The database keeps what was written to the audit; here it has to let go of it, before all tables are emptied."""
    yield
    if not AuditEntry.objects.exists():
        return
    keeping = import_module("registration.migrations.0006_audit_chain")
    with connection.cursor() as cursor:
        for statement in keeping.UNGUARD[connection.vendor]:
            cursor.execute(statement)
        cursor.execute(f"DELETE FROM {keeping.TABLE}")  # noqa: S608  a name of our own
        for statement in keeping.GUARD[connection.vendor]:
            cursor.execute(statement)


@pytest.fixture
def people(db) -> People:
    """A partner "acme" with its members."""
    return make_people()


@pytest.fixture
def enter(watched: Page, site_url: str, people: People) -> Callable[[Role], Page]:
    """The watched page, signed in as a member of that role with a second factor shown just now."""

    def sign_in(role: Role = Role.OWNER) -> Page:
        cookie = session_cookie(people.members[role].user)
        watched.context.add_cookies([{**cookie, "url": site_url, "httpOnly": True}])
        return watched

    return sign_in
