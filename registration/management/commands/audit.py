"""manage.py audit: what operators did, who and why."""

from typing import Any

from django.core.management.base import BaseCommand

from registration.models import AuditEntry


class Command(BaseCommand):
    help = "Print the audit of switches and corrections, the newest last."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for entry in AuditEntry.objects.order_by("pk").iterator():
            details = ", ".join(f"{name} {value}" for name, value in sorted(entry.details.items()) if value)
            subject = f"{entry.subject_kind} {entry.subject_id}"
            self.stdout.write(f"{entry.at:%Y-%m-%d %H:%M} UTC  {entry.who}: {entry.action} {subject} ({details})")
            self.stdout.write(f"  {entry.reason}")
