"""Election days: the federal generals by rule, for ever, and the dated ones of data/elections.toml."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from state_rules.dated import Confidence, Source
from state_rules.holidays import nth_weekday
from state_rules.practice import ElectionKind
from state_rules.rule_file import Reader, opened, refuse_unused_sources

FILE = Path(__file__).parent / "data" / "elections.toml"
FEDERAL = "US"
MONDAY = 0

#: Of two elections on one day, the entry takes the kind that stands first.
_KINDS: tuple[ElectionKind, ...] = ("general", "presidential_primary", "primary", "runoff", "special", "local")
_CONFIDENCE: tuple[Confidence, ...] = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Election:
    """One day of voting. ``jurisdiction`` is a code, or "US" for a day set by federal law alone.

    ``rule``: the law's own way to name the day, in plain words ("third Tuesday in February").
    """

    day: date
    kind: ElectionKind
    name: str
    jurisdiction: str
    confidence: Confidence = "high"
    note: str = ""
    sources: tuple[Source, ...] = ()
    rule: str = ""

    def __hash__(self) -> int:
        """By day, kind and place, so that an election is cheap to look up in a cache."""
        return hash((self.day, self.kind, self.jurisdiction))

    @property
    def is_presidential_general(self) -> bool:
        return self.kind == "general" and self.day.year % 4 == 0 and self.day == november_election_day(self.day.year)


@dataclass(frozen=True, slots=True)
class FederalGeneral:
    """The rule of 2 U.S.C. 7. ``every_four_years``: jurisdictions that fill no federal office at midterms."""

    name: str
    sources: tuple[Source, ...]
    every_four_years: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    federal_general: FederalGeneral
    dated: dict[str, tuple[Election, ...]]


def november_election_day(year: int) -> date:
    """The Tuesday after the first Monday of November."""
    return nth_weekday(year, 11, MONDAY, 1) + timedelta(days=1)


def load_calendar(path: Path = FILE) -> Calendar:
    """The calendar in ``path``. Raises RuleFileError."""
    raw, reader = opened(path, ("federal_general", "elections"))
    general: FederalGeneral = reader.record(
        reader.table(raw.get("federal_general"), "federal_general"), FederalGeneral, "federal_general"
    )
    calendar = Calendar(general, _dated(reader, raw.get("elections", [])))
    refuse_unused_sources(reader)
    return calendar


def _dated(reader: Reader, raw: object) -> dict[str, tuple[Election, ...]]:
    by_code: dict[str, list[Election]] = {}
    for index, table in enumerate(reader.tables(raw, "elections") if raw else ()):
        election: Election = reader.record(table, Election, f"elections[{index}]")
        if not election.sources:
            raise reader.fail(f"elections[{index}].sources", "an election cites at least one source")
        if not election.rule:
            raise reader.fail(f"elections[{index}].rule", "an election says how the law names its day")
        by_code.setdefault(election.jurisdiction, []).append(election)
    return {code: tuple(sorted(found, key=lambda election: election.day)) for code, found in by_code.items()}


def load_local(path: Path) -> dict[str, tuple[Election, ...]]:
    """An operator's own elections, by code: a file of ``schema``, ``[sources]`` and ``[[elections]]``.

    Raises RuleFileError.
    """
    raw, reader = opened(path, ("elections",))
    found = _dated(reader, raw.get("elections", []))
    refuse_unused_sources(reader)
    return found


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    return load_calendar()


_local: dict[str, tuple[Election, ...]] = {}


def use_local(found: dict[str, tuple[Election, ...]]) -> None:
    """Add an operator's elections, by code, to every answer from now on, in place of those added before."""
    _local.clear()
    _local.update(found)
    upcoming.cache_clear()


def _federal_generals(code: str, on: date, count: int) -> list[Election]:
    """The next ``count`` federal generals that are held in a jurisdiction."""
    rule = calendar().federal_general
    step = 4 if code in rule.every_four_years else 2
    year = on.year + (-on.year) % step
    if november_election_day(year) < on:
        year += step
    return [
        Election(november_election_day(each), "general", rule.name, FEDERAL, sources=rule.sources)
        for each in range(year, year + step * count, step)
    ]


def _joined(same_day: list[Election]) -> Election:
    """One entry for one day. Its date is as sure as the surest of them."""
    if len(same_day) == 1:
        return same_day[0]
    first = min(same_day, key=lambda election: _KINDS.index(election.kind))
    names = dict.fromkeys(election.name for election in same_day)
    sources = dict.fromkeys(source for election in same_day for source in election.sources)
    return replace(
        first,
        name="; ".join(names),
        confidence=min((election.confidence for election in same_day), key=_CONFIDENCE.index),
        note=" ".join(election.note for election in same_day if election.note),
        rule="; ".join(dict.fromkeys(election.rule for election in same_day if election.rule)),
        sources=tuple(sources),
    )


@lru_cache(maxsize=1)
def last_listed_day() -> date:
    """The last day for which elections are listed; beyond it only the federal generals are known."""
    return max(election.day for found in calendar().dated.values() for election in found)


@lru_cache(maxsize=4096)
def upcoming(code: str, on: date, limit: int = 4) -> tuple[Election, ...]:
    """The next ``limit`` election days of a jurisdiction from ``on`` (included), soonest first."""
    dated = calendar().dated
    listed = (*dated.get(FEDERAL, ()), *dated.get(code, ()), *_local.get(code, ()))
    known = [election for election in listed if election.day >= on]
    by_day: dict[date, list[Election]] = {}
    for election in (*_federal_generals(code, on, limit), *known):
        by_day.setdefault(election.day, []).append(election)
    return tuple(_joined(by_day[day]) for day in sorted(by_day)[:limit])


def next_general(code: str, on: date) -> Election:
    """The next federal general election on or after ``on``."""
    day = _federal_generals(code, on, 1)[0].day
    return next(election for election in upcoming(code, day, 1) if election.day == day)
