"""manage.py print_export FOLDER: what people asked to have printed, as a batch for the print shop."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registration.domain import print_batches
from registration.domain.audit import Order, Refused
from registration.domain.messages import printing


class Command(BaseCommand):
    help = "Write the forms that people asked to have printed into a new folder within FOLDER. See docs/messages.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the batch's folder is made; it will hold ID numbers")
        parser.add_argument("--by", required=True, help="your name, for the audit")
        parser.add_argument("--limit", type=int, default=printing.MOST_AT_ONCE, help="forms in one batch")

    def handle(self, *_args: Any, **options: Any) -> None:
        order = Order(options["by"], "A batch for the print shop.", timezone.now())
        print_batches.leave_out_withdrawn()
        for batch, count in printing.open_batches().items():
            self.stderr.write(f"Batch {batch} of {count} waits for print_posted or print_back.")
        try:
            made = printing.export(options["folder"], order, options["limit"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        if made.dropped:
            self.stderr.write(f"{made.dropped} could not be printed: withdrawn, over, or without an address.")
        if made.folder is None:
            self.stdout.write("Nothing waits.")
            return
        forms = "1 form" if made.count == 1 else f"{made.count} forms"
        self.stdout.write(f"{made.folder}: {forms}. When all are mailed: manage.py print_posted {made.folder}")
