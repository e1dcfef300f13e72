"""manage.py health: how the service is, as a table; fails where something is wrong."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from registration.domain import alerts, audit_chain, figures


class Command(BaseCommand):
    help = "Print how the service is: what waits, what is late, how much room is left. Fails where an alert stands."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--all", action="store_true", help="with the days left in each state")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            found = figures.all_figures(now, settings.RELEASE)
            wrong = list(alerts.standing(now))
            broken = audit_chain.all_faults()
        except DatabaseError as error:
            raise CommandError(f"The database does not answer: {type(error).__name__}.") from None
        for figure in found:
            if figure.name != "deadline_days" or options["all"]:
                about = ", ".join(value for _name, value in figure.labels)
                self.stdout.write(f"{figure.name:24} {about:32} {figure.value:>16.6g}")
        for alert in wrong:
            self.stdout.write(f"ALERT {alert.code} {alert.about} {alert.count}: {alerts.CODES[alert.code]}")
        for fault in broken:
            self.stdout.write(f"ALERT audit_broken {fault.kind.value}: {fault.text}")
        if wrong or broken:
            raise CommandError("Something is wrong. What to do is in docs/runbook.md, under each code.")
        self.stdout.write("No alert stands.")
