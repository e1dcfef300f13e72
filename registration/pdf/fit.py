"""Making a value fit its box: smaller, then narrower, then on more lines; else it goes to the addendum."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from registration.pdf.layout import Box

SMALLEST = 6.5
NARROWEST = 80
LEADING = 1.1
ROOM_FOR_A_LINE = 1.15
"""From baseline to baseline, and what a line needs so that nothing touches the box, in type sizes."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a value is set: ``size`` in points, ``stretch`` in per cent of the natural width, ``lines`` of text."""

    size: float
    stretch: int
    lines: tuple[str, ...]


def sizes(largest: float) -> list[float]:
    """The type sizes to try, from ``largest`` down."""
    steps = int((largest - SMALLEST) * 4)
    return [largest - step / 4 for step in range(steps)] + [SMALLEST]


Words = list[tuple[str, float]]


def measured_words(text: str, measure: Callable[[str], float]) -> Words:
    """The words between the spaces of ``text``, each with its width in ems."""
    return [(word, measure(word)) for word in text.split(" ")]


def break_lines(words: Words, room: float, space: float) -> list[str] | None:
    """The words in lines of at most ``room`` ems; None if a single word is longer. ``space``: the width of a
    space. The space at which a line ends stays at its end, so that the lines joined are the text."""
    lines: list[str] = []
    start, width = 0, -space
    for index, (_, more) in enumerate(words):
        if more > room:
            return None
        width += space + more
        if width > room:
            lines.append(" ".join(word for word, _ in words[start:index]) + " ")
            start, width = index, more
    return [*lines, " ".join(word for word, _ in words[start:])]


def break_anywhere(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """Lines of at most ``room`` ems; if a word is longer than a line, lines that end wherever they are full."""
    lines = break_lines(measured_words(text, measure), room, measure(" "))
    if lines is not None:
        return lines
    lines = []
    while text:
        fitting = bisect_right(range(1, len(text) + 1), room, key=lambda end: measure(text[:end]))
        lines.append(text[: max(fitting, 1)])
        text = text[max(fitting, 1) :]
    return lines


def fit(text: str, box: Box, measure: Callable[[str], float]) -> Fit | None:
    """The first of these that fits: one line at the box's own size down to 6.5 points; one line narrowed down to
    80 %; more lines. None if nothing does. A box of more than two lines is an area: its text is broken before it is
    made smaller. ``measure`` gives a text's width in ems."""
    if box.lines > 2:
        return _broken(text, box, measure)
    natural = measure(text)
    size = min(box.size, int(box.width / natural * 4) / 4 if natural else box.size)
    if size >= SMALLEST:
        return Fit(size, 100, (text,))
    stretch = int(box.width / (natural * SMALLEST) * 100)
    if stretch >= NARROWEST:
        return Fit(SMALLEST, stretch, (text,))
    return _broken(text, box, measure)


def _broken(text: str, box: Box, measure: Callable[[str], float]) -> Fit | None:
    """The largest setting of ``text`` on several lines, narrowed only if need be."""
    words, space = measured_words(text, measure), measure(" ")
    for stretch in (100, NARROWEST):
        for size in sizes(box.size):
            most = min(box.lines, int((box.bottom - box.top) / (size * ROOM_FOR_A_LINE)))
            lines = break_lines(words, box.width / size / (stretch / 100), space)
            if lines and len(lines) <= most:
                return Fit(size, stretch, tuple(lines))
    return None


def baselines(box: Box, found: Fit, cap_height: float = 0.66) -> list[float]:
    """The baseline of each line, so that the lines stand in the middle of the box; from the page's top."""
    lead = found.size * LEADING
    first = (box.top + box.bottom) / 2 - (len(found.lines) - 1) * lead / 2 + found.size * cap_height / 2
    return [first + index * lead for index in range(len(found.lines))]
