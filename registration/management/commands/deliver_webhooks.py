"""manage.py deliver_webhooks: send the webhooks that are due."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from registration.domain import webhooks


class Command(BaseCommand):
    help = "Send the webhooks that are due; print how many. The server does it by itself unless RELAY=false."

    def handle(self, *_args: Any, **_options: Any) -> None:
        total = 0
        while count := webhooks.deliver_due(timezone.now()):
            total += count
        self.stdout.write(f"{total} sent")
