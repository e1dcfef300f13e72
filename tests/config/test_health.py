"""Probes, metrics and the log of requests: what they say, to whom, and what they never say."""

import json
import logging
import multiprocessing
import os
import threading
import time
from collections import Counter

import pytest
from django.db import DatabaseError, connection
from prometheus_client.parser import text_string_to_metric_families

from config import health, metrics
from config.celery import app
from config.health import Bounded
from config.logs import JsonFormatter
from registration.models import Chore
from tests.registration.views.conftest import georgia, reference  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
TOKEN = "t" * 32


@pytest.fixture(autouse=True)
def counts(monkeypatch, tmp_path) -> metrics.Counts:
    made = metrics.Counts(tmp_path / "metrics")
    monkeypatch.setattr(health, "COUNTS", made)
    monkeypatch.setattr("config.request_log.COUNTS", made)
    return made


@pytest.fixture(autouse=True)
def _no_broker(settings):
    settings.CELERY_BROKER_URL = ""


def samples(response) -> dict[tuple, float]:
    families = text_string_to_metric_families(response.content.decode())
    return {(each.name, *sorted(each.labels.items())): each.value for family in families for each in family.samples}


def test_healthz_asks_nothing_of_anybody(client, settings, django_assert_num_queries):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["vote.example.org"]
    with django_assert_num_queries(0):
        response = client.get("/healthz", headers={"Host": "10.0.0.7"})
    assert (response.status_code, response.content, response.cookies) == (200, b"ok\n", {})
    assert response.headers["Cache-Control"] == "no-store"
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_readyz_says_yes_when_the_database_answers_and_everything_is_applied(client):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"ready": True, "checks": {"database": "ok", "restore": "ok", "migrations": "ok", "broker": "none"}},
    )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_readyz_says_no_while_a_migration_waits(client):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, app, name, applied FROM django_migrations WHERE app = 'registration' ORDER BY id DESC"
        )
        row = cursor.fetchone()
        cursor.execute("DELETE FROM django_migrations WHERE id = %s", row[:1])
    response = client.get("/readyz")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (id, app, name, applied) VALUES (%s, %s, %s, %s)", row)
    assert (response.status_code, response.json()["checks"]["migrations"]) == (503, "waiting")


def test_readyz_says_no_while_the_database_is_away(client, monkeypatch):
    def away() -> str:
        raise DatabaseError("host=10.1.2.3 password=hunter2")

    monkeypatch.setattr(health, "Migrated", lambda: away)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {"ready": False, "checks": {"database": "away", "restore": "ok", "migrations": "unknown", "broker": "none"}},
    )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_readyz_says_yes_while_the_broker_is_away(client, settings):
    settings.CELERY_BROKER_URL = nowhere = "amqp://127.0.0.1:1//"
    app.conf.update(broker_write_url=nowhere)
    try:
        response = client.get("/readyz")
    finally:
        app.conf.update(broker_write_url=None)
    assert (response.status_code, response.json()["checks"]["broker"]) == (200, "away")


def test_probe_waits_no_longer_than_its_bound_and_asks_once():
    asked, go_on = [], threading.Event()

    def hang() -> str:
        asked.append(1)
        go_on.wait(10)
        return "ok"

    ask = Bounded(hang, "away", seconds=0.1, fresh=0)
    began = time.monotonic()
    assert [ask(), ask()] == ["away", "away"]
    assert time.monotonic() - began < 2
    assert len(asked) == 1
    go_on.set()
    time.sleep(0.2)
    assert ask() == "ok"


@pytest.mark.parametrize(
    ("changes", "headers", "status"),
    [
        ({}, {}, 200),
        ({"TRUSTED_PROXIES": 1}, {}, 404),
        ({"BEHIND_TLS": True}, {}, 404),
        ({}, {"X-Forwarded-For": "127.0.0.1"}, 404),
        ({"METRICS_TOKEN": TOKEN}, {}, 401),
        ({"METRICS_TOKEN": TOKEN}, {"Authorization": "Bearer x"}, 401),
        ({"METRICS_TOKEN": TOKEN}, {"Authorization": f"Bearer {TOKEN}"}, 200),
    ],
)
def test_metrics_are_for_a_token_or_for_this_machine(client, settings, changes, headers, status):
    for name, value in changes.items():
        setattr(settings, name, value)
    assert client.get("/metrics", headers=headers).status_code == status


def test_metrics_from_elsewhere_need_a_token(client):
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_metrics_name_routes_and_never_addresses(client, now):
    Chore.objects.create(name="forget", due_at=now)
    client.get("/state/ga/?q=Zz-canary")
    client.get("/no/such/Zz-canary/")
    response = client.get("/metrics")
    assert b"Zz-canary" not in response.content
    assert b"/state/" not in response.content
    found = samples(response)
    routes = {dict(key[1:])["route"] for key in found if key[0] == "enfranchise_requests_total"}
    assert "none" in routes
    assert len(routes) == 2
    assert found["enfranchise_disk_free_bytes", ("place", "var")] > 0
    assert found["enfranchise_audit_head",] >= 0
    assert found["enfranchise_deadline_days", ("jurisdiction", "GA"), ("way", "mail")] >= 0


def test_histogram_adds_up(counts):
    for seconds in (0.001, 0.04, 60):
        counts.answered("home", "GET", 200, seconds)
    families = {each.name: each for each in metrics._counted(counts.everywhere())}
    found = {(each.name, each.labels.get("le")): each.value for each in families["enfranchise_request_seconds"].samples}
    assert found["enfranchise_request_seconds_bucket", "0.005"] == 1
    assert found["enfranchise_request_seconds_bucket", "0.05"] == 2
    assert found["enfranchise_request_seconds_bucket", "+Inf"] == 3
    assert found["enfranchise_request_seconds_sum", None] == pytest.approx(60.041)


def _count(folder, times: int) -> None:
    made = metrics.Counts(folder)
    for _ in range(times):
        made.submitted("web", "made")
    made.write()
    os._exit(0)


def test_counts_of_processes_that_ended_are_kept_and_their_files_are_not(tmp_path):
    context = multiprocessing.get_context("fork")
    folder = tmp_path / "metrics"
    for _ in range(3):
        process = context.Process(target=_count, args=(folder, 2))
        process.start()
        process.join()
    reader = metrics.Counts(folder)
    assert reader.everywhere() == Counter({("submissions", "web", "made"): 6})
    assert reader.everywhere() == Counter({("submissions", "web", "made"): 6})
    assert len(list(folder.glob("*.json"))) == 1


def test_submission_is_counted_by_door_and_outcome(counts, georgia, client):  # noqa: F811  a fixture
    for _ in range(2):
        client.post("/apply/ga/", georgia)
    client.post("/apply/ga/", {**georgia, "last_name": "Other"})
    found = {key[2]: value for key, value in counts.everywhere().items() if key[:2] == ("submissions", "web")}
    assert found == {"made": 1, "again": 1, "refused": 1}


def test_request_log_says_route_and_status_and_nothing_else(client, caplog, settings):
    with caplog.at_level(logging.INFO, "requests"):
        client.get("/state/ga/?q=Zz-canary", REMOTE_ADDR="192.0.2.7")
        settings.REQUEST_LOG = False
        client.get("/state/ga/")
    (record,) = [each for each in caplog.records if each.name == "requests"]
    line = json.loads(JsonFormatter().format(record))
    assert set(line) == {"at", "level", "logger", "event", "status_code", "route", "method", "milliseconds", "door"}
    assert (line["event"], line["method"], line["status_code"], line["door"]) == ("answered", "GET", 200, "web")
    assert line["route"] == "state"
