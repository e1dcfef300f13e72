"""The rules: loading all files, and each question of the engine against a bare function call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import cycle

import state_rules
from bench.measure import ROUNDS, Figure, Way, measure
from state_rules import Answers, assess, catalogue, drive_rules, due_dates, form_needs, load, next_general, ways

ON = date(2026, 11, 26)
BARE = "a bare function call"
LOAD, ASSESS = "loading every file, each example checked", "assess, every question answered"
DUE, AGAIN = "due_dates, an election not asked before", "due_dates, an election asked before"
MOST_SECONDS = {LOAD: 0.5, AGAIN: 10e-6, ASSESS: 20e-6}


def _people() -> list[Answers]:
    """Of every age from 14 to 100, so that no answer is one that was just given."""
    return [
        Answers(
            citizen=True,
            birth_date=ON - timedelta(days=365 * 14 + 37 * number),
            resident=True,
            conviction=("none", "completed", "parole")[number % 3],
            court_finding="no",
            resident_since=date(2020, 1, 1),
            has_documents=bool(number % 2),
            registered=False,
        )
        for number in range(850)
    ]


def _cases() -> Iterator[tuple[state_rules.Jurisdiction, state_rules.Election, Answers]]:
    """Every jurisdiction in turn, with its next general election and another person each time."""
    places = [(load(code), next_general(code, ON)) for code in state_rules.JURISDICTIONS]
    for (jurisdiction, election), person in zip(cycle(places), cycle(_people()), strict=False):
        yield jurisdiction, election, person


def _new_elections() -> Iterator[tuple[state_rules.Jurisdiction, state_rules.Election]]:
    """Every jurisdiction in turn, each time with an election of another day; more than are remembered."""
    places = [load(code) for code in state_rules.JURISDICTIONS]
    days = [ON + timedelta(days=1 + number) for number in range(6_007)]
    cases = [
        (place, state_rules.Election(day, "special", "", place.code))
        for place, day in zip(cycle(places), days, strict=False)
    ]
    return cycle(cases)


def _load_all() -> bytes:
    catalogue.load.cache_clear()
    for code in state_rules.JURISDICTIONS:
        load(code)
    return b""


def _bare(_jurisdiction: object, _election: object, _on: date) -> None:
    return None


def _way(name: str, question: Callable[..., object], *, person: bool = False) -> Way:
    cases = _cases()

    def run() -> bytes:
        jurisdiction, election, answers = next(cases)
        if person:
            question(answers, jurisdiction, election, ON)
        else:
            question(jurisdiction, election, ON)
        return b""

    return Way(name, run)


def _asked_first() -> Way:
    elections = _new_elections()

    def run() -> bytes:
        jurisdiction, election = next(elections)
        due_dates(jurisdiction, election, "mail", ON)
        return b""

    return Way(DUE, run)


def _questions() -> list[Way]:
    return [
        _way(BARE, _bare),
        _asked_first(),
        _way(AGAIN, lambda jurisdiction, election, on: due_dates(jurisdiction, election, "mail", on)),
        _way(ASSESS, assess, person=True),
        _way("ways, four with needs and what is left", ways),
        _way("form_needs", lambda jurisdiction, _election, on: form_needs(jurisdiction, on)),
        _way("drive_rules", lambda jurisdiction, _election, on: drive_rules(jurisdiction, on)),
    ]


def _table(figures: list[Figure]) -> str:
    base = next(figure.seconds for figure in figures if figure.name == BARE)
    title = f"The rules: median of {ROUNDS} interleaved rounds, processor time, all jurisdictions and ages in turn"
    rows = [title, "", f"{'question':<52}{'us each':>11}{'per second':>13}{'bare calls':>12}"]
    rows += [
        f"{figure.name:<52}{figure.seconds * 1e6:>11.2f}{figure.per_second:>13,.0f}{figure.seconds / base:>12.0f}"
        for figure in figures
    ]
    return "\n".join(rows)


def run() -> tuple[str, list[str]]:
    """The table, and the promises that are not kept. Each figure holds the making of its case, the bare call too."""
    (loading,) = measure([Way(LOAD, _load_all)])
    figures = measure(_questions())
    broken = [
        f"{figure.name} takes {figure.seconds:.7f} s, more than {MOST_SECONDS[figure.name]} s"
        for figure in (loading, *figures)
        if figure.seconds > MOST_SECONDS.get(figure.name, float("inf"))
    ]
    return f"{_table(figures)}\n\n{LOAD}: {loading.seconds:.3f} s of processor time", broken
