"""manage.py outbox list | show | retry | drop: rows that failed again and again, and those that wait."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registration.domain.audit import Order, Refused
from registration.domain.outbox import by_hand
from registration.models import Outbox

MOST = 200


def age(since: datetime, now: datetime) -> str:
    seconds = int((now - since).total_seconds())
    return f"{seconds // 3600}h{seconds // 60 % 60:02}m"


def line(row: Outbox, now: datetime) -> str:
    """Where it stands; nothing of what it holds."""
    state = "dead" if row.dead_at else "done" if row.done_at else "waiting"
    tries = f"{row.attempts} attempts, {row.deferrals} deferrals"
    return f"{row.pk}  {row.kind:24} {state:8} {age(row.created_at, now):>8}  {tries}  {row.outcome}"


class Command(BaseCommand):
    help = "Look at rows of the outbox, try those that were set aside again, or drop them. See docs/runbook.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="list | show | retry | drop")
        listed = commands.add_parser("list", help="rows that were set aside; no content")
        listed.add_argument("--waiting", action="store_true", help="also those that are due or were put off")
        commands.add_parser("show", help="one row; no content").add_argument("row", type=UUID)
        for name, text in (("retry", "try them again, at once"), ("drop", "end them and erase what they hold")):
            each = commands.add_parser(name, help=text)
            each.add_argument("rows", type=UUID, nargs="*", metavar="row")
            each.add_argument("--kind", help="every row of this kind that was set aside")
            each.add_argument("--by", required=True, help="your name, for the audit")
            each.add_argument("--reason", required=True, help="one plain sentence, for the audit")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            getattr(self, f"do_{options['what']}")(options, timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def do_list(self, options: dict[str, Any], now: datetime) -> None:
        rows = [*by_hand.dead()[:MOST], *(by_hand.late(now)[:MOST] if options["waiting"] else ())]
        nothing = "No row is set aside, due or put off." if options["waiting"] else "No row is set aside."
        self.stdout.write("\n".join(line(row, now) for row in rows) or nothing)

    def do_show(self, options: dict[str, Any], now: datetime) -> None:
        row = Outbox.objects.filter(pk=options["row"]).first()
        if row is None:
            raise CommandError("There is no such row.")
        self.stdout.write(line(row, now))
        for name in ("created_at", "available_at", "useful_until", "lease_until", "done_at", "dead_at"):
            value = getattr(row, name)
            self.stdout.write(f"{name:14} {f'{value:%Y-%m-%d %H:%M:%S} UTC' if value else '-'}")
        self.stdout.write(f"{'partner':14} {row.partner.slug if row.partner else '-'}")

    def do_retry(self, options: dict[str, Any], now: datetime) -> None:
        self.stdout.write(f"{by_hand.retry(self.named(options), self.order(options, now))} rows are tried again.")

    def do_drop(self, options: dict[str, Any], now: datetime) -> None:
        self.stdout.write(f"{by_hand.drop(self.named(options), self.order(options, now))} rows are dropped.")

    def named(self, options: dict[str, Any]) -> list[UUID]:
        rows: list[UUID] = list(options["rows"])
        if options["kind"]:
            rows += by_hand.dead().filter(kind=options["kind"]).values_list("id", flat=True)
        if not rows:
            raise CommandError("Name rows, or a --kind of which rows were set aside. See: manage.py outbox list")
        return rows

    def order(self, options: dict[str, Any], now: datetime) -> Order:
        return Order(options["by"], options["reason"], now)
