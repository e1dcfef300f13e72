"""manage.py send_mail: send the e-mails that a mail server did not take at first."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from registration.domain.mail import send_due


class Command(BaseCommand):
    help = "Send the e-mails that are due; print how many."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{send_due(timezone.now())} sent")
