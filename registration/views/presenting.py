"""What rules look like on a page: words from phrases, put in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from registration import phrases
from registration.domain.routing import route
from registration.forms.application_form import Setting
from registration.phrases import cover
from registration.views import notices
from state_rules import CHANNELS, Due, Jurisdiction, Source, Version, Way, due_dates, upcoming, ways
from state_rules.jurisdiction import Online

ELECTIONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Cited:
    line: str
    url: str


def cited(*versions: Version[Any] | tuple[Source, ...]) -> list[Cited]:
    """Each source once, in the order given."""
    found: dict[Source, None] = {}
    for version in versions:
        found.update(dict.fromkeys(version if isinstance(version, tuple) else version.sources))
    return [Cited(phrases.source_line(source), source.url if source.was_read else "") for source in found]


@dataclass(frozen=True, slots=True)
class WayCard:
    """One way to register, in words. ``last_day`` is the day in words, "" where none is stated.

    ``off``: set where nobody is sent there now, be the way open or closed by law.
    """

    channel: str
    standing: str
    title: str
    status: str
    last_day: str
    due: str
    last_chance: str
    confirm: str
    sources: list[Cited]
    needs: list[str]
    off: notices.Off | None
    corrected: list[notices.Remark]


def card(way: Way, setting: Setting) -> WayCard:
    due, needs = way.due, setting.needs
    shown = way.last_day
    if way.standing == "off" and shown and shown < setting.on:
        shown = due.last_day_to_act
    if way.standing in ("open", "off") and shown and shown < setting.on:
        shown = None  # a local office sets the day; the sentence below names the first and the last
    online = way.channel == "online"
    return WayCard(
        channel=way.channel,
        standing=way.standing,
        title=phrases.way_title(way),
        status=phrases.way_status(way, setting.on).rstrip("."),
        last_day=phrases.day(shown) if shown else "",
        due=_how_to_act(way, setting),
        last_chance=phrases.last_chance(due),
        confirm=_confirm_way(way, setting),
        sources=cited(due.version, needs.online) if online else cited(due.version),
        needs=phrases.way_needs(way),
        off=notices.off(setting, way.channel),
        corrected=notices.remarks(setting.corrections, notices.OF_WAY[way.channel]),
    )


def _how_to_act(way: Way, setting: Setting) -> str:
    """The last day as a sentence; what to do instead of mailing where the mail may be too slow."""
    if way.channel == "mail" and not way.own_form_only and phrases.mail_is_late(way.due, setting.on):
        return phrases.mail_by(way.due, setting.on)
    return phrases.due(way.due)


def _confirm_way(way: Way, setting: Setting) -> str:
    """What to do where the last day is doubtful or, online, what the state's site needs; "" where neither is."""
    needs = setting.needs
    said = phrases.confirm(way.due.version, needs.office.value)
    return said or (phrases.confirm(needs.online, needs.office.value) if way.channel == "online" else "")


@dataclass(frozen=True, slots=True)
class Cards:
    """The ways for the election to aim for, in words."""

    open: list[WayCard]
    off: list[WayCard]
    closed: list[WayCard]


def cards(setting: Setting) -> Cards:
    """The ways for the election to aim for, in words."""
    return Cards(*([card(way, setting) for way in group] for group in groups(setting)))


def groups(setting: Setting) -> tuple[tuple[Way, ...], tuple[Way, ...], tuple[Way, ...]]:
    """The ways for the election to aim for: those open, mail last where it may be too slow; those open by law and
    switched off for now; and the closed ones."""
    found = route(setting.jurisdiction, setting.election, setting.on, setting.off)
    late = [way for way in found.open if way.channel == "mail" and phrases.mail_is_late(way.due, setting.on)]
    ready = [way for way in found.open if way not in late]
    return (*ready, *late), found.off, found.closed


@dataclass(frozen=True, slots=True)
class ElectionRow:
    name: str
    day: str
    doubt: str
    last_days: tuple[tuple[str, str], ...]


def election_rows(jurisdiction: Jurisdiction, on: date) -> list[ElectionRow]:
    """The next elections, each with the last day of every way that there is."""
    labels = {"online": _("Online"), "mail": _("By mail"), "in_person": _("In person")}
    rows = []
    for election in upcoming(jurisdiction.code, on, ELECTIONS_SHOWN):
        dues = (due_dates(jurisdiction, election, channel, on) for channel in CHANNELS)
        days = tuple((labels[due.channel], _last_days(due)) for due in dues if due.available)
        name, doubt = phrases.election_name(election), phrases.election_doubt(election)
        rows.append(ElectionRow(name, phrases.day(election.day), doubt, days))
    return rows


def _last_days(due: Due) -> str:
    """The regular last day, and the last chance where there is one."""
    last, ordinary = due.last_day_to_act, due.ordinary_last_day_to_act
    if not last or not ordinary:
        return _("Ask the election office")
    if last == ordinary:
        return phrases.day(last)
    days = {"day": phrases.day(ordinary), "last": phrases.day(last)}
    return _("%(day)s (last chance: %(last)s)") % days


def missed(setting: Setting) -> list[str]:
    """Elections that come before the one to aim for: too late to register for, not too late to vote in."""
    return [
        f"{phrases.election_name(election)}: {phrases.day(election.day)}"
        for election in upcoming(setting.jurisdiction.code, setting.on)
        if election.day < setting.election.day
    ]


@dataclass(frozen=True, slots=True)
class OnlineOffer:
    """The state's own online registration, while it is open."""

    url: str
    last_day: str
    needs: list[str]


def online_offer(setting: Setting) -> OnlineOffer | None:
    online: Online = setting.needs.online.value
    found = ways(setting.jurisdiction, setting.election, setting.on, setting.off)
    way = next(way for way in found if way.channel == "online")
    if not online.available or not online.url or not way.is_open:
        return None
    last = way.due.last_day
    return OnlineOffer(online.url, phrases.day(last) if last else "", phrases.online_needs(online))


def mail_due(setting: Setting) -> dict[str, str]:
    """By when to mail the form, for which election, whether to confirm it, and what is left where it is too late."""
    due = due_dates(setting.jurisdiction, setting.election, "mail", setting.on)
    left = route(setting.jurisdiction, setting.election, setting.on, setting.off).open
    return {
        "mail_by": cover.mail_by_for(setting.needs, due, setting.on),
        "large_date": cover.large_date(setting.needs, due, setting.on),
        "mail_confirm": phrases.confirm(due.version, setting.needs.office.value),
        "ways_left": cover.ways_left(left, due, setting.on),
        "election_name": phrases.election_name(setting.election),
        "election_day": phrases.day(setting.election.day),
        "election_doubt": phrases.election_doubt(setting.election),
    }


@dataclass(frozen=True, slots=True)
class Contact:
    """The chief election office. ``dial`` is the telephone number as a link dials it."""

    name: str
    telephone: str
    dial: str
    email: str
    website: str


def office(setting: Setting) -> Contact:
    office = setting.needs.office.value
    # An extension ("ext. 5") cannot be dialled at once: the link stops before it.
    plain = office.telephone.lower().split("ext")[0].split("x")[0]
    dial = "".join(mark for mark in plain if mark.isdigit() or mark == "+")
    name = phrases.contact(office)[0] if office.name else ""
    return Contact(name, office.telephone, dial, office.email, office.website)


def office_lines(setting: Setting) -> tuple[str, ...]:
    return phrases.contact(setting.needs.office.value)
