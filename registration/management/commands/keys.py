"""manage.py keys list | status | rotate | verify: the keys of what is encrypted in the database."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any, get_args

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registration.domain import alerts, rotation
from registration.domain.audit import Order, Refused
from registration.domain.field_encryption import BadKeys, Ring, ids_of


def at_most(rows_a_second: int) -> Callable[[int], None]:
    """Waits after each batch, so that no more rows are read in a second."""

    def pause(rows: int) -> None:
        time.sleep(rows / rows_a_second)

    return pause


class Command(BaseCommand):
    help = "Keys of encrypted fields: list them, move what older ones wrote under the first, verify. See docs/keys.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="list | status | rotate | verify")
        commands.add_parser("list", help="the ids of the keys that are set, the one that writes first")
        commands.add_parser("status", help="values under each key; fails while older keys are still needed")
        rotate = commands.add_parser("rotate", help="write everything again under the first keys; safe to repeat")
        verify = commands.add_parser("verify", help="read every encrypted value; names those that do not open")
        for each in (rotate, verify):
            each.add_argument("--per-second", type=int, default=1000, help="rows, at most")
        rotate.add_argument("--by", required=True, help="your name, for the audit")
        rotate.add_argument("--reason", required=True, help="one plain sentence, for the audit")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options.get("per_second", 1) < 1:
            raise CommandError("--per-second must be 1 or more.")
        try:
            getattr(self, f"do_{options['what']}")(options)
        except (Refused, BadKeys) as refusal:
            raise CommandError(str(refusal)) from None

    def do_list(self, _options: dict[str, Any]) -> None:
        for ring in get_args(Ring):
            first, *others = ids_of(ring)
            self.stdout.write(f"{ring}: {first} writes" + "".join(f", {each} reads" for each in others))

    def do_status(self, _options: dict[str, Any]) -> None:
        for column, counts in rotation.by_key().items():
            said = ", ".join(f"{name or 'no key'} {count}" for name, count in sorted(counts.items()))
            self.stdout.write(f"{column:32} {said or 'nothing'}")
        if left := rotation.left():
            raise CommandError(f"{left} values are not under the first key. Next: manage.py keys rotate")
        self.stdout.write("Everything is under the first key of its ring.")

    def do_rotate(self, options: dict[str, Any]) -> None:
        order = Order(options["by"], options["reason"], timezone.now())
        done = rotation.rotate(order, at_most(options["per_second"]))
        self.stdout.write(f"{done.rows} rows were written again.")
        self._name(sorted(done.unreadable, key=lambda each: (each.column, each.row)))
        self.do_status(options)

    def do_verify(self, options: dict[str, Any]) -> None:
        found = list(rotation.unreadable(at_most(options["per_second"])))
        self._name(found)
        if found:
            alerts.tell(alerts.UNREADABLE, timezone.now())
            raise CommandError(f"{len(found)} values cannot be read.")
        self.stdout.write("Every encrypted value can be read.")

    def _name(self, found: list[rotation.Unreadable]) -> None:
        for each in found:
            self.stdout.write(f"cannot be read: {each.column} of row {each.row}")
