"""Webhook endpoints and deliveries through the API."""

import json
import socket
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone, translation
from standardwebhooks.webhooks import Webhook

from api.openapi import document
from registration.domain import webhooks
from registration.domain.audit import Order
from registration.models import AuditEntry, Partner, WebhookDelivery, WebhookEndpoint
from registration.phrases.webhooks import failure
from tests.api.conftest import Caller, key_of, problem
from tests.api.test_openapi import check_answer, served
from tests.registration.webhooks.receiving import Receiver, status

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loopback(settings):
    settings.WEBHOOK_ALLOW_LOOPBACK = True


@pytest.fixture
def receiver():
    started = Receiver()
    yield started
    started.stop()


def said(response, expected: int = 200) -> dict:
    assert response.status_code == expected, response.content
    return json.loads(response.content)


@pytest.fixture
def made(live, receiver) -> dict:
    return said(live.post("webhook-endpoints/", {"url": receiver.url}), 201)


def test_endpoint_is_made_with_a_secret_that_is_shown_once(live, made, receiver):
    secret = made.pop("secret")
    assert said(live.get("webhook-endpoints/")) == {"items": [made]}
    assert said(live.get(f"webhook-endpoints/{made['id']}/")) == made
    assert made == {
        "id": str(WebhookEndpoint.objects.get().public_id),
        "url": receiver.url,
        "events": ["application.form_ready", "application.delivered", "application.withdrawn"],
        "enabled": True,
        "disabled_because": "",
        "failing_since": None,
        "former_secret_until": None,
        "created_at": made["created_at"],
    }
    assert AuditEntry.objects.get(action="webhook_made").who.startswith("key ")
    tested = said(live.post(f"webhook-endpoints/{made['id']}/test/", {}), 202)
    assert (tested["type"], tested["state"], tested["next_attempt_at"]) == (
        "webhook.test",
        "waiting",
        tested["created_at"],
    )
    webhooks.deliver_due(timezone.now())
    [received] = receiver.received
    assert Webhook(secret).verify(received.body, received.headers)["data"] == {"endpoint": made["id"]}
    delivery = said(live.get(f"webhook-deliveries/{tested['id']}/"))
    assert (delivery["state"], delivery["last_status"], delivery["body"]) == ("delivered", 204, received.body.decode())


def test_location_leads_to_the_endpoint(live, receiver):
    response = live.post("webhook-endpoints/", {"url": receiver.url, "events": ["application.delivered"]})
    endpoint = said(live.get(response.headers["Location"].removeprefix("/api/v1/")))
    assert endpoint["events"] == ["application.delivered"]


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, [("required", "#/url")]),
        ({"url": 5, "events": "all"}, [("not_a_string", "#/url"), ("not_a_list", "#/events")]),
        ({"url": "https://127.0.0.1.example.org:99/", "secret": "x"}, [("unknown_field", "#/secret")]),
        (
            {"url": "http://example.org/", "events": []},
            [("webhook_url_not_https", "#/url"), ("webhook_events_required", "#/events")],
        ),
        ({"url": "https://10.0.0.1/"}, [("webhook_url_private", "#/url")]),
        ({"url": "https://[::ffff:10.0.0.1]/"}, [("webhook_url_private", "#/url")]),
        (
            {"url": "https://169.254.169.254/", "events": ["x"]},
            [("webhook_url_private", "#/url"), ("webhook_event_unknown", "#/events")],
        ),
    ],
)
def test_s11_every_problem_of_an_endpoint_is_said_at_once(live, body, faults):
    assert problem(live.post("webhook-endpoints/", body)) == (400, "invalid", faults)
    assert WebhookEndpoint.objects.count() == 0


def test_endpoint_is_changed_switched_off_and_on(live, made):
    place = f"webhook-endpoints/{made['id']}/"
    changed = said(live("PATCH", place, {"events": ["application.delivered"]}))
    assert (changed["events"], changed["url"], changed["enabled"]) == (["application.delivered"], made["url"], True)
    off = said(live("PATCH", place, {"enabled": False}))
    assert (off["enabled"], off["disabled_because"]) == (False, "partner")
    assert said(live("PATCH", place, {}))["enabled"] is False
    missed = said(live.post(f"{place}test/", {}), 202)
    assert (missed["state"], missed["last_failure"], bool(missed["detail"])) == ("given_up", "endpoint_off", True)
    assert problem(live.post(f"webhook-deliveries/{missed['id']}/replay/", {}))[:2] == (409, "endpoint_off")
    said(live("PATCH", place, {"enabled": True}))
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    assert said(live.post(f"{place}recover/", {"since": since}), 202) == {"count": 1}
    assert problem(live.post(f"{place}recover/", {"since": "2026-01-01T00:00:00"}))[2] == [("invalid", "#/since")]
    assert problem(live.post(f"{place}recover/", {"since": "0001-01-01T00:00:00+23:00"}))[2] == [("invalid", "#/since")]


