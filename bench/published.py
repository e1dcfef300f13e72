"""The published rules: answered before Django against the same answer through its view, in process and on a server."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import state_rules
from bench.measure import Figure, Way, measure, table

ROOT = Path(__file__).resolve().parents[1]
TIMES = 10
VIEW, VIEW_304 = "through Django's view, 200", "through Django's view, 304"
BEFORE, BEFORE_304 = "before Django, 200", "before Django, 304"
#: A code in mixed letters is answered with the same bytes and never held, so that each such request reaches the view.
CODE = state_rules.JURISDICTIONS[0].lower()
HELD = f"/api/v1/jurisdictions/{CODE}/"
NOT_HELD = f"/api/v1/jurisdictions/{CODE[0]}{CODE[1].upper()}/"
ROUNDS, SECONDS, STARTING = 5, 0.5, 20.0
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def _environ(path: str, tag: str) -> dict[str, Any]:
    asked = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "lang=en",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    return {**asked, "HTTP_IF_NONE_MATCH": tag} if tag else asked


def _call(application: Application, path: str, tag: str) -> tuple[str, dict[str, str], bytes]:
    said: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        said.append((status, headers))

    parts = application(_environ(path, tag), start_response)
    body = b"".join(parts)
    close = getattr(parts, "close", None)
    if close:
        close()
    status, headers = said[0]
    return status[:3], {name.lower(): value for name, value in headers}, body


def _way(name: str, application: Application, path: str, tag: str) -> Way:
    expected = "304" if tag else "200"

    def run() -> bytes:
        status, _headers, body = _call(application, path, tag)
        assert status == expected
        return body

    return Way(name, run)


def _in_process() -> list[Figure]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.wsgi import application

    _status, headers, _body = _call(application, HELD, "")
    tag = headers["etag"]
    django = application.application
    return measure(
        [
            _way(BEFORE, application, HELD, ""),
            _way(BEFORE_304, application, HELD, tag),
            _way(VIEW, django, NOT_HELD, ""),
            _way(VIEW_304, django, NOT_HELD, tag),
        ]
    )


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[bytes]
    port: int

    def seconds(self) -> float:
        """Processor time of the server and its workers so far."""
        tick = os.sysconf("SC_CLK_TCK")
        parents, used = {}, {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = (entry / "stat").read_text().rpartition(") ")[2].split()
                except OSError:
                    continue
                parents[int(entry.name)] = int(fields[1])
                used[int(entry.name)] = (int(fields[11]) + int(fields[12])) / tick
        family = {self.process.pid}
        while more := {pid for pid, parent in parents.items() if parent in family} - family:
            family |= more
        return sum(used.get(pid, 0.0) for pid in family)


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@contextmanager
def _server() -> Iterator[Server]:
    """The server of `make run`, on a port of its own."""
    port = _free_port()
    environment = {**os.environ, "PORT": str(port)}
    command = [sys.executable, str(ROOT / "manage.py"), "serve"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603  our own fixed command
        try:
            end = time.monotonic() + STARTING
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    if time.monotonic() > end:
                        raise
                    time.sleep(0.1)
            yield Server(process, port)
        finally:
            process.terminate()
            process.wait(20)


def _ask(connection: http.client.HTTPConnection, path: str, tag: str) -> http.client.HTTPResponse:
    connection.request("GET", f"{path}?lang=en", headers={"If-None-Match": tag} if tag else {})
    answer = connection.getresponse()
    answer.read()
    return answer


def _on_a_server() -> list[tuple[str, float]]:
    """Processor time of the server for one request of each kind, over a connection that stays open."""
    with _server() as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        tag = _ask(connection, HELD, "").headers["ETag"]
        ways = ((BEFORE, HELD, ""), (BEFORE_304, HELD, tag), (VIEW, NOT_HELD, ""), (VIEW_304, NOT_HELD, tag))
        spent: dict[str, list[float]] = {name: [] for name, _path, _tag in ways}
        for _round in range(ROUNDS):
            for name, path, known in ways:
                began, start, count = server.seconds(), time.monotonic(), 0
                while time.monotonic() - start < SECONDS:
                    assert _ask(connection, path, known).status == (304 if known else 200)
                    count += 1
                spent[name].append((server.seconds() - began) / count)
        connection.close()
    return [(name, statistics.median(each)) for name, each in spent.items()]


def _server_table() -> str:
    if not Path("/proc/self/stat").exists():
        return "On a server: not measured, since this system has no /proc"
    rows = ["The same on the server of `make run`, over loopback: its processor time, the HTTP part included", ""]
    rows.append(f"{'way':<52}{'us each':>11}{'per second':>13}")
    rows += [f"{name:<52}{each * 1e6:>11.0f}{1 / each:>13,.0f}" for name, each in _on_a_server() if each]
    return "\n".join(rows)


def run() -> tuple[str, list[str]]:
    """The tables, and the promises that are not kept."""
    figures = _in_process()
    seconds = {figure.name: figure.seconds for figure in figures}
    ratios = {"200": seconds[VIEW] / seconds[BEFORE], "304": seconds[VIEW_304] / seconds[BEFORE_304]}
    broken = [
        f"a published {status} is {ratio:.1f} times cheaper before Django, less than {TIMES}"
        for status, ratio in ratios.items()
        if ratio < TIMES
    ]
    text = table("The published rules of one jurisdiction", figures, BEFORE)
    return f"{text}\n\n{_server_table()}", broken
