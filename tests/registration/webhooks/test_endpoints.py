"""What a partner may set up, and what is written down about it."""

import time
from datetime import timedelta

import pytest

from registration.domain import retention, webhooks
from registration.domain.field_encryption import CannotRead
from registration.domain.validation.problem import Problem
from registration.domain.webhooks import Wish, endpoints, signing
from registration.models import AuditEntry, WebhookDelivery, WebhookEndpoint, WebhookMessage
from registration.phrases.webhooks import SENTENCES, webhook_problem
from tests.registration.webhooks.conftest import fresh

pytestmark = pytest.mark.django_db
URL = "https://hooks.acme.example/in?key=s3cretword"


def public(_host: str) -> list[str]:
    return ["93.184.215.14"]


def inside(_host: str) -> list[str]:
    return ["93.184.215.14", "10.0.0.5"]


@pytest.fixture
def made(partner, order) -> webhooks.Made:
    return webhooks.make(partner, Wish(URL), order, public)


def audit() -> list[tuple[str, dict]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "details"))


def test_made_endpoint_keeps_its_secret_encrypted_and_its_audit_without_the_path(made, partner, order):
    assert made.secret.startswith("whsec_")
    row = WebhookEndpoint.objects.get()
    assert made.secret.encode() not in bytes(row.secret)
    assert signing.secrets_in_force(row, order.at) == (made.secret,)
    assert (row.url, row.events) == (URL, ["application.form_ready", "application.delivered", "application.withdrawn"])
    details = {"host": "hooks.acme.example", "events": row.events, "disabled_because": ""}
    assert audit() == [("webhook_made", details)]
    assert AuditEntry.objects.get().partner == partner
    assert made.secret not in repr(made)


def test_secret_moved_to_another_endpoint_does_not_open(made, partner, order):
    other = webhooks.make(partner, Wish(URL), order, public)
    WebhookEndpoint.objects.filter(pk=other.endpoint.pk).update(secret=fresh(made.endpoint).secret)
    with pytest.raises(CannotRead):
        signing.secrets_in_force(fresh(other.endpoint), order.at)


@pytest.mark.parametrize(
    ("wish", "problems"),
    [
        (Wish(""), [("webhook_url_required", "url")]),
        (Wish("http://hooks.acme.example/"), [("webhook_url_not_https", "url")]),
        (Wish("https://127.0.0.1/", ()), [("webhook_url_private", "url"), ("webhook_events_required", "events")]),
        (Wish(URL, ("a.b", "c" * 99)), [("webhook_event_unknown", "events")] * 2),
        (Wish(URL, ("webhook.test",)), [("webhook_event_unknown", "events")]),
    ],
)
def test_every_problem_of_a_wish_is_said_at_once(partner, order, wish, problems):
    found = webhooks.make(partner, wish, order, public)
    assert [(each.code, each.field) for each in found] == problems
    assert all(webhook_problem(each) for each in found)
    assert WebhookEndpoint.objects.count() == 0


def test_s11_name_that_leads_inside_is_refused_when_the_endpoint_is_made_or_changed(partner, order, made):
    assert webhooks.make(partner, Wish(URL), order, inside) == (Problem("webhook_url_private", "url"),)
    changed = webhooks.change(made.endpoint, Wish(URL + "&more=1"), order, inside)
    assert changed == (Problem("webhook_url_private", "url"),)
    assert fresh(made.endpoint).url == URL


def test_name_that_takes_too_long_to_find_is_not_waited_for(partner, order, monkeypatch):
    monkeypatch.setattr(endpoints, "LOOK_UP_SECONDS", 0.1)

    def slow(_host: str) -> list[str]:
        time.sleep(1)
        return ["93.184.215.14"]

    assert webhooks.make(partner, Wish(URL), order, slow) == (Problem("webhook_url_unknown_host", "url"),)


def test_no_more_endpoints_than_the_limit(partner, order):
    for _ in range(webhooks.MOST_ENDPOINTS):
        assert isinstance(webhooks.make(partner, Wish(URL), order, public), webhooks.Made)
    assert webhooks.make(partner, Wish(URL), order, public) == (Problem("webhook_too_many", "", {"limit": 10}),)
    webhooks.remove(webhooks.endpoints_of(partner)[0], order)
    assert isinstance(webhooks.make(partner, Wish(URL), order, public), webhooks.Made)


def test_endpoint_switched_off_gives_up_what_waits_and_starts_afresh(made, submit, order, moment):
    submit(moment)
    WebhookEndpoint.objects.update(failing_since=moment - timedelta(days=9))
    off = webhooks.change(made.endpoint, Wish(URL, ("application.delivered",), enabled=False), order, public)
    assert (off.disabled_at, off.disabled_because, off.events) == (moment, "partner", ["application.delivered"])
    assert WebhookDelivery.objects.get().last_failure == "endpoint_off"
    on = webhooks.change(made.endpoint, Wish(URL), order, public)
    assert (on.disabled_at, on.disabled_because, on.failing_since) == (None, "", None)
    assert [action for action, _details in audit()] == ["webhook_made", "webhook_changed", "webhook_changed"]


def test_change_of_events_alone_looks_nothing_up(made, order):
    def never(_host: str) -> list[str]:
        raise AssertionError

    changed = webhooks.change(made.endpoint, Wish(URL, ("application.delivered",)), order, never)
    assert changed.events == ["application.delivered"]


def test_removed_endpoint_is_told_nothing_and_has_no_secret(made, partner, submit, order, moment):
    submit(moment)
    webhooks.remove(made.endpoint, order)
    webhooks.remove(made.endpoint, order)
    submit(moment)
    assert webhooks.endpoints_of(partner) == []
    assert [row.last_failure for row in WebhookDelivery.objects.all()] == ["endpoint_off"]
    assert bytes(fresh(made.endpoint).secret) == b""
    assert [action for action, _details in audit()] == ["webhook_made", "webhook_removed"]


def test_secret_whose_key_is_lost_is_replaced_by_rotating(made, submit, settings, order, moment):
    settings.FIELD_KEYS = ["other:" + "k" * 40]
    submit(moment)
    assert webhooks.deliver_due(moment) == 1
    assert WebhookDelivery.objects.get().last_failure == "secret_unreadable"
    again = webhooks.rotate(made.endpoint, timedelta(days=1), order)
    assert signing.secrets_in_force(fresh(made.endpoint), moment) == (again.secret,)
    assert fresh(made.endpoint).former_until is None


@pytest.mark.parametrize("overlap", [timedelta(seconds=-1), timedelta(days=7, seconds=1)])
def test_overlap_out_of_bounds_is_refused(made, order, overlap):
    with pytest.raises(ValueError, match="overlap"):
        webhooks.rotate(made.endpoint, overlap, order)
    assert signing.secrets_in_force(fresh(made.endpoint), order.at) == (made.secret,)


def test_log_is_forgotten_after_thirty_days_and_removed_endpoints_with_it(made, partner, submit, order, moment):
    gone = webhooks.make(partner, Wish(URL), order, public).endpoint
    submit(moment)
    webhooks.remove(gone, order)
    assert retention.forget_webhooks(moment + timedelta(days=30)) == 0
    assert WebhookDelivery.objects.count() == 2
    assert retention.forget_webhooks(moment + timedelta(days=30, seconds=1)) == 2
    assert WebhookMessage.objects.count() == WebhookDelivery.objects.count() == 0
    assert webhooks.endpoints_of(partner) == [made.endpoint]


def test_every_sentence_is_plain():
    assert all(sentence[-1] in ".”" for sentence in SENTENCES.values())