def test_endpoint_is_removed(live, made):
    place = f"webhook-endpoints/{made['id']}/"
    response = live("DELETE", place)
    assert (response.status_code, response.content) == (204, b"")
    assert problem(live.get(place))[:2] == (404, "not_found")
    assert said(live.get("webhook-endpoints/")) == {"items": []}


def test_rotation_shows_the_new_secret_and_until_when_the_former_signs(live, made):
    place = f"webhook-endpoints/{made['id']}/"
    rotated = said(live.post(f"{place}rotate/", {}))
    assert rotated["secret"] not in ("", made["secret"])
    assert rotated["former_secret_until"] is not None
    assert said(live.post(f"{place}rotate/", {"overlap_hours": 0}))["former_secret_until"] is None
    for wrong in (-1, 169, True, "5", 1.5, None):
        assert problem(live.post(f"{place}rotate/", {"overlap_hours": wrong}))[:2] == (400, "invalid")


def test_log_is_paged_and_filtered(live, made, receiver):
    place = f"webhook-endpoints/{made['id']}/"
    ids = [said(live.post(f"{place}test/", {}), 202)["id"] for _ in range(52)]
    first = said(live.get("webhook-deliveries/"))
    second = said(live.get(f"webhook-deliveries/?cursor={first['next']}"))
    assert [each["id"] for each in first["items"] + second["items"]] == ids[::-1]
    assert second["next"] is None
    WebhookDelivery.objects.filter(public_id=ids[0]).update(delivered_at=timezone.now())
    delivered = said(live.get(f"webhook-deliveries/?state=delivered&endpoint={made['id']}"))
    assert [each["id"] for each in delivered["items"]] == [ids[0]]
    assert said(live.get(f"webhook-deliveries/?endpoint={uuid4()}"))["items"] == []
    for query in ("state=lost", "endpoint=x", "cursor=x", f"cursor={uuid4()}", "page=2"):
        assert problem(live.get(f"webhook-deliveries/?{query}"))[:2] == (400, "invalid")


def test_replay_sends_the_same_message_again(live, made, receiver):
    receiver.answers = [status(500), status(200)]
    place = f"webhook-endpoints/{made['id']}/"
    delivery = said(live.post(f"{place}test/", {}), 202)
    webhooks.deliver_due(timezone.now())
    failed = said(live.get(f"webhook-deliveries/{delivery['id']}/"))
    assert (failed["state"], failed["attempts"], failed["last_status"]) == ("waiting", 1, 500)
    assert failed["next_attempt_at"] is not None
    again = said(live.post(f"webhook-deliveries/{delivery['id']}/replay/", {}), 202)
    assert again["message"] == delivery["message"]
    assert webhooks.deliver_due(timezone.now()) == 1
    assert said(live.get(f"webhook-deliveries/{again['id']}/"))["state"] == "delivered"


def test_another_partner_sees_and_changes_nothing(live, made, other_partner, receiver):
    stranger = Caller(key_of(other_partner))
    delivery = said(live.post(f"webhook-endpoints/{made['id']}/test/", {}), 202)
    place, log = f"webhook-endpoints/{made['id']}/", f"webhook-deliveries/{delivery['id']}/"
    asked = [
        ("GET", place), ("PATCH", place), ("DELETE", place), ("POST", f"{place}rotate/"), ("POST", f"{place}test/"),
        ("POST", f"{place}recover/"), ("GET", log), ("POST", f"{log}replay/"),
    ]  # fmt: skip
    body = {"enabled": False}
    assert [stranger(method, each, body).status_code for method, each in asked] == [404] * 8
    assert said(stranger.get("webhook-endpoints/"))["items"] == []
    assert said(stranger.get(f"webhook-deliveries/?endpoint={made['id']}"))["items"] == []
    assert problem(stranger.get(f"webhook-deliveries/?cursor={delivery['id']}"))[:2] == (400, "invalid")
    assert said(live.get(place))["enabled"] is True


def test_key_without_the_scope_or_none_at_all_is_refused(partner, public, made):
    weak = Caller(key_of(partner, scopes=("applications:write",)))
    for place in ("webhook-endpoints/", f"webhook-endpoints/{made['id']}/", "webhook-deliveries/"):
        assert problem(weak.get(place))[:2] == (403, "scope_missing")
        assert problem(public.get(place))[:2] == (401, "key_missing")


