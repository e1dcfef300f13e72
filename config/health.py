"""``/healthz``, ``/readyz`` and ``/metrics``: answered before anything else looks at a request.

So there is no session, no redirect to HTTPS and no list of host names between a probe and its answer.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from config import metrics
from registration.domain.backups import is_shut
from registration.domain.figures import Figure, all_figures

logger = logging.getLogger(__name__)
#: Seconds that a probe waits for the database, and for which what it found is told again.
BOUND, FRESH = 2.0, 1.0
#: The figures ask the database a few questions, so that scrapers of many servers get the same answer for a while.
FIGURES_FRESH = 10.0
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
GET = ("GET", "HEAD")
GOOD, AWAY, WAITING = "ok", "away", "waiting"


class Bounded:
    """Asks in a thread of its own, one at a time; whoever asks waits ``seconds`` and gets ``otherwise`` after that.

    What hangs is not asked again until it has come back, so that probes never pile up on a database that is stuck.
    """

    def __init__(self, ask: Callable[[], str], otherwise: str, seconds: float = BOUND, fresh: float = FRESH) -> None:
        self._ask, self._otherwise, self._seconds, self._fresh = ask, otherwise, seconds, fresh
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._said, self._at = otherwise, float("-inf")

    def __call__(self) -> str:
        with self._lock:
            if time.monotonic() - self._at < self._fresh:
                return self._said
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="health", daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(self._seconds)
        return self._otherwise if thread.is_alive() else self._said

    def _run(self) -> None:
        try:
            said = self._ask()
        except Exception as error:  # noqa: BLE001  whatever it is, the answer is no
            logger.warning("a check of readiness failed", extra={"code": type(error).__name__})
            said = self._otherwise
        finally:
            connections.close_all()
        self._said, self._at = said, time.monotonic()


class Migrated:
    """Once everything is applied it stays so for this process: its own files do not change."""

    def __init__(self) -> None:
        self._is_so = False

    def __call__(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not self._is_so:
            executor = MigrationExecutor(connection)
            self._is_so = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return GOOD if self._is_so else WAITING


def broker() -> str:
    if not settings.CELERY_BROKER_URL:
        return "none"
    from config.telling import is_there

    return GOOD if is_there() else AWAY


class Health:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.database = Bounded(Migrated(), AWAY)
        self.broker = Bounded(broker, AWAY, seconds=1.0, fresh=10.0)
        self._figures: tuple[float, list[Figure]] = (float("-inf"), [])
        self._doors = {"/healthz": self.live, "/readyz": self.ready, "/metrics": self.metrics}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        door = self._doors.get(request.path_info)
        if door is None:
            return shut() if is_shut() else self.get_response(request)
        response = door(request) if request.method in GET else HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    def live(self, _request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok\n", content_type="text/plain")

    def ready(self, _request: HttpRequest) -> HttpResponse:
        """Whether this process can take people. A broker that is away does not matter for that; it is only told."""
        database = self.database()
        checks = {
            "database": AWAY if database == AWAY else GOOD,
            "restore": "running" if is_shut() else GOOD,
            "migrations": "unknown" if database == AWAY else database,
        }
        is_ready = all(each == GOOD for each in checks.values())
        body = {"ready": is_ready, "checks": {**checks, "broker": self.broker()}}
        return JsonResponse(body, status=200 if is_ready else 503)

    def metrics(self, request: HttpRequest) -> HttpResponse:
        if not settings.METRICS_TOKEN and not _is_neighbour(request):
            return HttpResponse("not found\n", status=404, content_type="text/plain")
        if settings.METRICS_TOKEN and not _has_token(request):
            return HttpResponse("a token is needed\n", "text/plain", 401, headers={"WWW-Authenticate": "Bearer"})
        return HttpResponse(metrics.text(COUNTS.everywhere(), self._current()), content_type=metrics.CONTENT_TYPE)

    def _current(self) -> list[Figure]:
        """The figures of a moment ago; none while the database is away, so that the counts are still to be had."""
        at, found = self._figures
        if time.monotonic() - at >= FIGURES_FRESH:
            try:
                found = all_figures(timezone.now(), settings.RELEASE)
            except DatabaseError:
                logger.warning("the figures could not be read: the database does not answer")
                found = []
            self._figures = (time.monotonic(), found)
        return found


def shut() -> HttpResponse:
    text = "This site is being put in order. Please come back in a few minutes.\n"
    return HttpResponse(text, "text/plain", 503, headers={"Retry-After": "120", **HEADERS})


COUNTS = metrics.Counts(settings.VAR_DIR / "metrics")


def _has_token(request: HttpRequest) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and compare_digest(token.encode(), settings.METRICS_TOKEN.encode())


def _is_neighbour(request: HttpRequest) -> bool:
    """Whether somebody on this very machine asks. With a proxy in front everybody would seem to."""
    if settings.TRUSTED_PROXIES or settings.BEHIND_TLS or "X-Forwarded-For" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
