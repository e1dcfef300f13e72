"""What an operator is told, and how often."""

import json
import logging
from collections import namedtuple
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from config.logs import JsonFormatter
from registration.domain import alerts, chores, outbox
from registration.domain.field_encryption import Place, decrypt
from registration.domain.outbox import kinds
from registration.models import Chore, Mail, Outbox

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def _room(monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _place: Usage(100, 10, 90))


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    outbox.register(outbox.Kind("by_post", "print", None))


def row(now, **values) -> Outbox:
    made = {"kind": "link_email", "ref_id": uuid4(), "dedupe_key": str(uuid4()), "created_at": now, "available_at": now}
    return Outbox.objects.create(**{**made, **values})


def codes(now) -> list[str]:
    return [each.code for each in alerts.look(now)]


def letters() -> list[dict]:
    return [
        json.loads(decrypt(bytes(each.sealed), Place("mail", "sealed", str(each.pk))))
        for each in Mail.objects.order_by("id")
    ]


@pytest.mark.parametrize(
    ("values", "after", "code"),
    [
        ({}, timedelta(minutes=6), ["outbox_late"]),
        ({}, timedelta(minutes=4), []),
        ({"deferrals": 7}, timedelta(0), ["outbox_deferred"]),
        ({"deferrals": 6}, timedelta(0), []),
        ({"kind": "by_post"}, timedelta(days=1), []),
    ],
)
def test_outbox_is_watched(now, values, after, code):
    row(now, **values)
    assert codes(now + after) == code


def test_row_that_was_set_aside_is_an_alert_until_somebody_looks(now, caplog):
    dead = row(now, dead_at=now, outcome="ValueError")
    assert codes(now) == ["outbox_dead"]
    line = json.loads(JsonFormatter().format(caplog.records[-1]))
    assert (line["level"], line["code"], line["kind"], line["count"]) == ("ERROR", "outbox_dead", "link_email", 1)
    call_command("outbox", "drop", str(dead.pk), "--by", "Ana", "--reason", "It is poison.", stdout=StringIO())
    assert codes(now) == []


def test_r08_disk_is_an_alert_before_it_is_full(now, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _place: Usage(100, 81, 19))
    assert "disk_full" in codes(now)


def test_chore_that_nobody_does_is_an_alert(now):
    name = chores.known()[0].name
    Chore.objects.create(name=name, due_at=now)
    assert codes(now + timedelta(minutes=9)) == []
    assert codes(now + timedelta(minutes=11)) == ["chore_late"]


def test_process_that_just_started_lets_what_waited_have_its_turn_before_it_tells(now, caplog):
    row(now, dead_at=now)
    seconds = [5.0]
    look = alerts.regular_look(lambda: seconds[0])
    told = []
    for at in (5.0, 34.0, 35.0, 95.0):
        seconds[0] = at
        look(now)
        told.append(len(caplog.messages))
    assert told == [0, 0, 1, 2]


def test_operator_gets_one_email_an_hour_for_each_code(now, settings):
    settings.ALERTS_TO = "night@example.org"
    row(now, dead_at=now)
    row(now, dead_at=now, kind="link_sms")
    alerts.look(now)
    (letter,) = letters()
    assert (letter["to"], letter["subject"]) == ("night@example.org", "Enfranchise: outbox_dead")
    Mail.objects.all().delete()
    for minutes in (1, 59):
        alerts.look(now + timedelta(minutes=minutes))
    assert letters() == []
    alerts.look(now + timedelta(minutes=60))
    assert len(letters()) == 1


def test_nobody_is_written_to_where_no_address_is_set(now, caplog):
    row(now, dead_at=now)
    with caplog.at_level(logging.ERROR):
        alerts.look(now)
    assert caplog.messages == [alerts.CODES["outbox_dead"]]
    assert not Mail.objects.exists()


def test_another_part_adds_what_it_watches(now, monkeypatch):
    monkeypatch.setattr(alerts, "_watches", [lambda _now: iter([alerts.Alert("audit_broken")])])
    assert codes(now) == ["audit_broken"]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_health_command_fails_where_an_alert_stands(now):
    assert run("health").endswith("No alert stands.\n")
    row(now, dead_at=now)
    with pytest.raises(CommandError, match=r"docs/runbook\.md"):
        run("health")


WHO = ("--by", "Ana", "--reason", "It was a mistake of ours.")


def test_outbox_command_shows_rows_and_nothing_that_they_hold(now):
    dead = row(now, dead_at=now, attempts=5, outcome="ValueError", payload=b"secret words")
    row(now - timedelta(days=2000))
    out = run("outbox", "list") + run("outbox", "show", str(dead.pk))
    assert out.count(str(dead.pk)) == 2
    assert "5 attempts, 0 deferrals  ValueError" in out
    assert "secret" not in out
    assert str(dead.ref_id) not in out
    assert run("outbox", "list", "--waiting").count("link_email") == 2


def test_outbox_command_tries_again_what_was_set_aside_and_nothing_else(now):
    dead, live = row(now, dead_at=now, attempts=5, outcome="ValueError"), row(now)
    assert run("outbox", "retry", "--kind", "link_email", *WHO) == "1 rows are tried again.\n"
    dead.refresh_from_db()
    assert (dead.dead_at, dead.attempts, dead.outcome) == (None, 0, "")
    with pytest.raises(CommandError, match="None of these rows was set aside"):
        run("outbox", "drop", str(live.pk), *WHO)


def test_outbox_command_drops_and_erases(now):
    dead = row(now, dead_at=now, payload=b"secret")
    assert run("outbox", "drop", str(dead.pk), *WHO) == "1 rows are dropped.\n"
    dead.refresh_from_db()
    assert (dead.payload, dead.outcome, dead.dead_at) == (None, "dropped", None)
    assert dead.done_at is not None
    with pytest.raises(CommandError, match="Name rows"):
        run("outbox", "retry", "--kind", "link_email", *WHO)
