"""manage.py relay: do what waits beside the servers, where there is a broker."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Tell the broker what is due, send webhooks, do the chores; until SIGTERM. Any number may run at once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        os.execv(sys.executable, [sys.executable, "-m", "config.relay"])  # noqa: S606  our own fixed command
