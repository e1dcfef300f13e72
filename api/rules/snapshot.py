"""Everything that the documents are made from, read at one moment by two queries."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import state_rules
from registration.domain import rules, switches
from registration.domain.rules import Standing
from registration.forms.application_form import Setting
from registration.models import Switch
from state_rules import Jurisdiction, form_needs, target_election, upcoming

#: How many of the next elections of a jurisdiction are told.
ELECTIONS_AHEAD = 6


@dataclass(frozen=True, slots=True)
class Place:
    """The rules of one jurisdiction in use on ``on``, which is today there."""

    found: Standing
    on: date

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.found.jurisdiction


@dataclass(frozen=True, slots=True)
class Told:
    """What a document about one jurisdiction tells of: its setting, in the active language.

    ``version``: of the rules there, with the numbers of their corrections. ``unread``: whether it is not known what
    is corrected or switched off.
    """

    setting: Setting
    version: str
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """``switches``: those in force, wherever and in whichever language."""

    at: datetime
    places: dict[str, Place]
    switches: tuple[Switch, ...]
    unread: bool

    def told(self, code: str, language: str) -> Told:
        """Raises KeyError for an unknown code."""
        place = self.places[code]
        current, on = place.jurisdiction, place.on
        setting = Setting(
            current,
            form_needs(current, on),
            target_election(current, on),
            on,
            switches=switches.of_place(self.switches, code, language),
            corrections=place.found.corrections,
        )
        return Told(setting, place.found.version, self.unread)

    def key(self, code: str, language: str) -> Hashable:
        """Equal where the documents about a jurisdiction in a language are equal, for as long as this process runs."""
        place = self.places[code]
        off = tuple(_facts(each) for each in switches.of_place(self.switches, code, language))
        return place.on, place.found.corrections, off, upcoming(code, place.on, ELECTIONS_AHEAD), self.unread

    def key_of_all(self) -> Hashable:
        """Equal where every document is."""
        places = tuple(
            (code, place.on, place.found.corrections, upcoming(code, place.on, ELECTIONS_AHEAD))
            for code, place in self.places.items()
        )
        return places, tuple(_facts(each) for each in self.switches), self.unread

    def midnight(self, code: str = "") -> datetime:
        """When the day that is told ends: in one jurisdiction, or the first to end anywhere."""
        places = [self.places[code]] if code else list(self.places.values())
        return min(_end_of_day(place) for place in places)


def _facts(switch: Switch) -> tuple[Hashable, ...]:
    """All that a switch says. A row never changes but for its end."""
    return (
        switch.pk,
        switch.jurisdiction,
        switch.channel,
        switch.language,
        switch.starts_at,
        switch.ends_at,
        switch.reason,
        switch.reason_es,
    )


def _end_of_day(place: Place) -> datetime:
    zone = ZoneInfo(place.jurisdiction.timezones[0])
    return datetime.combine(place.on + timedelta(days=1), time.min, zone)


def snapshot(now: datetime) -> Snapshot:
    """The rules, corrections and switches of ``now``; the last known ones, while the database is away."""
    places = {found.jurisdiction.code: Place(found, on) for found, on in rules.everywhere(now)}
    off = switches.in_force(now)
    return Snapshot(now, places, off, rules.are_unread() or switches.are_unread())


def is_place(code: str) -> bool:
    return code in state_rules.JURISDICTIONS
