"""The return address where a line of it is too long for its place: all of it smaller, on as many lines as it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from math import ceil

from registration.pdf.fit import NARROWEST, ROOM_FOR_A_LINE, break_anywhere, sizes
from registration.pdf.layout import Box
from registration.pdf.sheet import HEIGHT
from registration.pdf.typesetter import Setter

AREA = Box(54, 51, 480, 147, 11)
"""Left of the stamp, and above what an envelope's window may show."""


def _settings(naturals: list[float]) -> Iterator[tuple[float, int, int]]:
    """The sizes and stretches to try, largest first, each with the most lines it leaves room for; without those
    at which lines of these natural widths (in ems) cannot stand."""
    for stretch, size in product((100, NARROWEST), sizes(AREA.size)):
        most = int((AREA.bottom - AREA.top) / (size * ROOM_FOR_A_LINE))
        if sum(ceil(width * size * stretch / 100 / AREA.width) for width in naturals) <= most:
            yield size, stretch, most


def set_sender(texts: list[str], setter_for: Callable[[str], Setter]) -> list[str] | None:
    """The text operators of each of ``texts``, one below the other; None if no setting holds them all.
    ``setter_for`` gives what can set a text."""
    setters = [setter_for(text) for text in texts]
    naturals = [setter.measure(text) for text, setter in zip(texts, setters, strict=True)]
    for size, stretch, most in _settings(naturals):
        room = AREA.width / size / (stretch / 100)
        broken = [
            break_anywhere(text, room, setter.measure) if text else []
            for text, setter in zip(texts, setters, strict=True)
        ]
        if sum(map(len, broken)) <= most:
            return list(_shown(broken, setters, size, stretch))
    return None


def _shown(broken: list[list[str]], setters: list[Setter], size: float, stretch: int) -> Iterator[str]:
    y = AREA.top
    for lines, setter in zip(broken, setters, strict=True):
        operators = ""
        for line in lines:
            y += size * ROOM_FOR_A_LINE
            operators += setter.show(line, AREA.left, HEIGHT - y + size * 0.25, size, stretch)
        yield operators
