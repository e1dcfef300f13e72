"""Answers the published rules before Django, from the bytes that it gave a moment ago.

What Django answered, headers and all, is held for half a minute at most and never into another day; then one request
goes through again, so that corrections and switches show as soon as on the pages. Only what a view marks is held, and a
view marks one address a document and language: nobody fills the memory with queries.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings

from api.rules.negotiation import LONGEST, accepted_language, names_tag, takes_gzip
from api.rules.publishing import MARK, Publication

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

#: Where published documents stand.
PREFIXES = ("/api/v1/jurisdictions/", "/api/v1/elections/", "/api/v1/rules/")
#: Seconds for which an answer is given again before one request asks Django, and for which the others wait for it.
HELD, GRACE = 30.0, 5.0
#: Answers held at most, and ways in which the site is addressed (host and scheme).
MOST, MOST_GATES = 2048, 64
#: What belongs to a body, and so not to a 304.
OF_BODY = frozenset({"content-type", "content-encoding"})
OK, NOT_MODIFIED = "200 OK", "304 Not Modified"


@dataclass(frozen=True, slots=True)
class Gate:
    """How the site is addressed: Django has to have answered such a request before."""

    host: str
    scheme: str
    forwarded: str


@dataclass(frozen=True, slots=True)
class Key:
    """What an answer depends on. ``language``: as accepted, "" where the query names one."""

    is_secure: bool
    path: str
    query: str
    language: str
    gzipped: bool


@dataclass(slots=True)
class Held:
    """An answer as Django gave it. ``since``, ``until``: by the clock that only grows; ``ends``: by the other one."""

    headers: Headers
    without_body: Headers
    body: bytes
    tag: str
    since: float = 0.0
    until: float = 0.0
    ends: float = 0.0

    @property
    def last(self) -> float:
        """Until when it is given again at most."""
        return self.since + HELD + GRACE


@dataclass
class Clock:
    """Seconds that only ever grow, and seconds of the calendar."""

    growing: Callable[[], float] = time.monotonic
    calendar: Callable[[], float] = time.time


class Shelf:
    """The answers held, by key."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._held: dict[Key, Held] = {}
        self._gates: dict[Gate, bool] = {}
        self._lock = Lock()
        self._next_sweep = 0.0

    def __len__(self) -> int:
        return len(self._held)

    def is_secure(self, gate: Gate) -> bool | None:
        """None for a gate that Django has not answered at yet."""
        return self._gates.get(gate)

    def find(self, key: Key) -> Held | None:
        """An answer that may be given now; None where Django is to be asked."""
        held, now = self._held.get(key), self.clock.growing()
        if held is None or now >= held.last or self.clock.calendar() >= held.ends:
            return None
        return held if now < held.until or not self._is_first(held, now) else None

    def _is_first(self, held: Held, now: float) -> bool:
        """Whether this request is the one that asks Django; the others go on with what is held, for the moment."""
        with self._lock:
            if now < held.until:
                return False
            held.until = held.last
            return True

    def keep(self, gate: Gate, key: Key, held: Held) -> None:
        """The lock is not held while Django works, so this may come after a newer answer; half a minute mends that."""
        with self._lock:
            self._sweep(self.clock.growing())
            while len(self._gates) >= MOST_GATES and gate not in self._gates:
                self._gates.pop(next(iter(self._gates)))
            while len(self._held) >= MOST and key not in self._held:
                self._held.pop(next(iter(self._held)))
            self._gates[gate] = key.is_secure
            self._held[key] = held

    def _sweep(self, now: float) -> None:
        """Drop what nobody asked for lately, such as yesterday's editions."""
        if now < self._next_sweep:
            return
        self._next_sweep = now + HELD
        self._held = {key: held for key, held in self._held.items() if now < held.last}


class Published:
    """The WSGI application around Django's."""

    def __init__(self, application: Application, clock: Clock | None = None) -> None:
        self.application = application
        self.shelf = Shelf(clock or Clock())

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not _is_candidate(environ):
            return self.application(environ, start_response)
        gate = _gate(environ)
        is_secure = self.shelf.is_secure(gate)
        if is_secure is not None:
            held = self.shelf.find(_key(environ, is_secure=is_secure))
            if held is not None:
                return self._answer(held, environ, start_response)
        return self._through(gate, environ, start_response)

    def _answer(self, held: Held, environ: Environ, start_response: StartResponse) -> list[bytes]:
        age = int(self.shelf.clock.growing() - held.since) if held.since else 0
        since = [("Age", str(age))] if age > 0 else []
        if names_tag(environ.get("HTTP_IF_NONE_MATCH", ""), held.tag):
            start_response(NOT_MODIFIED, held.without_body + since)
            return []
        start_response(OK, held.headers + since)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [held.body]

    def _through(self, gate: Gate, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Django's answer, which is held if it may be. It is asked for the whole of it: what a client has is ours to
        compare."""
        asked = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        began = self.shelf.clock.growing()
        status, headers, body = _whole(self.application, asked)
        found = {name.lower(): value for name, value in headers}
        if status != OK or "etag" not in found or "set-cookie" in found:
            start_response(status, headers)
            return [body]
        held = Held(headers, [each for each in headers if each[0].lower() not in OF_BODY], body, found["etag"])
        mark = asked.get(MARK)
        if isinstance(mark, Publication):
            held.since, held.until, held.ends = began, began + HELD, mark.ends.timestamp()
            self.shelf.keep(gate, _key(environ, is_secure=mark.is_secure), held)
        return self._answer(held, environ, start_response)


def _whole(application: Application, environ: Environ) -> tuple[str, Headers, bytes]:
    """An answer, read to its end."""
    said: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, *_error: object) -> None:
        said.append((status, headers))

    parts = application(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close:
            close()
    status, headers = said[-1]
    return status, headers, body


def _is_candidate(environ: Environ) -> bool:
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and environ.get("PATH_INFO", "").startswith(PREFIXES)
        and not environ.get("SCRIPT_NAME")
        and len(environ.get("QUERY_STRING", "")) < LONGEST
    )


def _gate(environ: Environ) -> Gate:
    """Of what a proxy says only what Django looks at, so that nobody makes gates of anything else."""
    proxy = settings.SECURE_PROXY_SSL_HEADER
    forwarded = str(environ.get(proxy[0], "")) if proxy else ""
    return Gate(environ.get("HTTP_HOST", ""), environ.get("wsgi.url_scheme", ""), forwarded)


def _key(environ: Environ, *, is_secure: bool) -> Key:
    query = environ.get("QUERY_STRING", "")
    language = "" if "lang=" in query else accepted_language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    gzipped = takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    return Key(is_secure, environ["PATH_INFO"], query, language, gzipped)
