"""The rules as they stand: the files, and the corrections that operators made ahead of a release."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import state_rules
from registration.domain.last_known import LastKnown
from registration.models import Correction
from state_rules import Jurisdiction, RuleFileError
from state_rules.overlay import Fragment, corrected

logger = logging.getLogger(__name__)
LONGEST_VERSION = 64
ONE_DAY = timedelta(days=1)
#: Stands at the end of a version that has no room for all numbers.
MORE = ".more"
#: Every correction that nobody ended, with its place, under one key: whichever page read them last, all know them.
_last_known: LastKnown[str, tuple[str, Corrected]] = LastKnown("corrections")


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as it is made; the key under which its result is remembered."""

    number: int
    rule: str
    fragment: str
    starts_on: date
    ends_on: date
    reason: str
    reason_es: str

    @property
    def overlay(self) -> Fragment:
        return Fragment(self.rule, self.fragment, self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True)
class Standing:
    """``corrections``: those that are part of ``jurisdiction``, the oldest first."""

    jurisdiction: Jurisdiction
    corrections: tuple[Corrected, ...] = ()

    @property
    def version(self) -> str:
        """The version of the files, with the numbers of the corrections: "0123456789ab+3.7". At most 64 letters: where
        they do not fit, the first of them and ".more"."""
        files = state_rules.rules_version()
        if not self.corrections:
            return files
        version = f"{files}+{'.'.join(str(each.number) for each in self.corrections)}"
        if len(version) <= LONGEST_VERSION:
            return version
        return version[: LONGEST_VERSION - len(MORE) + 1].rpartition(".")[0] + MORE


def standing(code: str, on: date) -> Standing:
    """The rules in use on ``on``, a day there: one query. Raises KeyError for an unknown code.

    A correction that does not fit the files any more is left out and logged.
    """
    plain = state_rules.load(code)
    found = in_force(code, on)
    return _laid(code, found) if found else Standing(plain)


def everywhere(now: datetime) -> tuple[tuple[Standing, date], ...]:
    """The rules in use in every jurisdiction, each with the day there, by one query."""
    found, standings = _not_ended(), []
    for plain in state_rules.load_all():
        on = local_day(now, plain)
        here = _of(found, plain.code, on)
        standings.append((_laid(plain.code, here) if here else Standing(plain), on))
    return tuple(standings)


def current(code: str, on: date) -> Jurisdiction:
    """The jurisdiction as ``standing`` has it."""
    return standing(code, on).jurisdiction


def in_force(code: str, on: date) -> tuple[Corrected, ...]:
    """The corrections whose time it is, whether or not they fit, the oldest first; the last known ones, while the
    database is away."""
    return _of(_not_ended(), code, on)


def _of(found: tuple[tuple[str, Corrected], ...], code: str, on: date) -> tuple[Corrected, ...]:
    return tuple(each for place, each in found if place == code and each.starts_on <= on <= each.ends_on)


def _not_ended() -> tuple[tuple[str, Corrected], ...]:
    """Those that have run out, too: a page may be asked for a day on which they held."""
    rows = Correction.objects.filter(ended_at=None).order_by("pk")
    return _last_known.read("", lambda: tuple((row.jurisdiction, as_corrected(row)) for row in rows))


def warm() -> None:
    """Read the corrections, so that they are known should the database go away."""
    _not_ended()


def are_unread() -> bool:
    """Whether it is not known what is corrected, since the database has not answered once."""
    return _last_known.is_unread


def as_corrected(row: Correction) -> Corrected:
    return Corrected(row.pk, row.rule, row.fragment, row.starts_on, row.ends_on, row.reason, row.reason_es)


@lru_cache(maxsize=256)
def _laid(code: str, corrections: tuple[Corrected, ...]) -> Standing:
    """Remembered, so that a fragment is read once in a process and not at each request."""
    found, problems = _laid_over(code, corrections)
    for number in problems:  # what the problem is: manage.py correction list
        logger.error("a correction is left out", extra={"jurisdiction": code, "correction": number})
    return found


def _laid_over(code: str, corrections: tuple[Corrected, ...]) -> tuple[Standing, dict[int, str]]:
    """The files with the corrections that fit, and why the others do not, by number."""
    laid, fitting, problems = state_rules.load(code), [], {}
    for correction in corrections:
        try:
            laid = corrected(laid, correction.overlay)
        except RuleFileError as error:
            problems[correction.number] = str(error)
        else:
            fitting.append(correction)
    return Standing(laid, tuple(fitting)), problems


def problems_on(code: str, on: date) -> dict[int, str]:
    """Why corrections whose time it is on ``on`` do not fit then, by number; nothing of those that do."""
    return _laid_over(code, in_force(code, on))[1]


def changes(code: str, first: date, last: date) -> tuple[date, ...]:
    """``first``, and the later days up to ``last`` on which a correction begins or is over there."""
    found = {first}
    for place, each in _not_ended():
        if place == code:
            found |= {day for day in (each.starts_on, each.ends_on + ONE_DAY) if first < day <= last}
    return tuple(sorted(found))


def local_day(moment: datetime, jurisdiction: Jurisdiction) -> date:
    """The calendar day that a moment falls on where the jurisdiction's main time zone is."""
    return moment.astimezone(ZoneInfo(jurisdiction.timezones[0])).date()
