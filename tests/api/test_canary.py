"""S-40 for the API: unique values go through every path, failures included; then the disk is searched."""

import json
import sqlite3
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import pytest

from tests.registration.test_canary import ANSWERS, AT_A_STREET, Site, found_in

TICKS = ("mailing_different", "helped")
MAKE_KEY = (
    "from django.utils import timezone\n"
    "from registration.domain.audit import Order\n"
    "from registration.domain.keys import SCOPES, KeyWish, make\n"
    "from registration.models import Partner\n"
    "now = timezone.now()\n"
    "partner = Partner.objects.create(slug='acme', name='Acme', approved_at=now)\n"
    "order = Order('a test', 'A test.', now)\n"
    "for mode in ('live', 'test'):\n"
    "    print(make(partner, KeyWish('Server', mode, SCOPES), order)[1])\n"
)


@pytest.fixture
def site(tmp_path: Path):
    made = Site(tmp_path)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.stop()


def keys_of(site: Site) -> tuple[str, str]:
    import subprocess
    import sys

    from tests.registration.test_canary import ROOT

    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", MAKE_KEY]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True)
    live, test = done.stdout.split()
    return live, test


def send(site: Site, key: str, path: str, body: object, **headers: str) -> int:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"Content-Type": "application/json", "Authorization": f"Bearer {key}", **headers}
    request = urllib.request.Request(f"http://127.0.0.1:{site.port}/api/v1/{path}", data, sent)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  our own address
            answer.read()
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def whole(**changes: object) -> dict[str, object]:
    beside = ("partner", "contact_")  # what the web form sends with the answers
    answers = {name: value for name, value in {**ANSWERS, **AT_A_STREET}.items() if value}
    answers = {name: value for name, value in answers.items() if not name.startswith(beside)}
    answers |= {"party_choice": "other", **dict.fromkeys(TICKS, True)}
    return {"jurisdiction": "MO", "reference": str(uuid.uuid4()), "answers": answers, **changes}


def drive(site: Site) -> list[int]:
    live, test = keys_of(site)
    sent = whole()
    odd = {**sent, "answers": {**sent["answers"], "Zyxcanarylast": "x", "home_zip": "Canarycity Wqz"}}
    statuses = [
        send(site, live, "applications/", sent),
        send(site, live, "applications/", sent, Accept="application/pdf"),
        send(site, live, "applications/", odd),
        send(site, live, "applications/", {**sent, "answers": {**sent["answers"], "first_name": "Qwvcanaryfirst b"}}),
        send(site, live, "applications/", whole(dry_run=True)),
        send(site, live, "applications/", whole(reference="Zyxcanarylast")),
        send(site, live, "applications/", json.dumps(whole()).encode() + b"}"),
        send(site, live, "applications/", whole(), Origin="https://Zyxcanarylast.example"),
        send(site, "Zyxcanarylast", "applications/", whole()),
        send(site, test, "applications/", whole(sandbox="hostile")) // 1000,
        send(site, live, "applications/bulk/", {"items": [whole(), odd]}),
        send(site, live, "assessments/", {"jurisdiction": "MO", "birth_date": "1953-07-19", "citizen": True}),
        send(site, live, "addresses/check/", {"street": ANSWERS["home_street"], "state": "MO", "zip": "63101"}),
        send(site, live, "Zyxcanarylast/", whole()),
    ]
    with sqlite3.connect(site.folder / "var/enfranchise.sqlite3") as database:
        database.execute("ALTER TABLE registration_document RENAME TO registration_document_away")
    return [*statuses, send(site, live, "applications/", whole())]


def test_s40_nothing_sent_to_the_api_is_left_on_disk(site):
    statuses = drive(site)
    assert statuses == [201, 201, 400, 409, 200, 400, 400, 403, 401, 0, 200, 200, 200, 404, 503]
    site.stop()
    written = site.everything_written()
    assert b"OperationalError" in written["server.log"]
    assert {name: found_in(data) for name, data in written.items() if found_in(data)} == {}
