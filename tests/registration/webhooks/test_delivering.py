"""Messages on their way to a real server on this machine."""

import json
import time
from datetime import timedelta

import pytest
from django.db import transaction
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from registration.domain import submission, webhooks
from registration.domain.webhooks.schedule import JITTER, WAITS
from registration.models import AuditEntry, WebhookDelivery, WebhookMessage
from tests.registration.webhooks.conftest import fresh, hurried
from tests.registration.webhooks.receiving import after, drop, raw, status

pytestmark = pytest.mark.django_db


def outcome() -> dict:
    row = WebhookDelivery.objects.get()
    return {"state": row.state, "attempts": row.attempts, "status": row.last_status, "failure": row.last_failure}


def test_made_form_is_told_with_id_and_status_alone(endpoint_at, receive, submit, moment):
    receiver = receive()
    made = endpoint_at(receiver.url)
    application = submit(moment)
    assert webhooks.deliver_due(moment) == 1
    [received] = receiver.received
    assert received.path == "/hook"
    assert received.headers["content-type"] == "application/json"
    assert received.headers["webhook-id"] == str(WebhookMessage.objects.get().pk)
    told = Webhook(made.secret).verify(received.body, received.headers)
    assert told == {
        "type": "application.form_ready",
        "timestamp": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "data": {
            "application": str(application.id),
            "status": "form_ready",
            "jurisdiction": "GA",
            "channel": "widget",
        },
    }
    assert outcome() == {"state": "delivered", "attempts": 1, "status": 204, "failure": ""}
    assert webhooks.deliver_due(moment + timedelta(days=9)) == 0


def test_first_drawing_alone_is_told(endpoint_at, receive, submit, moment):
    receiver = receive()
    endpoint_at(receiver.url, events=("application.delivered",))
    application = submit(moment)
    for _ in range(2):
        submission.mark_delivered(application, moment)
    assert webhooks.deliver_due(moment) == 1
    told = json.loads(receiver.received[0].body)
    assert (told["type"], told["data"]["status"]) == ("application.delivered", "delivered")


def test_announcing_for_a_partner_without_endpoints_costs_one_query(submit, moment, django_assert_num_queries):
    application = submit(moment)
    with django_assert_num_queries(1):
        webhooks.announce(application, webhooks.DELIVERED, moment)
    assert WebhookMessage.objects.count() == 0


def test_another_partners_applications_are_not_told(endpoint_at, receive, submit, moment):
    endpoint_at(receive().url)
    submit(moment, slug="site")
    assert WebhookMessage.objects.count() == 0


def test_announcement_is_rolled_back_with_what_it_announces(endpoint_at, receive, submit, moment):
    endpoint_at(receive().url)
    with transaction.atomic():
        submit(moment)
        assert WebhookMessage.objects.count() == 1
        transaction.set_rollback(True)
    assert WebhookMessage.objects.count() == 0


def test_failure_is_tried_again_after_the_wait_with_the_same_id(endpoint_at, receive, submit, moment):
    receiver = receive(status(500), status(200))
    made = endpoint_at(receiver.url)
    submit(moment)
    assert webhooks.deliver_due(moment) == 1
    assert outcome() == {"state": "waiting", "attempts": 1, "status": 500, "failure": "refused"}
    assert fresh(made.endpoint).failing_since is not None
    assert webhooks.deliver_due(moment + WAITS[0] * 0.9) == 0
    assert webhooks.deliver_due(moment + WAITS[0] * (1 + JITTER) + timedelta(seconds=1)) == 1
    assert outcome() == {"state": "delivered", "attempts": 2, "status": 200, "failure": ""}
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert first.headers["webhook-timestamp"] < second.headers["webhook-timestamp"]
    assert fresh(made.endpoint).failing_since is None


@pytest.mark.parametrize(
    ("answer", "status_seen", "failure"),
    [
        (drop, None, "connection_lost"),
        (raw(b"SSH-2.0-OpenSSH_9\r\n"), None, "connection_lost"),
        (raw(b"HTTP/1.1 abc Fine\r\n\r\n"), None, "connection_lost"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 200 + b"\r\n"), None, "connection_lost"),
        (raw(b"HTTP/1.1 200 OK\r\nx: " + b"y" * 70_000 + b"\r\n\r\n"), None, "connection_lost"),
        (after(3, status(200)), None, "answer_timeout"),
        (raw(*[b"H"] * 40, pause=0.1), None, "answer_timeout"),
        (raw(*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 40, pause=0.1), None, "answer_timeout"),
        (status(400), 400, "refused"),
        (status(302, "Location: http://127.0.0.1:1/"), 302, "redirect"),
        (status(307, "Location: /elsewhere"), 307, "redirect"),
    ],
)
def test_server_that_does_not_take_it(endpoint_at, receive, submit, moment, answer, status_seen, failure):
    receiver = receive(answer)
    endpoint_at(receiver.url)
    submit(moment)
    assert webhooks.deliver_due(moment, through=hurried()) == 1
    assert outcome() == {"state": "waiting", "attempts": 1, "status": status_seen, "failure": failure}
    assert [each.path for each in receiver.received] == ["/hook"]


def test_server_that_is_not_there(endpoint_at, receive, submit, moment):
    receiver = receive()
    endpoint_at(receiver.url)
    receiver.stop()
    submit(moment)
    assert webhooks.deliver_due(moment) == 1
    assert outcome() == {"state": "waiting", "attempts": 1, "status": None, "failure": "connect_failed"}


