import gettext
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from registration.domain import retention, submission
from registration.domain.submission import Submission
from registration.management.commands.prepare import compile_catalogue
from registration.management.commands.serve import for_trying_out, server_command
from registration.models import Document, Partner

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Register to vote"
msgstr "Inscríbase para votar"
"""


@pytest.mark.parametrize("port", ["", "80a", "0", "65536", "-1"])
def test_serve_refuses_a_port_that_is_none(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError, match=r"^PORT must be a number from 1 to 65535, not "):
        call_command("serve")


def test_serve_refuses_a_port_that_is_taken(monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(CommandError, match=rf"^Port {port}: .* Try another, such as PORT={port + 1} make run\.$"):
            call_command("serve")


@contextmanager
def _served(folder):
    """A server process, and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "VAR_DIR": str(folder)}
    server = subprocess.Popen(
        server_command(str(port), "1", goodbye=1), cwd=ROOT, env=environment, start_new_session=True
    )
    try:
        yield server, port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def test_server_stops_although_a_client_never_ends_its_request(tmp_path):
    with _served(tmp_path) as (server, port), _connected(port) as first, _connected(port) as second:
        first.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert first.recv(8) == b"HTTP/1.1"
        second.sendall(b"GET / HTTP/1.1\r\n")
        time.sleep(0.5)  # it has begun to read
        server.terminate()
        assert server.wait(timeout=20) == 0


def test_r01_server_starts_another_process_for_one_that_died(tmp_path):
    with _served(tmp_path) as (server, port):
        _connected(port).close()
        first = _own_processes(server.pid)
        for each in first:
            os.kill(each, signal.SIGKILL)
        until = time.monotonic() + 30
        while not _own_processes(server.pid) - first:
            assert time.monotonic() < until, "nobody started another"
            time.sleep(0.1)
        with _connected(port) as again:
            again.sendall(b"GET /privacy/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert again.recv(12) == b"HTTP/1.1 200"


def _own_processes(pid: int) -> set[int]:
    return {int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def _connected(port: int) -> socket.socket:
    until = time.monotonic() + 30
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=30)
        except ConnectionRefusedError:
            assert time.monotonic() < until, "the server does not start"
            time.sleep(0.1)


def test_several_first_starts_at_once_all_succeed(tmp_path):
    environment = {**os.environ, "VAR_DIR": str(tmp_path / "new"), "STATIC_ROOT": str(tmp_path / "static")}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "manage.py", "prepare"]
    starts = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(3)]
    assert [start.wait(timeout=120) for start in starts] == [0, 0, 0]
    assert stat.S_IMODE((tmp_path / "new/enfranchise.sqlite3").stat().st_mode) == 0o600


def test_a_catalogue_is_compiled_when_it_changed(tmp_path):
    source = tmp_path / "django.po"
    source.write_text(CATALOGUE, encoding="utf-8")
    assert compile_catalogue(source) is True
    with (tmp_path / "django.mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Register to vote") == "Inscríbase para votar"
    assert compile_catalogue(source) is False
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_catalogue(source) is True


@pytest.mark.django_db
def test_the_demo_partner_is_made_once():
    for _ in range(2):
        call_command("seed_demo", stdout=StringIO())
    assert Partner.objects.get(slug="demo").name == "Demo Partner"


@pytest.mark.django_db
def test_forget_expired_says_how_many(applicant):
    then = timezone.now() - timedelta(days=31)
    for _ in range(3):
        sent = Submission(applicant, "en", date(2028, 11, 7))
        submission.submit(sent, reference=submission.new_reference(), now=then + timedelta(hours=1))
    Document.objects.update(expires_at=timezone.now() - timedelta(days=1))
    out = StringIO()
    call_command("forget_expired", stdout=out)
    counts = {kept.kind: 0 for kept in retention.SCHEDULE} | {"sealed_answers": 3}
    assert out.getvalue() == "".join(f"{count} {kind} forgotten\n" for kind, count in counts.items())
    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    ("hosts", "allowed"),
    [
        (["127.0.0.1", "localhost", "[::1]"], {"WEBHOOK_ALLOW_LOOPBACK": "true"}),
        (["localhost"], {"WEBHOOK_ALLOW_LOOPBACK": "true"}),
        (["localhost", "vote.example"], {}),
        ([".example"], {}),
    ],
)
def test_webhooks_go_to_this_machine_only_where_nobody_else_calls(settings, hosts, allowed):
    settings.ALLOWED_HOSTS = hosts
    assert for_trying_out() == allowed
