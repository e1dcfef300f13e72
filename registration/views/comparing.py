"""The jurisdictions side by side: a row of words for each, and what to filter and sort them by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language

from registration import phrases
from registration.domain.routing import at_the_office
from registration.domain.rules import everywhere
from registration.domain.switches import off_everywhere
from registration.phrases import comparison
from state_rules import CHANNELS, Channel, Jurisdiction, Way, form_needs, target_election, ways
from state_rules.form_needs import rule_on


@dataclass(frozen=True, slots=True)
class Column:
    """One way to register: what is said of it, and by when to act (None where that is not known or it is not open).

    ``for_all``: whether one registers for all races this way now.
    """

    said: tuple[str, ...]
    day: date | None
    is_open: bool
    offered: bool
    for_all: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A jurisdiction on ``on``, the day there.

    ``left``: days until the first of the open ways closes, of those that register for all races; None where there is
    nothing to count.
    """

    code: str
    on: date
    name: str
    election: str
    election_doubt: str
    election_day: date
    election_day_said: str
    ways: dict[Channel, Column]
    left: int | None
    registration: bool
    same_day: str
    has_same_day: bool
    age: tuple[str, ...]
    age_groups: frozenset[str]
    youngest: int
    felony: str
    felony_category: str
    id_number: str
    id_kind: str


def rows() -> list[Row]:
    """Every jurisdiction as it stands today there, by name in the active language."""
    now, language = timezone.now(), get_language() or "en"
    off = off_everywhere(language, now)
    found = (
        _row(standing.jurisdiction, on, language, off[standing.jurisdiction.code]) for standing, on in everywhere(now)
    )
    return sorted(found, key=lambda row: row.name)


@lru_cache(maxsize=1024)
def _row(
    jurisdiction: Jurisdiction,
    on: date,
    language: str,  # noqa: ARG001  the active language, for the cache
    off: frozenset[Channel],
) -> Row:
    """Made once a day and language, and anew where rules have changed or a way is switched off."""
    needs, election = form_needs(jurisdiction, on), target_election(jurisdiction, on)
    all_ways = ways(jurisdiction, election, on, off)
    by_channel: dict[Channel, Way] = {way.channel: way for way in all_ways if way.name != "same_day"}
    by_channel["in_person"] = at_the_office(all_ways)
    found = {channel: _column(by_channel[channel], on) for channel in CHANNELS}
    days = [column.day for column in found.values() if column.day and column.for_all]
    same_day = rule_on(jurisdiction.same_day, on).value
    registers = needs.acceptance != "no_registration"
    early = comparison.sign_up_from(needs.age.value)
    return Row(
        code=jurisdiction.code,
        on=on,
        name=phrases.jurisdiction_name(jurisdiction),
        election=phrases.election_name(election),
        election_doubt=phrases.election_doubt(election),
        election_day=election.day,
        election_day_said=phrases.plain_day(election.day),
        ways=found,
        left=(min(days) - on).days if days else None,
        registration=registers,
        same_day=comparison.same_day(same_day) if registers else comparison.no_registration(),
        has_same_day=same_day.scope != "none",
        age=(*comparison.register_from(needs.age.value), *([early] if early else [])),
        age_groups=comparison.age_groups(needs.age.value),
        youngest=comparison.youngest(needs.age.value),
        felony=comparison.felony(needs.felony.value),
        felony_category=needs.felony.value.category,
        id_number=comparison.id_number(needs.id_number.value, needs.acceptance),
        id_kind=comparison.id_kind(needs.id_number.value, needs.acceptance),
    )


def _column(way: Way, on: date) -> Column:
    said = tuple(comparison.way(way, on))
    return Column(
        said,
        comparison.last_day_to_act(way, on),
        way.is_open,
        offered=way.standing != "none",
        for_all=not comparison.scope(way),
    )


#: Name of a band of days left -> the most days that it holds.
BANDS = {"week": 7, "month": 30, "later": None}
NOTHING = "none"


def band(left: int | None) -> str:
    if left is None:
        return NOTHING
    return next(name for name, most in BANDS.items() if most is None or left <= most)


Kept = Callable[[Row], bool]


