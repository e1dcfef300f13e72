"""manage.py restore FILE: bring a backup back; what was deleted since is deleted again before anybody is served."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from registration.domain import backups
from registration.domain.audit import Order, Refused
from registration.domain.dumps import DumpFailed
from registration.domain.sealed_files import BadBackupKey, CannotOpenFile

CHECKLIST = """Look through again what came back with the old database. Since it was written, somebody may have
  [ ] removed operators or members, changed a role, reset a second factor, revoked an invitation
  [ ] suspended an organization, removed one of its sites, retired a question
  [ ] revoked or replaced an API key; changed, replaced or removed a webhook
  [ ] chosen that nothing is kept
  [ ] switched off a way to register, corrected a fact
It is undone now, and has to be done again:"""


class Command(BaseCommand):
    help = "Bring a backup back. Stop the servers of other machines first. See docs/backup.md."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, help="the file of the private key, where the backup is encrypted")
        parser.add_argument("--replace", action="store_true", help="also where the database holds something")
        parser.add_argument("--yes", action="store_true", help="do not ask for the database's name")
        parser.add_argument("--by", required=True, help="your name, for the audit")
        parser.add_argument("--reason", required=True, help="one plain sentence, for the audit")

    def handle(self, *_args: Any, **options: Any) -> None:
        order = Order(options["by"], options["reason"], timezone.now())
        try:
            order.check()
            backups.read_manifest(options["file"])
            self.confirm(replace=options["replace"], yes=options["yes"])
            key = options["key"].read_text() if options["key"] else ""
            done = backups.restore(options["file"], key, order)
        except CannotOpenFile:
            raise CommandError("The private key does not open it, or it was changed. Nothing was changed.") from None
        except (Refused, DumpFailed, BadBackupKey, OSError) as error:
            raise CommandError(str(error)) from None
        except backups.Unfinished as error:
            raise CommandError(str(error)) from error  # --traceback shows where
        self.report(done)

    def confirm(self, *, replace: bool, yes: bool) -> None:
        """Raises CommandError."""
        if not backups.holds_something():
            return
        name = Path(str(connection.settings_dict["NAME"])).name
        if not replace:
            raise CommandError(f"The database {name} holds something. To lose it: --replace")
        if not yes and input(f"All that is in it will be lost. Write the database's name, {name}: ") != name:
            raise CommandError("That is not its name. Nothing was changed.")

    def report(self, done: backups.Restored) -> None:
        manifest = done.manifest
        self.stdout.write(
            f"Made at {manifest.made_at} by release {manifest.release}; {sum(manifest.rows.values())} rows"
        )
        for name, count in done.steps:
            self.stdout.write(f"{count:>8} {name}")
        for table, before, now in done.rows:
            self.stdout.write(f"{table:40} {before:>8} in the backup, {now:>8} now")
        for fault in done.faults:
            self.stdout.write(f"FAULT {fault}")
        self.stdout.write(CHECKLIST)
        for line in done.again or ("The audit of before names nothing of the kind.",):
            self.stdout.write(f"    {line}")
        if done.faults:
            raise CommandError("The database is back, but it is not what was written down.")
        self.stdout.write("Everything that the backup held is back. The site may be served.")
