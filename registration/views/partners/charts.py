"""Where the lines, bars and words of a chart stand. The templates draw them; the same numbers stand in a table beside.

Lengths are in the units of the drawing, which is as wide as a phone; a wider place shows it larger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

WIDTH = 360
DAYS_HEIGHT = 190
LEFT, RIGHT, TOP, BOTTOM = 42, 12, 10, 26
#: At most this many lines of a scale beside its zero, and words under the days.
LINES, WORDS = 4, 4
ROW_HEIGHT, BAR_HEIGHT, FIRST_BAR = 40, 14, 20
ROWS = 8


@dataclass(frozen=True, slots=True)
class Tick:
    """``at``: where on the axis; ``anchor``: which end of the words stands there."""

    at: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    said: str


@dataclass(frozen=True, slots=True)
class DayChart:
    """A bar for each day. ``key`` makes the ids of a page's charts different."""

    key: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    lines: tuple[Tick, ...]
    words: tuple[Tick, ...]
    width: int = WIDTH
    height: int = DAYS_HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = DAYS_HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Part:
    """A row of a bar chart: ``label``, and two numbers that add up to the bar."""

    label: str
    solid: int
    light: int

    @property
    def whole(self) -> int:
        return self.solid + self.light


@dataclass(frozen=True, slots=True)
class Line:
    y: float
    bar_y: float
    label: str
    whole: str
    solid: Bar
    light: Bar


@dataclass(frozen=True, slots=True)
class BarChart:
    """A lying bar of two parts for each row."""

    key: str
    title: str
    description: str
    names: tuple[str, str]
    rows: tuple[Line, ...]
    lines: tuple[Tick, ...]
    height: int
    floor: int
    width: int = WIDTH
    bar_height: int = BAR_HEIGHT


def scale(highest: int) -> tuple[int, ...]:
    """Round numbers from 0 to the first that is not below ``highest``: (0, 5, 10, 15)."""
    step, power = 1, 1
    while step * LINES < highest:
        step, power = {1: (2, power), 2: (5, power), 5: (1, power * 10)}[step // power]
        step *= power
    last = max(1, -(-highest // step))
    return tuple(step * number for number in range(last + 1))


def short_day(value: date) -> str:
    return date_format(value, pgettext("a day under a chart: letters of Django's date format", "M j"))


def number(value: int) -> str:
    """With a comma between thousands, as in the United States in both languages."""
    return f"{value:,}"


def day_chart(key: str, title: str, days: Sequence[tuple[date, int]]) -> DayChart:
    marks = scale(max((count for _day, count in days), default=0))
    floor, room = DAYS_HEIGHT - BOTTOM, DAYS_HEIGHT - BOTTOM - TOP
    slot = (WIDTH - LEFT - RIGHT) / max(len(days), 1)
    bars = []
    for place, (day, count) in enumerate(days):
        height = room * count / marks[-1]
        x = LEFT + slot * place + slot * 0.15
        bars.append(Bar(_r(x), _r(floor - height), _r(slot * 0.7), _r(height), f"{short_day(day)}: {number(count)}"))
    best = max(days, key=lambda each: each[1])
    whole = sum(count for _day, count in days)
    values = {"first": short_day(days[0][0]), "last": short_day(days[-1][0]), "sum": number(whole)}
    text = _("%(sum)s in all from %(first)s to %(last)s.") % values
    if whole:
        text += " " + _("Most on %(day)s: %(count)s.") % {"day": short_day(best[0]), "count": number(best[1])}
    return DayChart(
        key=key,
        title=title,
        description=text,
        bars=tuple(bars),
        lines=tuple(Tick(_r(floor - room * mark / marks[-1]), number(mark), "end") for mark in marks),
        words=_day_words([day for day, _count in days], slot),
    )


def _day_words(days: Sequence[date], slot: float) -> tuple[Tick, ...]:
    """A few days by name, the first and the last among them."""
    shown = min(WORDS, len(days))
    places = [round(each * (len(days) - 1) / max(shown - 1, 1)) for each in range(shown)]
    ticks = []
    for place in places:
        anchor = "start" if place == 0 and len(days) > WORDS else "middle"
        at = LEFT + slot * (place + 0.5)
        if place == len(days) - 1 and len(days) > WORDS:
            anchor, at = "end", LEFT + slot * len(days)
        if anchor == "start":
            at = LEFT
        ticks.append(Tick(_r(at), short_day(days[place]), anchor))
    return tuple(ticks)


def bar_chart(key: str, title: str, names: tuple[str, str], parts: Sequence[Part]) -> BarChart:
    """``names``: of the two numbers of each row."""
    marks = scale(max((part.whole for part in parts), default=0))
    room = WIDTH - 2 * RIGHT
    rows = []
    for place, part in enumerate(parts):
        y = ROW_HEIGHT * place
        solid = Bar(
            RIGHT, y + FIRST_BAR, _r(room * part.solid / marks[-1]), BAR_HEIGHT, _said(part, names[0], part.solid)
        )
        light = Bar(
            _r(RIGHT + solid.width),
            y + FIRST_BAR,
            _r(room * part.light / marks[-1]),
            BAR_HEIGHT,
            _said(part, names[1], part.light),
        )
        rows.append(Line(y + FIRST_BAR - 6, y + FIRST_BAR, part.label, number(part.whole), solid, light))
    floor = ROW_HEIGHT * len(parts) + 4
    return BarChart(
        key=key,
        title=title,
        description="; ".join(f"{part.label}: {number(part.whole)}" for part in parts) + ".",
        names=names,
        rows=tuple(rows),
        lines=tuple(_mark(mark, marks[-1], room) for mark in marks),
        height=floor + 22,
        floor=floor,
    )


def _mark(mark: int, last: int, room: int) -> Tick:
    anchor = "start" if mark == 0 else "end" if mark == last else "middle"
    return Tick(_r(RIGHT + room * mark / last), number(mark), anchor)


def _said(part: Part, name: str, count: int) -> str:
    return f"{part.label}, {name}: {number(count)}"


def few(parts: Sequence[Part]) -> list[Part]:
    """The first of them, and all that come after these as one, "Others"."""
    if len(parts) <= ROWS:
        return list(parts)
    kept, rest = list(parts[: ROWS - 1]), parts[ROWS - 1 :]
    return [*kept, Part(_("Others"), sum(part.solid for part in rest), sum(part.light for part in rest))]


def _r(value: float) -> float:
    """Short, and the same text on every machine."""
    return round(value, 1)
