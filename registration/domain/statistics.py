"""A partner's numbers over a span of days: how many started, got a form, went on to the state's own site, or stopped.

Only sums of ``DailyCount``: there is no person in them, so that small numbers need not be hidden. A day is one in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db.models import Q, QuerySet, Sum

from registration.domain.counting import Kind
from registration.domain.validation.problem import Problem
from registration.models import Application, DailyCount, Partner

Dimension = Literal["day", "state", "channel", "language", "source", "medium", "campaign"]
#: By what the numbers are told apart, with the column that says it.
DIMENSIONS: dict[Dimension, str] = {
    "day": "day",
    "state": "jurisdiction",
    "channel": "channel",
    "language": "language",
    "source": "source",
    "medium": "medium",
    "campaign": "campaign",
}
LONGEST_SPAN = 366
#: The doors at which a person goes from step to step; a program of a partner's does not.
WALKED = (Application.Channel.WEB, Application.Channel.WIDGET, Application.Channel.KIOSK)
REVIEW = "review"
_FIGURES = {"started": Kind.STARTED, "forms_made": Kind.FORM_MADE, "handed_to_state": Kind.HANDED_TO_STATE}


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days, the first and the last among them."""

    first: date
    last: date

    def days(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


@dataclass(frozen=True, slots=True)
class Figures:
    started: int = 0
    forms_made: int = 0
    handed_to_state: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """``key``: a day as "2028-06-01", a state's code, a source, ...; "" where none was named."""

    key: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Stop:
    """How many came to a step, and how many of them went no further. The last one, "review", is the look at it all."""

    step: str
    reached: int
    stopped: int


def last_days(number: int, today: date) -> Span:
    """``number`` days up to ``today``."""
    return Span(today - timedelta(days=number - 1), today)


def problems(span: Span) -> tuple[Problem, ...]:
    if span.last < span.first:
        return (Problem("span_order", "to"),)
    if (span.last - span.first).days >= LONGEST_SPAN:
        return (Problem("span_too_long", "from", {"limit": LONGEST_SPAN}),)
    return ()


def nothing(span: Span) -> tuple[Row, ...]:
    """A span of days without a count."""
    return tuple(Row(day.isoformat(), Figures()) for day in span.days())


def total(partner: Partner, span: Span) -> Figures:
    return _figures(_counts(partner, span).aggregate(**_sums()))


def by(dimension: Dimension, partner: Partner, span: Span) -> tuple[Row, ...]:
    """One row for each value; of days each one, with its zeros, in order; of the others the largest first."""
    column = DIMENSIONS[dimension]
    found = {each.pop(column): _figures(each) for each in _counts(partner, span).values(column).annotate(**_sums())}
    if dimension == "day":
        return tuple(Row(day.isoformat(), found.get(day, Figures())) for day in span.days())
    rows = (Row(key, figures) for key, figures in found.items() if figures != Figures())
    return tuple(sorted(rows, key=_largest_first))


def _largest_first(row: Row) -> tuple[int, int, str]:
    figures = row.figures
    return (-(figures.forms_made + figures.handed_to_state), -figures.started, row.key)


def _counts(partner: Partner, span: Span) -> QuerySet[DailyCount]:
    return DailyCount.objects.filter(
        partner=partner, day__range=(span.first, span.last), kind__in=_FIGURES.values()
    ).order_by()


def _sums() -> dict[str, Sum]:
    return {name: Sum("count", filter=Q(kind=kind)) for name, kind in _FIGURES.items()}


def _figures(sums: Mapping[str, int | None]) -> Figures:
    return Figures(**{name: sums[name] or 0 for name in _FIGURES})


def in_full(partner: Partner, span: Span) -> Iterator[tuple[date, dict[str, str], Figures]]:
    """Every day, state, door, language and campaign with its figures, in order: for a table of one's own."""
    columns = list(DIMENSIONS.values())
    rows = _counts(partner, span).values(*columns).annotate(**_sums()).order_by(*columns)
    for each in rows.iterator(chunk_size=500):
        named = {str(name): each[column] for name, column in DIMENSIONS.items() if name != "day"}
        yield each["day"], named, _figures(each)


def by_step(partner: Partner, span: Span, steps_of: Callable[[str], tuple[str, ...]]) -> tuple[Stop, ...]:
    """Where people stopped, over all states. ``steps_of`` gives the steps of a state's form, in order.

    Who came to a step passed the one before it, or started, if it is the first; who stopped there did not pass it.
    Who fills in the form without scripts passes no step that we see: they count as stopped nowhere. A step that nobody
    passed, while later ones were passed, was not asked.
    """
    counts = DailyCount.objects.filter(partner=partner, day__range=(span.first, span.last), channel__in=WALKED)
    sums = counts.order_by().values_list("jurisdiction", "kind", "step").annotate(number=Sum("count"))
    seen: dict[str, dict[tuple[str, str], int]] = {}
    for place, kind, step, number in sums:
        seen.setdefault(place, {})[kind, step] = number
    reached: dict[str, int] = {}
    stopped: dict[str, int] = {}
    forms = {place: _asked(steps_of(place), found) for place, found in seen.items()}
    for place, found in seen.items():
        for stop in _stops(forms[place], found):
            reached[stop.step] = reached.get(stop.step, 0) + stop.reached
            stopped[stop.step] = stopped.get(stop.step, 0) + stop.stopped
    return tuple(Stop(step, reached[step], stopped[step]) for step in _in_order(forms, reached))


def _asked(steps: tuple[str, ...], found: Mapping[tuple[str, str], int]) -> tuple[str, ...]:
    """The steps that were passed, and those after the last of them, unless forms were made."""
    passed = [number for number, step in enumerate(steps) if found.get((Kind.STEP, step), 0)]
    is_whole = bool(passed) and found.get((Kind.FORM_MADE, ""), 0) > 0
    end = len(steps) if is_whole else max(passed, default=-1) + 1
    return tuple(step for number, step in enumerate(steps) if number in passed or number >= end)


def _stops(steps: tuple[str, ...], found: Mapping[tuple[str, str], int]) -> list[Stop]:
    """Those of one state."""
    if not steps:
        return []
    passed = [found.get((Kind.STEP, step), 0) for step in steps]
    reached = [found.get((Kind.STARTED, ""), 0), *passed]
    made = found.get((Kind.FORM_MADE, ""), 0)
    stopped = [came - went for came, went in zip(reached, [*passed, made], strict=True)]
    # More went on from a step than came to it: they were not seen at earlier ones, so they did not stop there either.
    for number in range(len(stopped) - 1, 0, -1):
        if stopped[number] < 0:
            stopped[number - 1] += stopped[number]
            stopped[number] = 0
    stopped[0] = max(stopped[0], 0)
    return [Stop(*each) for each in zip((*steps, REVIEW), reached, stopped, strict=True)]


def _in_order(steps: Mapping[str, tuple[str, ...]], present: Mapping[str, int]) -> list[str]:
    """Each step once: after all that come before it in any state's form."""
    ordered: list[str] = []
    for form in sorted(steps.values(), key=len, reverse=True):
        for number, step in enumerate(form):
            if step in ordered:
                continue
            before = [ordered.index(each) for each in form[:number]]
            ordered.insert(max(before) + 1 if before else 0, step)
    return [step for step in (*ordered, REVIEW) if step in present]
