"""manage.py backup FOLDER: the whole database in one file, and what is in it beside it."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registration.domain import backups, retention, sealed_files
from registration.domain.audit import Refused
from registration.domain.dumps import DumpFailed


class Command(BaseCommand):
    help = "Write a backup of the database; safe while the site runs. See docs/backup.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", help="where backups lie; made if it is not there")
        parser.add_argument(
            "--keep-days", type=int, default=retention.BACKUPS,
            help=f"afterwards older ones in this folder are removed: 1 to {retention.BACKUPS}, which is also what goes "
            "where it is left out",
        )  # fmt: skip
        parser.add_argument("--new-key", action="store_true", help="only print a new pair of keys for backups")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["new_key"]:
            private, public = sealed_files.new_pair()
            self.stdout.write(f"BACKUP_KEY_PUBLIC={public}")
            self.stdout.write(f"The private key, for a file that is kept away from every server:\n{private}")
            return
        folder, days, now = options["folder"], options["keep_days"], timezone.now()
        if folder is None:
            raise CommandError("Say into which folder.")
        if not 1 <= days <= retention.BACKUPS:
            raise CommandError(f"--keep-days must be 1 to {retention.BACKUPS}: the privacy page promises no longer.")
        try:
            made = backups.backup(folder, now)
        except (Refused, DumpFailed, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from None
        self.stdout.write(f"{made}  {made.stat().st_size} bytes")
        removed = backups.remove_old(folder, timedelta(days=days), now)
        self.stdout.write(f"{len(removed)} older than {days} days removed")
