from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from registration.applicant import Applicant
from registration.domain import submission, webhooks
from registration.domain.audit import Order
from registration.domain.webhooks import signing
from registration.domain.webhooks.sending import channel
from registration.models import Application, Partner, WebhookEndpoint
from tests.registration.webhooks.receiving import Answer, Receiver


@pytest.fixture
def receive() -> Iterator[Callable[..., Receiver]]:
    """Start a partner's server that gives these answers in turn."""
    started: list[Receiver] = []

    def start(*answers: Answer, **more: object) -> Receiver:
        receiver = Receiver(**({"answers": list(answers)} if answers else {}), **more)
        started.append(receiver)
        return receiver

    yield start
    for each in started:
        each.stop()


@pytest.fixture
def loopback(settings) -> None:
    settings.WEBHOOK_ALLOW_LOOPBACK = True


@pytest.fixture
def partner(db) -> Partner:
    return Partner.objects.create(slug="acme", name="Acme Library", approved_at=timezone.now())


@pytest.fixture
def moment() -> datetime:
    """Now in truth: the library that verifies looks at the clock."""
    return timezone.now()


@pytest.fixture
def order(moment) -> Order:
    return Order("member 7", "Asked for in the dashboard.", moment)


@pytest.fixture
def endpoint_at(loopback, partner, order) -> Callable[..., webhooks.Made]:
    def make(url: str, **changes: object) -> webhooks.Made:
        made = webhooks.make(partner, replace(webhooks.Wish(url), **changes), order)
        assert isinstance(made, webhooks.Made), made
        return made

    return make


@pytest.fixture
def unaudited_endpoint_at(loopback, partner, moment) -> Callable[[str], WebhookEndpoint]:
    """For tests whose tables are emptied after them: the audit's would refuse."""

    def make(url: str) -> WebhookEndpoint:
        endpoint = WebhookEndpoint(partner=partner, url=url, events=list(webhooks.SELECTABLE), created_at=moment)
        endpoint.secret = signing.sealed(signing.new_secret(), endpoint.public_id)
        endpoint.save()
        return endpoint

    return make


@pytest.fixture
def submit(partner, applicant) -> Callable[[datetime], Application]:
    def send(at: datetime, who: Applicant = applicant, slug: str = "acme") -> Application:
        wanted = submission.Submission(who, "en", date(2028, 11, 7), "widget", slug)
        return submission.submit(wanted, reference=submission.new_reference(), now=at).application

    return send


def hurried(seconds: float = 1.0) -> object:
    """The channel with less patience than in service."""
    return replace(channel(), connect_seconds=seconds, total_seconds=seconds)


def fresh(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    return WebhookEndpoint.objects.get(pk=endpoint.pk)


def late(moment: datetime, **ahead: float) -> datetime:
    return moment + timedelta(**ahead)
