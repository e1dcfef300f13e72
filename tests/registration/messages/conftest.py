"""Applications with wishes, and the servers that their messages go to."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from registration.domain import outbox, submission
from registration.domain.subscriptions import Wish
from registration.models import Application, Outbox, Subscription
from tests.registration.messages.mail_server import MailServer

SMTP = "django.core.mail.backends.smtp.EmailBackend"
REFERENCE = "abcdefghijklmnopqrstuvwx23"
#: Thursday noon in Georgia, months before the election.
NOON = datetime(2028, 6, 1, 16, 0, tzinfo=UTC)
EVERYTHING = Wish("Ann@Example.org ", "(404) 555-0123", True, True, True, True, True)
#: What is on the form and is never in a message.
SECRETS = ("057123456", "Nguy", "Łukasz", "1990", "Main St")


@pytest.fixture(autouse=True)
def _offered(settings) -> None:
    settings.OFFER_SMS = settings.PRINT_SHOP = True
    settings.SITE_URL, settings.SMS_URL = "https://vote.example.org", "console:"
    settings.SITE_CONTACT = "help@vote.example.org"


@pytest.fixture
def mail_server(settings) -> Iterator[Callable[..., MailServer]]:
    started: list[MailServer] = []

    def start(**behaviour) -> MailServer:
        server = MailServer(**behaviour).start()
        started.append(server)
        settings.EMAIL_BACKEND = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        return server

    yield start
    for each in started:
        each.stop()


@pytest.fixture
def submit(applicant, settings, db) -> Callable[..., Application]:
    def make(wish: Wish = EVERYTHING, language: str = "en", place: str = "GA", at: datetime = NOON) -> Application:
        person = replace(applicant, jurisdiction=place, home=replace(applicant.home, state=place))
        day = date(2028, 11, 7)
        made = submission.submit(
            submission.Submission(person, language, day, messages=wish), reference=REFERENCE, now=at
        )
        return made.application

    return make


def row_of(kind: str) -> Outbox:
    return Outbox.objects.get(kind=kind)


def work(kind: str, now: datetime) -> Outbox:
    """Do the row of that kind as a worker would; the row as it is then."""
    outbox.work(row_of(kind).pk, lambda: now)
    return row_of(kind)


def due(kind: str) -> datetime:
    return row_of(kind).available_at


def subscription() -> Subscription:
    return Subscription.objects.get()


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content()


def html_of(message) -> str:
    return message.get_body(("html",)).get_content()


class Tags(HTMLParser):
    """Fails on tags that are not closed in the order in which they were opened."""

    VOID = ("meta", "br", "hr")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def named(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.seen if name == tag]


def addresses(text: str) -> list[str]:
    return re.findall(r"https?://[^\s\"<>]+", text)
