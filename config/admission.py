"""Lets in as many requests as the process can serve soon, and tells the others at once when to come again.

Without it a crowd waits in the server longer than people do: what is served then is nobody's any more, and whoever
tries again waits behind it. So a queue stays short here, and who has filled in a form goes before who begins.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from config import handlers
from config.dashboard import is_dashboard

#: Seconds that a request waits for its turn.
PATIENCE = 3.0


class Gate:
    """``at_once`` requests are inside, ``waiting`` more stand before it, for ``patience`` seconds each at most."""

    def __init__(self, at_once: int, waiting: int, patience: float = PATIENCE) -> None:
        self._free = threading.Semaphore(at_once)
        self._room = waiting
        self._patience = patience
        self._lock = threading.Lock()
        self.waiting = 0

    def enter(self, share: float = 1.0) -> bool:
        """Whether the turn came. ``share``: of the waiting room, what those of this kind may fill."""
        with self._lock:
            if self.waiting >= self._room * share:
                return not self.waiting and self._free.acquire(blocking=False)
            self.waiting += 1
        try:
            return self._free.acquire(timeout=self._patience)
        finally:
            with self._lock:
                self.waiting -= 1

    def leave(self) -> None:
        self._free.release()


def _receive(request: HttpRequest) -> None:
    """Read what is sent before a place is taken: whoever sends a byte a minute then holds up the others no longer than
    the threads last, which are many more. Raises RequestDataTooBig, UnreadablePostError."""
    if request.method in ("GET", "HEAD"):
        return
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        request.body  # noqa: B018  it is kept
    elif request.content_type == "multipart/form-data" and not is_dashboard(request):
        raise RequestDataTooBig  # only pages of members take files


class Admission:
    """Files, health and what is published as bytes never come here: they cost next to nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.gate = Gate(settings.SERVED_AT_ONCE, settings.SERVED_SOON)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            _receive(request)
        except UnreadablePostError:
            return HttpResponse(status=400)  # to nobody: they left while they were sending
        except RequestDataTooBig as error:
            return handlers.bad_request(request, error)
        if not self.gate.enter(1.0 if request.method == "POST" else 0.5):
            return handlers.busy(request)
        try:
            return self.get_response(request)
        finally:
            self.gate.leave()
