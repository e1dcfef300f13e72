"""manage.py forget_expired: delete sealed answers, contacts and the log of webhooks whose time is over."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from registration.domain import retention


class Command(BaseCommand):
    help = "Delete sealed answers, contacts and the log of webhooks whose time is over; print how many."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for name, count in retention.forget_all(timezone.now).items():
            self.stdout.write(f"{count} {name} forgotten")