def _felony_in(categories: frozenset[str]) -> Kept:
    return lambda row: row.felony_category in categories


def _id_in(kinds: frozenset[str]) -> Kept:
    return lambda row: row.id_kind in kinds


def _age_in(group: str) -> Kept:
    return lambda row: group in row.age_groups


def _left_in(name: str) -> Kept:
    return lambda row: band(row.left) == name


#: Parameter -> its values, each with what it keeps.
FILTERS: dict[str, dict[str, Kept]] = {
    "open": {
        "any": lambda row: any(column.is_open for column in row.ways.values()),
        "online": lambda row: row.ways["online"].is_open,
        "mail": lambda row: row.ways["mail"].is_open,
        "in_person": lambda row: row.ways["in_person"].is_open,
    },
    "left": {name: _left_in(name) for name in (*BANDS, NOTHING)},
    "same_day": {"yes": lambda row: row.has_same_day, "no": lambda row: not row.has_same_day},
    "online": {"yes": lambda row: row.ways["online"].offered, "no": lambda row: not row.ways["online"].offered},
    "age": {name: _age_in(name) for name in comparison.AGE_GROUPS},
    "felony": {name: _felony_in(categories) for name, (_words, categories) in comparison.FELONY_GROUPS.items()},
    "id_number": {name: _id_in(kinds) for name, (_words, kinds) in comparison.ID_GROUPS.items()},
}


def _day_of(channel: Channel) -> Callable[[Row], int | None]:
    def number(row: Row) -> int | None:
        day = row.ways[channel].day
        return day.toordinal() if day else None

    return number


_FELONY_ORDER, _ID_ORDER = list(comparison.FELONY), list(comparison.ID_NUMBER)
BY_NAME = "name"
#: Parameter value -> the number to sort by, None where a row has none.
SORTS: dict[str, Callable[[Row], int | None]] = {
    BY_NAME: lambda _row: 0,
    "election": lambda row: row.election_day.toordinal(),
    "left": lambda row: row.left,
    "online": _day_of("online"),
    "mail": _day_of("mail"),
    "in_person": _day_of("in_person"),
    "same_day": lambda row: int(not row.has_same_day),
    "age": lambda row: row.youngest,
    "felony": lambda row: _FELONY_ORDER.index(row.felony_category),
    "id_number": lambda row: _ID_ORDER.index(row.id_kind) if row.id_kind else None,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for: chosen filters, the order, and whether something in it was not understood."""

    filters: dict[str, str]
    sort: str = BY_NAME
    descending: bool = False
    unknown: bool = False

    def query(self, **changed: str) -> dict[str, str]:
        """The parameters that ask for this, with ``changed`` in place of their own; the usual order is left out."""
        order = f"-{self.sort}" if self.descending else self.sort
        asked = {**self.filters, "sort": order, **changed}
        return {name: value for name, value in asked.items() if value and (name, value) != ("sort", BY_NAME)}


def wanted(given: dict[str, str]) -> Wanted:
    """Reads the parameters of an address; what it does not know is left out and said to be."""
    chosen = {name: given[name] for name, values in FILTERS.items() if given.get(name) in values}
    sort = given.get("sort") or BY_NAME
    known = sort.removeprefix("-") in SORTS
    unknown = not known or any(given.get(name) and name not in chosen for name in FILTERS)
    if not known:
        return Wanted(chosen, unknown=unknown)
    return Wanted(chosen, sort.removeprefix("-"), sort.startswith("-"), unknown)


def arranged(found: list[Row], asked: Wanted) -> list[Row]:
    """The rows, which come by name, that pass every filter, in order; those with nothing to sort by come last."""
    tests = [FILTERS[name][value] for name, value in asked.filters.items()]
    kept = [row for row in found if all(test(row) for test in tests)]
    if asked.sort == BY_NAME:
        return kept[::-1] if asked.descending else kept
    numbers = {row.code: SORTS[asked.sort](row) for row in kept}
    valued = [row for row in kept if numbers[row.code] is not None]
    valued.sort(key=lambda row: numbers[row.code] or 0, reverse=asked.descending)
    return valued + [row for row in kept if numbers[row.code] is None]
