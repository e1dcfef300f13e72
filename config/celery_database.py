"""Celery's care for Django's database connections, without the price of a new connection for each task."""

from typing import Any

from celery import Celery
from celery.fixups.django import DjangoFixup, DjangoWorkerFixup
from django.db import close_old_connections


class _Keeping(DjangoWorkerFixup):  # type: ignore[misc]  # celery ships no types
    """Celery's own ends the whole pool before and after each task: half of the time of a letter.

    A connection goes back to the process's pool instead, which looks whether it is alive when it gives it out.
    """

    def on_task_prerun(self, **_signal: Any) -> None:
        close_old_connections()

    on_task_postrun = on_task_prerun


class _Fixup(DjangoFixup):  # type: ignore[misc]  # as above
    @property
    def worker_fixup(self) -> DjangoWorkerFixup:
        self._worker_fixup: DjangoWorkerFixup = self._worker_fixup or _Keeping(self.app)
        return self._worker_fixup


def fixup(app: Celery) -> DjangoFixup:
    """What Celery calls for an application that names it."""
    return _Fixup(app).install()