def test_test_key_is_answered_alike_and_keeps_nothing(sandbox, live, made, receiver):
    before = [list(model.objects.order_by("pk").values()) for model in (WebhookEndpoint, WebhookDelivery, AuditEntry)]
    place = f"webhook-endpoints/{made['id']}/"
    assert said(sandbox.post("webhook-endpoints/", {"url": receiver.url}), 201)["secret"].startswith("whsec_")
    assert said(sandbox("PATCH", place, {"enabled": False}))["enabled"] is False
    assert said(sandbox.post(f"{place}rotate/", {}))["secret"] != made["secret"]
    assert said(sandbox.post(f"{place}test/", {}), 202)["state"] == "waiting"
    assert sandbox("DELETE", place).status_code == 204
    after = [list(model.objects.order_by("pk").values()) for model in (WebhookEndpoint, WebhookDelivery, AuditEntry)]
    assert after == before
    assert webhooks.deliver_due(timezone.now()) == 0


def test_sentences_are_in_the_language_that_was_asked_for(live, made, partner):
    order = Order("member 1", "A test.", timezone.now())
    endpoint = WebhookEndpoint.objects.get()
    webhooks.change(endpoint, webhooks.Wish(endpoint.url, enabled=False), order)
    delivery = webhooks.send_test(endpoint, order)
    response = live.get(f"webhook-deliveries/{delivery.public_id}/?lang=es")
    assert response.headers["Content-Language"] == "es"
    with translation.override("es"):
        assert said(response)["detail"] == failure("endpoint_off")


def test_answers_are_as_the_document_promises(live, public, made):
    whole = served(public)
    place = f"webhook-endpoints/{made['id']}/"
    tested = said(live.post(f"{place}test/", {}), 202)["id"]
    calls = [
        ("endpoints/", "GET", "webhook-endpoints/", None, 200),
        ("endpoints/", "POST", "webhook-endpoints/", {"url": made["url"]}, 201),
        ("endpoints/{id}/", "GET", place, None, 200),
        ("endpoints/{id}/", "PATCH", place, {"enabled": True}, 200),
        ("endpoints/{id}/rotate/", "POST", f"{place}rotate/", {}, 200),
        ("endpoints/{id}/test/", "POST", f"{place}test/", None, 202),
        ("endpoints/{id}/recover/", "POST", f"{place}recover/", {"since": "2026-11-01T00:00:00Z"}, 202),
        ("deliveries/", "GET", "webhook-deliveries/", None, 200),
        ("deliveries/{id}/", "GET", f"webhook-deliveries/{tested}/", None, 200),
        ("deliveries/{id}/replay/", "POST", f"webhook-deliveries/{tested}/replay/", None, 202),
        ("endpoints/{id}/", "PATCH", place, {"enabled": False}, 200),
        ("endpoints/{id}/recover/", "POST", f"{place}recover/", {"since": "2026-11-01T00:00:00Z"}, 409),
        ("deliveries/{id}/replay/", "POST", f"webhook-deliveries/{tested}/replay/", None, 409),
        ("endpoints/{id}/", "GET", f"webhook-endpoints/{uuid4()}/", None, 404),
    ]
    for described, method, path, body, expected in calls:
        response = live(method, path, body)
        assert response.status_code == expected, (path, response.content)
        check_answer(whole, whole["paths"][f"/webhook-{described}"][method.lower()], response)


def test_addresses_are_described_with_their_scope():
    paths = document()["paths"]
    ours = {path.split("/webhook-")[1]: methods for path, methods in paths.items() if "/webhook-" in path}
    assert {path: sorted(methods) for path, methods in ours.items()} == {
        "endpoints/": ["get", "post"],
        "endpoints/{id}/": ["delete", "get", "patch"],
        "endpoints/{id}/rotate/": ["post"],
        "endpoints/{id}/test/": ["post"],
        "endpoints/{id}/recover/": ["post"],
        "deliveries/": ["get"],
        "deliveries/{id}/": ["get"],
        "deliveries/{id}/replay/": ["post"],
    }
    scopes = {operation["x-scope"] for methods in ours.values() for operation in methods.values()}
    assert scopes == {"webhooks:write"}
    names = [each["name"] for each in ours["deliveries/"]["get"]["parameters"]]
    assert sorted(names) == ["cursor", "endpoint", "lang", "state"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("mode", ["live", "test"])
def test_no_transaction_is_open_while_a_host_is_looked_up(partner, monkeypatch, mode):
    """On SQLite a transaction keeps everybody else from writing, and a name server may take its time."""
    caller, seen = Caller(key_of(partner, mode)), []

    def look_up(*_args: object, **_more: object) -> list[tuple[object, ...]]:
        Partner.objects.filter(pk=partner.pk).update(name="Acme, too")  # in the thread of the look-up
        connections.close_all()
        seen.append(True)
        return [(0, 0, 0, "", ("10.0.0.1", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    refused = problem(caller.post("webhook-endpoints/", {"url": "https://hooks.example.org/"}))
    assert refused == (400, "invalid", [("webhook_url_private", "#/url")])
    assert seen == [True]
