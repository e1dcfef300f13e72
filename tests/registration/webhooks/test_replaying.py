"""Messages sent again by order."""

import json
from datetime import timedelta

import pytest

from registration.domain import webhooks
from registration.domain.validation.problem import Problem
from registration.models import AuditEntry, WebhookDelivery
from tests.registration.webhooks.receiving import status

pytestmark = pytest.mark.django_db


def test_replay_of_what_arrived_is_a_new_row_with_the_same_id(endpoint_at, receive, submit, moment, order):
    receiver = receive()
    endpoint_at(receiver.url)
    submit(moment)
    webhooks.deliver_due(moment)
    delivery = WebhookDelivery.objects.get()
    again = webhooks.replay(delivery, order)
    assert again.pk != delivery.pk
    assert webhooks.deliver_due(moment) == 1
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    entry = AuditEntry.objects.order_by("pk").last()
    assert (entry.action, entry.details) == ("webhook_changed", {"replayed": str(delivery.message_id)})


def test_replay_of_what_waits_sends_it_now_and_once(endpoint_at, receive, submit, moment, order):
    receiver = receive(status(500), status(500), status(200))
    endpoint_at(receiver.url)
    submit(moment)
    webhooks.deliver_due(moment)
    webhooks.deliver_due(moment + timedelta(seconds=10))
    delivery = WebhookDelivery.objects.get()
    assert delivery.available_at > moment + timedelta(minutes=5)
    assert {webhooks.replay(delivery, order).pk for _ in range(3)} == {delivery.pk}
    assert webhooks.deliver_due(moment) == 1
    assert WebhookDelivery.objects.get().state == "delivered"


def test_replay_to_an_endpoint_that_is_off_is_a_problem(endpoint_at, receive, submit, moment, order):
    made = endpoint_at(receive().url)
    submit(moment)
    delivery = WebhookDelivery.objects.get()
    webhooks.change(made.endpoint, webhooks.Wish(made.endpoint.url, enabled=False), order)
    assert webhooks.replay(delivery, order) == Problem("webhook_endpoint_off", "")
    webhooks.remove(made.endpoint, order)
    assert webhooks.replay(delivery, order) == Problem("webhook_endpoint_off", "")
    assert webhooks.recover(made.endpoint, moment, order) == Problem("webhook_endpoint_off", "")


def test_recover_sends_what_never_arrived_and_nothing_else(endpoint_at, receive, submit, moment, order):
    receiver = receive()
    made = endpoint_at(receiver.url)
    submit(moment)
    webhooks.deliver_due(moment)
    off = webhooks.Wish(receiver.url, enabled=False)
    webhooks.change(made.endpoint, off, order)
    missed = [submit(moment - timedelta(days=2)), submit(moment), submit(moment)]
    webhooks.change(made.endpoint, webhooks.Wish(receiver.url), order)
    assert webhooks.recover(made.endpoint, moment - timedelta(days=1), order) == 2
    assert webhooks.recover(made.endpoint, moment - timedelta(days=1), order) == 0
    webhooks.deliver_due(moment)
    told = {json.loads(each.body)["data"]["application"] for each in receiver.received[1:]}
    assert told == {str(application.id) for application in missed[1:]}
    assert webhooks.recover(made.endpoint, moment - timedelta(days=1), order) == 0
