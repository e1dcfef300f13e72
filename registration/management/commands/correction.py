"""manage.py correction add | list | end: correct a fact ahead of a release."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

import state_rules
from registration.domain.audit import Order, Refused
from registration.domain.corrections import Wanted, attempt, coming_and_active, correct, end_correction
from registration.domain.differences import differences
from registration.domain.rules import local_day
from registration.models import Correction
from state_rules.overlay import Fragment


def read_fragment(path: Path) -> str:
    """The file's text. Raises CommandError."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path}: is not UTF-8 text.") from None


def day(text: str) -> date:
    """Raises CommandError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text!r} is not a day, such as 2026-12-31.") from None


def line(correction: Correction) -> str:
    days = f"{correction.starts_on} to {correction.ends_on}"
    return f"Correction {correction.pk}: {correction.jurisdiction} {correction.rule}, {days}"


class Command(BaseCommand):
    help = "Correct a fact ahead of a release, list the corrections, or end one. See docs/operating.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="add | list | end")
        add = commands.add_parser("add", help="correct a fact")
        add.add_argument("place", help="two letters, such as GA")
        add.add_argument("rule", help="as in the state's file: office, mail_to, deadlines.mail")
        add.add_argument("fragment", type=Path, help="a file with one version of the rule and its sources, in TOML")
        add.add_argument("--until", required=True, help="the last day there, YYYY-MM-DD; at most 180 days ahead")
        add.add_argument("--from", dest="start", default="", help="the first day; today if left out")
        add.add_argument("--reason", default="", help="one plain English sentence, shown to people")
        add.add_argument("--reason-es", default="", help="the reason in Spanish")
        add.add_argument("--by", default="", help="your name, for the audit")
        add.add_argument("--check", action="store_true", help="only print the answers that would change")
        commands.add_parser("list", help="the corrections in force or to come, with those that no longer fit")
        end = commands.add_parser("end", help="end a correction before its time")
        end.add_argument("number", type=int)
        end.add_argument("--reason", required=True, help="one sentence, for the audit")
        end.add_argument("--by", required=True, help="your name, for the audit")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            {"add": self.add, "list": self.show, "end": self.end}[options["what"]](options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def add(self, options: dict[str, Any]) -> None:
        now, code = timezone.now(), options["place"].upper()
        if code not in state_rules.JURISDICTIONS:
            raise CommandError(f"There is no jurisdiction {code!r}. Write two letters such as GA.")
        start = day(options["start"]) if options["start"] else local_day(now, state_rules.load(code))
        fragment = Fragment(options["rule"], read_fragment(options["fragment"]), start, day(options["until"]))
        wanted = Wanted(code, fragment, options["reason_es"])
        tried = attempt(wanted, now)
        changed = differences(tried.before, tried.after, start)
        for each in changed:
            self.stdout.write(f"{each.what}\n  before: {each.before}\n  after:  {each.after}")
        if not changed:
            self.stdout.write(f"No answer changes on {start}.")
        if options["check"]:
            self.stdout.write("Only checked: nothing was changed.")
            return
        correction = correct(wanted, Order(options["by"], options["reason"], now))
        self.stdout.write(f"{line(correction)}. Pages show it within a minute.")

    def show(self, _options: dict[str, Any]) -> None:
        found = coming_and_active(timezone.now())
        if not found:
            self.stdout.write("There are no corrections.")
        for each in found:
            self.stdout.write(f"{line(each.correction)}, by {each.correction.made_by}: {each.correction.reason}")
            if each.problem:
                self.stdout.write(f"  NOT IN FORCE, it no longer fits the file: {each.problem}")

    def end(self, options: dict[str, Any]) -> None:
        ended = end_correction(options["number"], Order(options["by"], options["reason"], timezone.now()))
        self.stdout.write(f"Correction {ended.pk} is over. Pages show it within a minute.")
