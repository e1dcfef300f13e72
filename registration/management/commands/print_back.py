"""manage.py print_back BATCH: a batch was not mailed, so that its forms go into the next one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registration.domain.audit import Refused
from registration.domain.messages import printing
from registration.management.commands.print_posted import add_batch, batch_of, erase, order_of


class Command(BaseCommand):
    help = "Say that a batch will not be mailed: its forms wait for the next one, and its files are deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_batch(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        batch, folder = batch_of(options["batch"])
        order = order_of("A batch was not mailed.", options)
        try:
            count = printing.put_back(batch, order)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Waiting again: {count}. {erase(batch, folder, gone=options['gone'])}")
