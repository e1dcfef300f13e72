"""S-40 for webhooks: what a person wrote, and their reference, are in no message, no row and no log line."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

import state_rules
from config.logs import JsonFormatter
from registration.domain import sealing, webhooks
from registration.models import WebhookDelivery, WebhookMessage
from tests.registration.test_canary import ANSWERS, AT_A_STREET, found_in
from tests.registration.webhooks.receiving import drop, status

pytestmark = pytest.mark.django_db


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log():
    handler = Lines()
    logging.getLogger().addHandler(handler)
    yield handler.lines
    logging.getLogger().removeHandler(handler)


def test_s40_webhooks_hold_nothing_of_the_person(client, endpoint_at, receive, moment, log):
    receiver = receive(status(200), status(500), drop)
    made = endpoint_at(receiver.url)
    reference = sealing.new_reference()
    path = reverse("apply", kwargs={"code": state_rules.load("MO")})
    sent = {**ANSWERS, **AT_A_STREET, "partner": "acme", "reference": reference}
    assert client.post(path, sent).status_code == 200
    webhooks.deliver_due(moment)
    assert client.post(reverse("form"), {"reference": reference}).status_code == 200
    for minutes in (1, 20, 200):
        webhooks.deliver_due(moment + timedelta(minutes=minutes))
    assert WebhookMessage.objects.count() == WebhookDelivery.objects.count() == 2
    assert len(receiver.received) >= 3
    sent = "\n".join(f"{each.path} {each.headers} {each.body!r}" for each in receiver.received)
    rows: list[str] = []
    with connection.cursor() as cursor:
        for model in (WebhookMessage, WebhookDelivery):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608  our own
            rows += [repr(row) for row in cursor]
    everything = "\n".join([sent, *rows, *log]).encode()
    assert found_in(everything) == []
    normal = sealing.normal_reference(reference)
    digest = sealing.reference_hash(normal)
    for secret in (reference, normal, digest.hex(), made.secret, made.secret.removeprefix("whsec_")):
        assert secret.encode() not in everything
