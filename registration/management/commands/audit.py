"""manage.py audit list | verify | publish: what operators did, and whether that is as it was written."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registration.domain.audit_heads import publish_head, verify
from registration.models import AuditEntry


class Command(BaseCommand):
    help = "Print the audit, verify that nobody changed it, or publish its head. See docs/audit.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", metavar="list | verify | publish")
        commands.add_parser("list", help="print the audit of switches and corrections, the newest last")
        check = commands.add_parser("verify", help="whether it is what was written; exits with 1 where it is not")
        check.add_argument(
            "--heads",
            type=Path,
            action="append",
            metavar="FILE",
            help="compare with the published heads of this file (from an e-mail, say), and not with AUDIT_HEADS",
        )
        check.add_argument(
            "--key",
            action="append",
            default=[],
            metavar="HEX",
            help="a further public key to believe, such as a former one",
        )
        commands.add_parser("publish", help="append the head to AUDIT_HEADS and send it to AUDIT_HEADS_TO")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["what"] == "verify":
            self._verify(options["heads"], options["key"])
        elif options["what"] == "publish":
            self.stdout.write(publish_head(timezone.now()).line)
        else:
            self._list()

    def _list(self) -> None:
        for entry in AuditEntry.objects.order_by("pk").iterator():
            details = ", ".join(f"{name} {value}" for name, value in sorted(entry.details.items()) if value)
            subject = f"{entry.subject_kind} {entry.subject_id}"
            self.stdout.write(f"{entry.at:%Y-%m-%d %H:%M} UTC  {entry.who}: {entry.action} {subject} ({details})")
            self.stdout.write(f"  {entry.reason}")

    def _verify(self, files: list[Path] | None, keys: list[str]) -> None:
        verdict = verify(files, keys)
        for fault in verdict.faults:
            where = f"entry {fault.number}" if fault.number else "the audit"
            self.stdout.write(f"{where}: {fault.kind}: {fault.text}")
        if verdict.faults:
            raise CommandError("The audit is not what was written.", returncode=1)
        self.stdout.write(f"{verdict.entries} entries make one chain; {verdict.heads} published heads agree.")
        if not verdict.heads:
            self.stdout.write("Without a published head nobody can tell whether entries at the end were taken away.")
