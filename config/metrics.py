"""Numbers in Prometheus' text: counts of this site's processes, and the figures of its database.

Each server process counts for itself and writes its counts beside those of the others, into VAR_DIR/metrics; whoever is
asked adds them up. Not prometheus-client's own files, which are mapped into memory: on a full disk those kill the
process. Labels are names of routes, doors and kinds; never an address, a query or a word of anybody's.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import secrets
import socket
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from multiprocessing.util import Finalize
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from registration.domain.figures import FIGURES, Figure

logger = logging.getLogger(__name__)
PREFIX = "enfranchise_"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
#: Seconds: finer where a page is to be fast (95 of 100 within 0.3, a submission within 0.8).
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.5, 3.0, 10.0)
COUNTED = {
    "requests": "Answers by route, method and class of status.",
    "request_seconds": "How long answers took, by route.",
    "submissions": "Calls of the one function that keeps an application, by door and outcome.",
}
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
#: Seconds between writings of a process that counted something.
EVERY = 2.0
Key = tuple[str, ...]
_beginning = threading.Lock()


class Counts:
    """What this process counted. Safe in threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._counts: Counter[Key] = Counter()
        self._is_new = threading.Event()
        self._pid = 0
        self._name = ""

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        bucket = next((str(each) for each in BUCKETS if seconds <= each), "+Inf")
        method = method if method in METHODS else "other"
        self._add({
            ("requests", route, method, f"{status // 100}xx"): 1,
            ("bucket", route, bucket): 1,
            ("sum", route): seconds,
        })  # fmt: skip

    def submitted(self, door: str, outcome: str) -> None:
        self._add({("submissions", door, outcome): 1})

    def _add(self, more: dict[Key, float]) -> None:
        if self._pid != os.getpid():
            with _beginning:
                if self._pid != os.getpid():
                    self._begin()
        with self._lock:
            for key, value in more.items():
                self._counts[key] += value  # type: ignore[assignment]  # seconds are no whole numbers
        self._is_new.set()

    def _begin(self) -> None:
        """In each process anew, also in one that was forked from another that had counted."""
        self._lock, self._counts, self._is_new = threading.Lock(), Counter(), threading.Event()
        pid = os.getpid()
        self._name = f"{socket.gethostname()}.{pid}.{secrets.token_hex(4)}.json"
        self._pid = pid
        threading.Thread(target=self._keep_writing, name="metrics", daemon=True).start()
        Finalize(None, self.write, exitpriority=1)

    def _keep_writing(self) -> None:
        while True:
            self._is_new.wait()
            self._is_new.clear()
            self.write()
            threading.Event().wait(EVERY)

    def write(self) -> None:
        """Put the counts beside those of other processes. What fails is written the next time."""
        with self._lock:
            rows = [[*key, value] for key, value in self._counts.items()]
        try:
            _write(self._folder / self._name, rows)
        except OSError:
            logger.warning("the counts of this process were not written")

    def everywhere(self) -> Counter[Key]:
        """The counts of all processes on this machine, those that ended included."""
        if self._pid == os.getpid():
            self.write()
        total: Counter[Key] = Counter()
        try:
            _fold(self._folder)
            for path in self._folder.glob(f"{socket.gethostname()}.*.json"):
                _read(path, total)
        except OSError:
            logger.warning("the counts of other processes were not read")
        return total


def _write(path: Path, rows: list[list[object]]) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(rows))
    beside.replace(path)


def _read(path: Path, total: Counter[Key]) -> None:
    with contextlib.suppress(FileNotFoundError, ValueError):
        for *key, value in json.loads(path.read_text()):
            total[tuple(key)] += value


def _fold(folder: Path) -> None:
    """Add the files of processes that ended to one, so that they do not pile up and no count goes back."""
    folder.mkdir(mode=0o700, exist_ok=True)
    host = socket.gethostname()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = [path for path in folder.glob(f"{host}.*.json") if not _lives(path.name.removeprefix(f"{host}."))]
        if len(ended) < 2:
            return
        total: Counter[Key] = Counter()
        for path in ended:
            _read(path, total)
        for path in ended:
            path.unlink(missing_ok=True)
        _write(folder / f"{host}.0.ended.json", [[*key, value] for key, value in total.items()])


def _lives(rest: str) -> bool:
    pid = rest.partition(".")[0]
    if not pid.isdigit() or pid == "0":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class _All(Collector):
    def __init__(self, counts: Counter[Key], figures: Iterable[Figure]) -> None:
        self._counts, self._figures = counts, figures

    def collect(self) -> Iterator[Metric]:
        yield from _counted(self._counts)
        metrics: dict[str, Metric] = {}
        for figure in self._figures:
            name = f"{PREFIX}{figure.name}"
            metric = metrics.setdefault(figure.name, Metric(name, FIGURES[figure.name], "gauge"))
            metric.add_sample(name, dict(figure.labels), figure.value)
        yield from metrics.values()


def _counted(counts: Counter[Key]) -> Iterator[Metric]:
    requests = Metric(f"{PREFIX}requests", COUNTED["requests"], "counter")
    seconds = Metric(f"{PREFIX}request_seconds", COUNTED["request_seconds"], "histogram")
    submissions = Metric(f"{PREFIX}submissions", COUNTED["submissions"], "counter")
    for (kind, *labels), value in sorted(counts.items()):
        if kind == "requests":
            requests.add_sample(
                f"{PREFIX}requests_total", dict(zip(("route", "method", "status"), labels, strict=True)), value
            )
        elif kind == "submissions":
            submissions.add_sample(
                f"{PREFIX}submissions_total", dict(zip(("door", "outcome"), labels, strict=True)), value
            )
        elif kind == "sum":
            _add_histogram(seconds, labels[0], counts)
    yield from (requests, seconds, submissions)


def _add_histogram(metric: Metric, route: str, counts: Counter[Key]) -> None:
    total = 0.0
    for bucket in (*map(str, BUCKETS), "+Inf"):
        total += counts[("bucket", route, bucket)]
        metric.add_sample(f"{PREFIX}request_seconds_bucket", {"route": route, "le": bucket}, total)
    metric.add_sample(f"{PREFIX}request_seconds_count", {"route": route}, total)
    metric.add_sample(f"{PREFIX}request_seconds_sum", {"route": route}, counts[("sum", route)])


def text(counts: Counter[Key], figures: Iterable[Figure]) -> bytes:
    """All of it, as Prometheus reads it."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_All(counts, figures))
    return generate_latest(registry)
