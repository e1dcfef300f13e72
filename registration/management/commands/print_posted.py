"""manage.py print_posted BATCH: the print shop has mailed a batch, so that nothing of it is kept."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registration.delivery import print_post
from registration.domain.audit import Order, Refused
from registration.domain.messages import printing


def batch_of(given: str) -> tuple[str, Path | None]:
    """A batch's name, and its folder where that was given or is known and here. Raises CommandError."""
    if print_post.is_batch(given):
        return given, printing.folder_of(given)
    try:
        return print_post.batch_in(Path(given)), Path(given)
    except print_post.NoBatch:
        raise CommandError("Give the batch's folder, which holds its manifest, or its name of 16 letters.") from None


def erase(batch: str, folder: Path | None) -> str:
    """Delete the batch's files; what is left to do, as a sentence. Raises CommandError."""
    if folder is None:
        return "Delete its files yourself, wherever they are."
    try:
        print_post.erase(folder)
    except (OSError, ValueError, KeyError, TypeError):
        raise CommandError(f"{folder} could not be deleted. Delete it yourself: it holds ID numbers.") from None
    printing.erased(batch)
    return "Its files are deleted."


class Command(BaseCommand):
    help = "Say that a batch was mailed: what waited for it is erased, and its files are deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", help="its folder, or its name")
        parser.add_argument("--by", required=True, help="your name, for the audit")

    def handle(self, *_args: Any, **options: Any) -> None:
        batch, folder = batch_of(options["batch"])
        order = Order(options["by"], "The print shop has mailed a batch.", timezone.now())
        try:
            count = printing.posted(batch, order)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Posted: {count}. {erase(batch, folder)}")
