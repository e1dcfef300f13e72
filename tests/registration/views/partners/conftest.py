"""A partner "acme" with a signed-in client for each role, each with a second factor shown just now."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.utils import timezone, translation

from registration.domain.mail import send_due
from tests.members import People, make_people


@pytest.fixture(autouse=True)
def _forget_tries(db):
    """How often somebody tried is counted in the cache, which outlives a test's rows where it is not the database."""
    cache.clear()


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A page in Spanish leaves its language to the thread, and addresses are made in it."""
    with translation.override("en"):
        yield


@pytest.fixture
def people(db) -> People:
    return make_people()


@pytest.fixture
def mailbox() -> Callable[[], list[EmailMessage]]:
    """What was sent so far, with what waits for the end of the test's own transaction."""

    def look() -> list[EmailMessage]:
        send_due(timezone.now())
        return mail.outbox

    return look


@pytest.fixture
def link_of() -> Callable[[EmailMessage], str]:
    """The path of the only link in an email."""

    def find(message: EmailMessage) -> str:
        (link,) = re.findall(r"https?://[^/\s]+(/\S*)", message.body)
        return link

    return find
