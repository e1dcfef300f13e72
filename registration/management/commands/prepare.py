"""manage.py prepare: bring the database, the translations and the static files up to date. Safe to repeat."""

import fcntl
import os
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


def compile_catalogue(source: Path) -> bool:
    """Write the .mo beside a .po unless it is newer already; tells whether it wrote."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    polib.pofile(str(source)).save_as_mofile(str(target))
    return True


class Command(BaseCommand):
    help = "Migrate, compile messages, collect static files, make the demo partner."

    def handle(self, *_args: Any, **options: Any) -> None:
        os.umask(0o077)  # the database is its owner's alone
        with (settings.VAR_DIR / "prepare.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # several first starts at once would each make the tables
            self.prepare(verbose=options["verbosity"] > 1)

    def prepare(self, *, verbose: bool) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                compile_catalogue(source)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("forget_expired", verbosity=0, stdout=self.stdout if verbose else _Silent())
        call_command("seed_demo", stdout=_Silent())


class _Silent:
    def write(self, _text: str) -> None:
        """Drop the text."""
