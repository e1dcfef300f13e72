"""manage.py forget_expired: delete sealed answers whose time is over."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from registration.domain import retention


class Command(BaseCommand):
    help = "Delete sealed answers whose time is over; print how many."

    def handle(self, *_args: Any, **_options: Any) -> None:
        total = 0
        while count := retention.forget_expired(timezone.now()):
            total += count
        retention.forget_sessions(timezone.now())
        self.stdout.write(f"{total} forgotten")
