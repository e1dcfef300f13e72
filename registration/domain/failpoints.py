"""Places where a drill makes this process die, wait or fail. Nothing happens unless ``FAILPOINTS`` names the place.

``FAILPOINTS`` is a list of "place:what" or "place:what:file"; ``what`` is ``kill``, ``fail`` or ``sleep=seconds``.
With a file it happens once for all processes: whoever makes that file does it.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings


class Failed(Exception):
    """A drill wanted it so."""


class BadFailpoint(ValueError):
    """The text is not "place:kill", "place:fail" or "place:sleep=seconds", with or without a file after it."""


@dataclass(frozen=True, slots=True)
class _Point:
    what: str
    seconds: float
    once: Path | None


def failpoint(place: str) -> None:
    """Do what a drill set for ``place``. Raises Failed where that is to fail."""
    points = settings.FAILPOINTS
    if points:
        point = _points(tuple(points)).get(place)
        if point is not None and _is_ours(point):
            _do(point)


def check_failpoints() -> None:
    """Raises BadFailpoint."""
    _points(tuple(settings.FAILPOINTS))


@lru_cache(maxsize=8)
def _points(texts: tuple[str, ...]) -> dict[str, _Point]:
    return dict(_point(text) for text in texts)


def _point(text: str) -> tuple[str, _Point]:
    place, what, file, *more = [*text.split(":"), "", ""]
    what, _, seconds = what.partition("=")
    fits = what in ("kill", "fail") and not seconds
    if what == "sleep":
        fits = seconds.replace(".", "", 1).isdigit()
    if not place or not fits or any(more):
        raise BadFailpoint(f"{text!r} is not like outbox.sent:kill or submit.received:sleep=2:/tmp/once")
    return place, _Point(what, float(seconds or 0), Path(file) if file else None)


def _is_ours(point: _Point) -> bool:
    if point.once is None:
        return True
    try:
        point.once.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _do(point: _Point) -> None:
    if point.what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if point.what == "fail":
        raise Failed
    time.sleep(point.seconds)
