"""manage.py print_posted BATCH: the print shop has mailed a batch, so that nothing of it is kept."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registration.delivery import print_post
from registration.domain import print_batches
from registration.domain.audit import Order, Refused
from registration.domain.messages import printing


def batch_of(given: str) -> tuple[str, Path | None]:
    """A batch's name, and its folder where that was given. Raises CommandError."""
    if print_post.is_batch(given):
        return given, None
    try:
        return print_post.batch_in(Path(given)), Path(given)
    except print_post.NoBatch:
        raise CommandError("Give the batch's folder, which holds its manifest, or its name of 16 letters.") from None


def add_batch(parser: ArgumentParser) -> None:
    parser.add_argument("batch", help="its folder, or its name")
    parser.add_argument("--by", required=True, help="your name, for the audit")
    parser.add_argument("--gone", action="store_true", help="its files are gone, wherever they were: you made sure")


def order_of(reason: str, options: dict[str, Any]) -> Order:
    """The audit says also who said that the files are gone."""
    gone = " Its files are gone." if options["gone"] else ""
    return Order(options["by"], f"{reason}{gone}", timezone.now())


def erase(batch: str, folder: Path | None, *, gone: bool) -> str:
    """Delete the batch's files; what is left to do, as a sentence. Raises CommandError."""
    was_known = print_batches.is_known(batch)
    try:
        left = print_batches.erase(batch, folder)
    except print_batches.BROKEN:
        said = f"The files of {batch} could not be deleted. Delete them yourself: they hold ID numbers."
        raise CommandError(said) from None
    if left is not None and not gone:
        where = f"{left.folder} on {left.machine or 'the machine that wrote them'}"
        return f"Delete its files yourself: {where}. Then say so: the same command with --gone."
    if left is not None:
        print_batches.gone(batch)
        return "Its files are gone, as you say."
    return "Its files are deleted." if was_known or folder else "Delete its files yourself, wherever they are."


class Command(BaseCommand):
    help = "Say that a batch was mailed: what waited for it is erased, and its files are deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_batch(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        batch, folder = batch_of(options["batch"])
        order = order_of("The print shop has mailed a batch.", options)
        try:
            count = printing.posted(batch, order)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Posted: {count}. {erase(batch, folder, gone=options['gone'])}")