@pytest.mark.parametrize(
    "answer",
    [
        status(200, body=b"x" * 5_000_000),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n", *[b"x"] * 30, pause=0.1),
        raw(b"HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\nnonsense"),
    ],
)
def test_body_of_the_answer_does_not_matter(endpoint_at, receive, submit, moment, answer):
    endpoint_at(receive(answer).url)
    submit(moment)
    assert webhooks.deliver_due(moment, through=hurried(2)) == 1
    assert outcome()["state"] == "delivered"


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("7200", timedelta(hours=2), timedelta(hours=2)),
        ("99999999", timedelta(days=1), timedelta(days=1)),
        ("1", timedelta(seconds=5), timedelta(seconds=6)),
        ("-5", timedelta(seconds=5), timedelta(seconds=6)),
        ("soon", timedelta(seconds=5), timedelta(seconds=6)),
        ("Wed, 21 Oct 2015 07:28:00 GMT", timedelta(seconds=5), timedelta(seconds=6)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=1), timedelta(days=1)),
    ],
)
def test_retry_after_is_kept_to_for_a_day_at_most(endpoint_at, receive, submit, moment, header, least, most):
    endpoint_at(receive(status(503, f"Retry-After: {header}")).url)
    submit(moment)
    webhooks.deliver_due(moment)
    wait = WebhookDelivery.objects.get().available_at - moment
    assert least <= wait <= most + timedelta(seconds=2)


def test_server_that_is_gone_is_told_nothing_more(endpoint_at, receive, submit, moment):
    receiver = receive(status(410))
    made = endpoint_at(receiver.url)
    submit(moment)
    assert webhooks.deliver_due(moment) == 1
    assert outcome() == {"state": "given_up", "attempts": 1, "status": 410, "failure": "gone"}
    endpoint = fresh(made.endpoint)
    assert endpoint.disabled_because == "gone"
    entry = AuditEntry.objects.order_by("pk").last()
    assert (entry.who, entry.action, entry.details["disabled_because"]) == ("delivery", "webhook_changed", "gone")
    submit(moment)
    assert webhooks.deliver_due(moment + timedelta(days=1)) == 0
    assert [row.last_failure for row in WebhookDelivery.objects.order_by("pk")] == ["gone", "endpoint_off"]
    assert len(receiver.received) == 1


def test_endpoint_that_fails_for_three_days_is_given_up_and_switched_off(endpoint_at, receive, submit, moment):
    receiver = receive(status(500))
    made = endpoint_at(receiver.url)
    submit(moment)
    tried = 0
    at = moment
    while WebhookDelivery.objects.filter(given_up_at=None).exists():
        tried += webhooks.deliver_due(at)
        at += timedelta(minutes=3)
    assert tried == len(receiver.received) == 10
    assert timedelta(days=3) < at - moment < timedelta(days=4)
    assert fresh(made.endpoint).disabled_because == "failing"


def test_endpoint_that_fails_now_and_then_is_not_switched_off(endpoint_at, receive, submit, moment):
    receiver = receive(status(500))
    made = endpoint_at(receiver.url)
    submit(moment)
    WebhookDelivery.objects.update(attempts=9)
    webhooks.deliver_due(moment)
    assert outcome() == {"state": "given_up", "attempts": 10, "status": 500, "failure": "refused"}
    assert fresh(made.endpoint).disabled_at is None


def test_rotated_secret_signs_beside_the_former_until_the_overlap_is_over(endpoint_at, receive, submit, moment, order):
    receiver = receive()
    made = endpoint_at(receiver.url)
    again = webhooks.rotate(made.endpoint, timedelta(minutes=2), order)
    assert again.secret != made.secret
    submit(moment)
    webhooks.deliver_due(moment)
    webhooks.send_test(made.endpoint, order)
    webhooks.deliver_due(moment + timedelta(minutes=2))
    during, later = receiver.received
    assert during.headers["webhook-signature"].count("v1,") == 2
    for secret in (made.secret, again.secret):
        assert Webhook(secret).verify(during.body, during.headers)["type"] == "application.form_ready"
    assert Webhook(again.secret).verify(later.body, later.headers)["type"] == "webhook.test"
    with pytest.raises(WebhookVerificationError):
        Webhook(made.secret).verify(later.body, later.headers)


def test_rotation_without_overlap_ends_the_former_secret_at_once(endpoint_at, receive, moment, order):
    receiver = receive()
    made = endpoint_at(receiver.url)
    webhooks.rotate(made.endpoint, timedelta(), order)
    webhooks.send_test(made.endpoint, order)
    webhooks.deliver_due(moment)
    with pytest.raises(WebhookVerificationError):
        Webhook(made.secret).verify(receiver.received[0].body, receiver.received[0].headers)


def test_slow_server_keeps_no_other_waiting(endpoint_at, receive, submit, moment):
    slow, quick = receive(after(4, status(200))), receive()
    endpoint_at(slow.url)
    endpoint_at(quick.url)
    for _ in range(30):
        submit(moment)
    began = time.monotonic()
    webhooks.deliver_due(moment, through=hurried(3), should_stop=lambda: len(quick.received) == 30)
    assert len(quick.received) == 30
    assert time.monotonic() - began < 6
    assert slow.connections <= 8


def test_suspended_partners_messages_wait(endpoint_at, receive, submit, partner, moment):
    receiver = receive()
    endpoint_at(receiver.url)
    submit(moment)
    partner.suspended_at = moment
    partner.save()
    assert webhooks.deliver_due(moment) == 0
    partner.suspended_at = None
    partner.save()
    assert webhooks.deliver_due(moment) == 1
