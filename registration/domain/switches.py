"""Switching a way to register off for a while: for a state or everywhere, in one language or in all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from registration.domain.audit import Order, Refused, check_sentence, record
from registration.domain.last_known import LastKnown
from registration.models import AuditEntry, Switch
from state_rules import CHANNELS, JURISDICTIONS, Channel

LONGEST = timedelta(days=90)
#: Every switch that is not over, under one key: whichever page read them last, all pages know them.
_last_known: LastKnown[str, Switch] = LastKnown("switches")


@dataclass(frozen=True, slots=True)
class Wanted:
    """``jurisdiction`` "" is everywhere, ``language`` "" every language. Moments with their zone."""

    channel: str
    starts_at: datetime
    ends_at: datetime
    jurisdiction: str = ""
    language: str = ""
    reason_es: str = ""


def switch_off(wanted: Wanted, order: Order) -> Switch:
    """Send nobody to a way to register between two moments; the order's reason is shown on the page.

    Raises Refused.
    """
    order.check()
    _check(wanted, order.at)
    with transaction.atomic():
        switch = Switch.objects.create(
            jurisdiction=wanted.jurisdiction,
            channel=wanted.channel,
            language=wanted.language,
            starts_at=wanted.starts_at,
            ends_at=wanted.ends_at,
            reason=order.reason.strip(),
            reason_es=wanted.reason_es.strip(),
            made_by=order.by.strip(),
            made_at=order.at,
        )
        record(order, AuditEntry.Action.SWITCHED_OFF, switch, _details(switch))
    return switch


def _check(wanted: Wanted, now: datetime) -> None:
    if wanted.jurisdiction and wanted.jurisdiction not in JURISDICTIONS:
        raise Refused(f"There is no jurisdiction {wanted.jurisdiction!r}.")
    if wanted.channel not in CHANNELS:
        raise Refused(f"There is no way {wanted.channel!r}; there are {', '.join(CHANNELS)}.")
    languages = [code for code, _name in settings.LANGUAGES]
    if wanted.language and wanted.language not in languages:
        raise Refused(f"There is no language {wanted.language!r}; there are {', '.join(languages)}.")
    if wanted.reason_es:
        check_sentence(wanted.reason_es)
    if wanted.starts_at < now:
        raise Refused("The start is past. Leave it out to begin now.")
    if wanted.ends_at <= wanted.starts_at:
        raise Refused("The end does not come after the start.")
    if wanted.ends_at > now + LONGEST:
        raise Refused(f"The end is more than {LONGEST.days} days ahead. Choose an earlier one, and renew it then.")


def _details(switch: Switch) -> dict[str, str]:
    return {
        "jurisdiction": switch.jurisdiction,
        "channel": switch.channel,
        "language": switch.language,
        "starts_at": switch.starts_at.isoformat(),
        "ends_at": switch.ends_at.isoformat(),
    }


def end_switch(number: int, order: Order) -> Switch:
    """End a switch before its time. Raises Refused where there is none, or where it is over already."""
    order.check()
    with transaction.atomic():
        switch = Switch.objects.select_for_update().filter(pk=number).first()
        if switch is None:
            raise Refused(f"There is no switch {number}.")
        if switch.ended_at or switch.ends_at <= order.at:
            raise Refused(f"Switch {number} is over already.")
        switch.ended_at = order.at
        switch.save(update_fields=["ended_at"])
        record(order, AuditEntry.Action.SWITCH_ENDED, switch, _details(switch))
    return switch


def active_switches(code: str, language: str, at: datetime) -> tuple[Switch, ...]:
    """The switches in force for a jurisdiction's pages in a language, one a channel: the one that ends last.

    While the database is away, those last known that are not over.
    """
    found = (switch for switch in _in_force(language, at) if switch.jurisdiction in ("", code))
    return tuple({switch.channel: switch for switch in found}.values())


def _in_force(language: str, at: datetime) -> list[Switch]:
    """The switches of a language's pages, wherever they are, by their end."""
    return [each for each in _not_over(at) if each.starts_at <= at < each.ends_at and each.language in ("", language)]


def _not_over(at: datetime) -> tuple[Switch, ...]:
    rows = Switch.objects.filter(ended_at=None, ends_at__gt=at).order_by("ends_at", "pk")
    return _last_known.read("", lambda: tuple(rows))


def warm(at: datetime) -> None:
    """Read the switches, so that they are known should the database go away."""
    _not_over(at)


def are_unread() -> bool:
    """Whether it is not known what is switched off, since the database has not answered once."""
    return _last_known.is_unread


def is_database_away() -> bool:
    """Whether it was found away a moment ago. To be asked after switches were read."""
    return _last_known.is_away


def off_everywhere(language: str, at: datetime) -> dict[str, frozenset[Channel]]:
    """The ways that are switched off for pages in a language, by jurisdiction; by one query."""
    off: dict[str, set[str]] = {code: set() for code in JURISDICTIONS}
    for switch in _in_force(language, at):
        for code in (switch.jurisdiction,) if switch.jurisdiction else JURISDICTIONS:
            off[code].add(switch.channel)
    return {code: frozenset(channel for channel in CHANNELS if channel in names) for code, names in off.items()}


def coming_and_active(at: datetime) -> list[Switch]:
    """Every switch that is not over yet, by its start."""
    return list(Switch.objects.filter(ended_at=None, ends_at__gt=at).order_by("starts_at", "pk"))
