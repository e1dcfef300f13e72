"""manage.py switch off | list | end: send nobody to a way to register for a while."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

import state_rules
from registration.domain.audit import Order, Refused
from registration.domain.switches import Wanted, coming_and_active, end_switch, switch_off
from registration.models import Switch

EVERYWHERE = "all"


def zone_of(code: str) -> ZoneInfo | None:
    """The main time zone of a jurisdiction; None for everywhere. Raises CommandError for an unknown code."""
    if not code:
        return None
    try:
        return ZoneInfo(state_rules.load(code).timezones[0])
    except KeyError:
        raise CommandError(
            f"There is no jurisdiction {code!r}. Write two letters such as GA, or {EVERYWHERE}."
        ) from None


def moment(text: str, zone: ZoneInfo | None) -> datetime:
    """A day and time, in ``zone`` unless the text says its own. Raises CommandError."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f'{text!r} is not a day and time, such as "2026-11-30 23:59".') from None
    if ":" not in text:
        raise CommandError(f'{text!r} has no time of day. Write it, too: "{text} 23:59".')
    if found.tzinfo:
        return found
    if zone is None:
        raise CommandError(f'For all jurisdictions say the zone, too: "{text}-05:00".')
    return found.replace(tzinfo=zone)


def line(switch: Switch) -> str:
    zone = zone_of(switch.jurisdiction) or ZoneInfo("UTC")
    times = [f"{at.astimezone(zone):%a %Y-%m-%d %H:%M %Z}" for at in (switch.starts_at, switch.ends_at)]
    where, language = switch.jurisdiction or EVERYWHERE, switch.language or "all languages"
    return f"Switch {switch.pk}: {switch.channel} in {where}, {language}, off from {times[0]} to {times[1]}"


class Command(BaseCommand):
    help = "Switch a way to register off for a while, list what is off, or end a switch. See docs/operating.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True, metavar="off | list | end")
        off = commands.add_parser("off", help="switch a way off")
        off.add_argument("place", help=f"two letters such as GA, or {EVERYWHERE}")
        off.add_argument("channel", choices=state_rules.CHANNELS)
        off.add_argument("--until", required=True, help='"YYYY-MM-DD HH:MM" there; at most 90 days ahead')
        off.add_argument("--from", dest="start", default="", help="the same; now if left out")
        off.add_argument("--language", default="", help="of the pages, such as es; all if left out")
        off.add_argument("--reason-es", default="", help="the reason in Spanish")
        commands.add_parser("list", help="what is off now or will be")
        end = commands.add_parser("end", help="end a switch before its time")
        end.add_argument("number", type=int)
        for command in (off, end):
            command.add_argument("--reason", required=True, help="one plain English sentence; of off, shown to people")
            command.add_argument("--by", required=True, help="your name, for the audit")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["what"] == "list":
            found = [f"{line(each)}, by {each.made_by}: {each.reason}" for each in coming_and_active(now)]
            self.stdout.write("\n".join(found) or "Nothing is switched off.")
            return
        order = Order(options["by"], options["reason"], now)
        try:
            if options["what"] == "end":
                switch = end_switch(options["number"], order)
                self.stdout.write(f"Switch {switch.pk} is over. Pages show it within a minute.")
                return
            self.stdout.write(f"{line(self.off(options, order))}. Pages show it within a minute.")
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def off(self, options: dict[str, Any], order: Order) -> Switch:
        code = "" if options["place"].lower() == EVERYWHERE else options["place"].upper()
        zone = zone_of(code)
        wanted = Wanted(
            channel=options["channel"],
            starts_at=moment(options["start"], zone) if options["start"] else order.at,
            ends_at=moment(options["until"], zone),
            jurisdiction=code,
            language=options["language"],
            reason_es=options["reason_es"],
        )
        return switch_off(wanted, order)
