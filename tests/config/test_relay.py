"""Webhooks leave the server by themselves: in process, and from the real server."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from standardwebhooks.webhooks import Webhook

from config import relay
from registration.domain.backups import SHUT
from registration.domain.submission import new_reference
from registration.models import WebhookDelivery
from tests.registration.test_canary import ANSWERS, AT_A_STREET
from tests.registration.webhooks.conftest import (  # noqa: F401  fixtures
    loopback,
    moment,
    partner,
    receive,
    submit,
    unaudited_endpoint_at,
)
from tests.registration.webhooks.receiving import Receiver, after, status

ROOT = Path(__file__).resolve().parent.parent.parent


def wait_for(condition, seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def running() -> Iterator[relay.Relay]:
    made = relay.Relay([relay.webhooks_loop(every=30, after_fault=0.1)])
    made.start()
    yield made
    made.stop()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_relay_is_woken_by_the_commit(running, unaudited_endpoint_at, receive, submit, moment):  # noqa: F811
    receiver = receive()
    unaudited_endpoint_at(receiver.url)
    time.sleep(0.5)  # its first look is over
    submit(moment)
    wait_for(lambda: receiver.received, 5)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_relay_goes_on_after_the_database_was_away(unaudited_endpoint_at, receive, submit, moment):  # noqa: F811
    receiver = receive()
    unaudited_endpoint_at(receiver.url)
    submit(moment)
    table, away = (connection.ops.quote_name(f"{WebhookDelivery._meta.db_table}{end}") for end in ("", "_away"))
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {away}")
    connection.close()
    made = relay.Relay([relay.webhooks_loop(every=0.1, after_fault=0.1)])
    made.start()
    time.sleep(0.6)
    assert receiver.received == []
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {away} RENAME TO {table}")
    wait_for(lambda: receiver.received, 5)
    made.stop()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_relay_that_stops_writes_down_what_was_on_its_way(running, unaudited_endpoint_at, receive, submit, moment):  # noqa: F811
    receiver = receive(after(1, status(200)))
    unaudited_endpoint_at(receiver.url)
    submit(moment)
    wait_for(lambda: receiver.received, 5)
    running.stop()
    assert "relay" not in [each.name for each in threading.enumerate()]
    assert WebhookDelivery.objects.get().state == "delivered"


@pytest.mark.parametrize("changes", [{"RELAY": False}, {"CELERY_BROKER_URL": "redis://127.0.0.1/5"}])
def test_relay_is_not_started_where_it_is_off_or_there_is_a_broker(settings, changes):
    for name, value in changes.items():
        setattr(settings, name, value)
    relay.start()
    assert "relay" not in [each.name for each in threading.enumerate()]


def test_s31_relay_looks_at_nothing_while_an_old_database_is_brought_back(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    shut = tmp_path / SHUT
    asked = []

    def look(should_stop) -> None:
        asked.append(should_stop())
        shut.touch()
        asked.append(should_stop())

    loop = relay.Loop(look, threading.Event(), every=0)
    assert loop._try() is True
    assert asked == [False, True]
    assert loop._try() is True
    assert len(asked) == 2
    shut.unlink()
    loop._try()
    assert len(asked) == 4


MAKE = """
from django.utils import timezone
from registration.domain import webhooks
from registration.domain.audit import Order
from registration.models import Partner
made = webhooks.make(Partner.objects.get(slug="demo"), webhooks.Wish(URL), Order("me", "A test.", timezone.now()))
print(made.secret)
"""


class Server:
    """`manage.py serve` with two processes, in a folder of its own."""

    def __init__(self, folder: Path, **more: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self.environment = {**kept, "VAR_DIR": str(folder / "var"), "PORT": str(self.port), "WEB_WORKERS": "2",
                            "STATIC_ROOT": str(ROOT / "staticfiles"), "FORM_FASTEST_SECONDS": "0", **more}  # fmt: skip
        self.manage("migrate")
        self.manage("seed_demo")
        self.log = (folder / "server.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log,
            start_new_session=True,
        )  # fmt: skip
        wait_for(self.answers, 60)

    def manage(self, *arguments: str, **more: str) -> str:
        run = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env={**self.environment, **more},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return run.stdout

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def make_endpoint(self, url: str) -> str:
        code = MAKE.replace("URL", repr(url))
        return self.manage("shell", "--no-imports", "-c", code, WEBHOOK_ALLOW_LOOPBACK="true").strip()

    def apply(self) -> int:
        answers = {**ANSWERS, **AT_A_STREET, "reference": new_reference()}
        address = f"http://127.0.0.1:{self.port}/apply/mo/?partner=demo"
        request = urllib.request.Request(address, urllib.parse.urlencode(answers).encode())
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  our own address
            return answer.status

    def stop(self) -> float:
        began = time.monotonic()
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=60)
        self.log.close()
        return time.monotonic() - began


def test_server_with_two_processes_tells_the_partner_once_and_stops_soon(tmp_path):
    receiver = Receiver([*[status(204)] * 4, after(2, status(204))])
    server = Server(tmp_path)
    try:
        secret = server.make_endpoint(receiver.url)
        assert [server.apply() for _ in range(4)] == [200] * 4
        wait_for(lambda: len(receiver.received) == 4)
        assert server.apply() == 200
        wait_for(lambda: len(receiver.received) == 5)  # it is on its way when the server is stopped
    finally:
        took = server.stop()
    told = [Webhook(secret).verify(each.body, each.headers) for each in receiver.received]
    assert [each["type"] for each in told] == ["application.form_ready"] * 5
    assert len({each["data"]["application"] for each in told}) == 5
    assert took < 15
    with closing(sqlite3.connect(tmp_path / "var/enfranchise.sqlite3")) as database:
        rows = database.execute("SELECT attempts, last_status, delivered_at IS NULL FROM registration_webhookdelivery")
        assert rows.fetchall() == [(1, 204, 0)] * 5
    receiver.stop()


def test_server_without_a_relay_leaves_it_to_the_command(tmp_path):
    receiver = Receiver()
    server = Server(tmp_path, RELAY="false")
    try:
        server.make_endpoint(receiver.url)
        assert server.apply() == 200
        time.sleep(5)
        assert receiver.received == []
        assert server.manage("deliver_webhooks", WEBHOOK_ALLOW_LOOPBACK="true") == "1 sent\n"
        assert server.manage("deliver_webhooks", WEBHOOK_ALLOW_LOOPBACK="true") == "0 sent\n"
    finally:
        server.stop()
    assert len(receiver.received) == 1
    receiver.stop()
