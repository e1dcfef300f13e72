"""manage.py widget_release: publish the script of frontend/widget under a new version."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registration.domain.widget_releases import FOLDER, BadRelease, publish


class Command(BaseCommand):
    help = "Publish frontend/widget/register.js as a new version; earlier ones stay as they are."

    requires_system_checks: list[str] = []  # noqa: RUF012  as Django has it; one of them reads what this command writes

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("version", help="three numbers, such as 1.2.0")
        parser.add_argument("--folder", type=Path, default=FOLDER, help="where the published versions are")

    def handle(self, *_args: Any, version: str, folder: Path, **_options: Any) -> None:
        source = Path(settings.BASE_DIR) / "frontend" / "widget" / "register.js"
        try:
            release = publish(folder, version, source.read_bytes(), timezone.now().date())
        except BadRelease as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{release.version}  {release.integrity}")
        self.stdout.write("Now bring docs/widget.md up to date: its snippet and its list of versions.")
