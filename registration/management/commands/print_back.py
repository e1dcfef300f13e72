"""manage.py print_back BATCH: a batch was not mailed, so that its forms go into the next one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registration.domain.audit import Order, Refused
from registration.domain.messages import printing
from registration.management.commands.print_posted import batch_of, erase


class Command(BaseCommand):
    help = "Say that a batch will not be mailed: its forms wait for the next one, and its files are deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", help="its folder, or its name")
        parser.add_argument("--by", required=True, help="your name, for the audit")

    def handle(self, *_args: Any, **options: Any) -> None:
        batch, folder = batch_of(options["batch"])
        order = Order(options["by"], "A batch was not mailed.", timezone.now())
        try:
            count = printing.put_back(batch, order)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Waiting again: {count}. {erase(batch, folder)}")
