"""Settings of a product that believes its broker: what was written to the socket counts as told, and for good.

So it is with Celery's defaults, which wait for no confirmation and look for no message again.
"""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

from drills.settings import *  # noqa: F403  the product
from drills.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "drills.broken.no_confirms.NoConfirms"]
CELERY_BROKER_TRANSPORT_OPTIONS = {}


class NoConfirms(AppConfig):
    name = "drills.broken"
    label = "broken"

    def ready(self) -> None:
        from registration.domain.outbox import queue

        queue.TOLD_AGAIN = timedelta(days=365)
