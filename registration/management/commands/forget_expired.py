"""manage.py forget_expired: delete everything whose time is over, by the schedule."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from registration.domain import print_batches, retention


class Command(BaseCommand):
    help = "Delete everything whose time is over, by the schedule; print how many of each kind."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if left_out := print_batches.leave_out_withdrawn():
            self.stdout.write(f"{left_out} withdrawn forms left out of print batches")
        for name, count in retention.forget_all(timezone.now).items():
            self.stdout.write(f"{count} {name} forgotten")
