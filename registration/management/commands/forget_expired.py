"""manage.py forget_expired: delete sealed answers and contacts whose time is over."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from registration.domain import retention


class Command(BaseCommand):
    help = "Delete sealed answers and contacts whose time is over; print how many."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{_all_of(retention.forget_expired)} forgotten")
        self.stdout.write(f"{_all_of(retention.forget_contacts)} contacts forgotten")
        retention.forget_sessions(timezone.now())


def _all_of(forget: Callable[[datetime], int]) -> int:
    total = 0
    while count := forget(timezone.now()):
        total += count
    return total
