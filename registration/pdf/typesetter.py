"""Turns values into the text operators of a content stream, in the form's own face."""

from __future__ import annotations

from typing import Protocol

from registration.pdf.fit import Fit, baselines
from registration.pdf.layout import Box
from registration.pdf.sheet import HEIGHT
from registration.pdf.typeface import form_face

CROSS_SIZE = 11.0


def number(value: float) -> str:
    """A number as short as the page's precision allows."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def hexadecimal(text: str) -> str:
    """A string for an operator; no character of it can end the string."""
    return f"<{text.encode('utf-16-be').hex()}>"


class Setter(Protocol):
    """What sets a text: measures it in ems and shows it with its left end at (x, y), y from the bottom."""

    def can_set(self, text: str) -> bool: ...
    def measure(self, text: str) -> float: ...
    def show(self, text: str, x: float, y: float, size: float, stretch: int = 100) -> str: ...


class PlainTypesetter:
    """Sets texts whose characters the form's face has."""

    def __init__(self) -> None:
        self.face = form_face()

    def can_set(self, text: str) -> bool:
        return self.face.characters.issuperset(text)

    def measure(self, text: str) -> float:
        """The width of ``text`` in ems."""
        return self.face.width(text)

    def show(self, text: str, x: float, y: float, size: float, stretch: int = 100) -> str:
        """The operators, inside BT and ET, that set ``text`` with its left end at (x, y), y from the bottom."""
        return f"/R {number(size)} Tf {stretch} Tz 1 0 0 1 {number(x)} {number(y)} Tm{hexadecimal(text)}Tj "


def show_fitted(setter: Setter, box: Box, found: Fit) -> str:
    """The operators that set a value, line by line, into its box."""
    return "".join(
        setter.show(line, box.left, HEIGHT - baseline, found.size, found.stretch)
        for line, baseline in zip(found.lines, baselines(box, found), strict=True)
    )


def marked(mark: int, operators: str) -> str:
    """Operators as the marked content ``mark`` of the page."""
    return f"/Span<</MCID {mark}>>BDC BT {operators}ET EMC\n"


def cross(box: Box, mark: int) -> str:
    """A cross in a check box."""
    face = form_face("bold")
    size = min(CROSS_SIZE, (box.bottom - box.top) * 1.15)
    x = (box.left + box.right) / 2 - face.width("X") * size / 2
    y = HEIGHT - (box.top + box.bottom) / 2 - size * face.cap_height / 2000
    return marked(mark, f"/B {number(size)} Tf 100 Tz 1 0 0 1 {number(x)} {number(y)} Tm{hexadecimal('X')}Tj ")
