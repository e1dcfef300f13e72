"""The addendum: the full values that did not fit into their boxes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from registration.pdf.fit import break_anywhere
from registration.pdf.flow import BOTTOM, LEFT, RIGHT, TOP, wrap
from registration.pdf.sheet import HEIGHT, Sheet, Style
from registration.pdf.typesetter import Setter

SIZE = 11.0
LEAD = 15.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A value and the label of its box. ``printed`` is the value with unprintable characters spelled out."""

    label: str
    text: str
    printed: str = ""


def spell_out(text: str, setter_for: Callable[[str], Setter]) -> str:
    """``text`` with each character that no font of ours has given as its number, as in [U+1F600]."""
    return "".join(one if setter_for(one).can_set(one) else f"[U+{ord(one):04X}]" for one in text)


class _Writer:
    def __init__(self, words: dict[str, Any], new_sheet: Callable[[], Sheet]) -> None:
        self.new_sheet, self.words = new_sheet, words
        self.turn()

    def turn(self) -> None:
        self.sheet, self.y = self.new_sheet(), TOP + 14.0
        with self.sheet.element("H1"):
            self.sheet.text(self.words["heading"], LEFT, self.y, Style(16, "bold"), RIGHT - LEFT)
        self.y += 20
        self.paragraph(self.words["intro"], Style(10))
        self.y += 12

    def paragraph(self, text: str, style: Style) -> None:
        with self.sheet.element("P"):
            for line in wrap(text, style.size, RIGHT - LEFT, style.weight):
                self.sheet.text(line, LEFT, self.y, style)
                self.y += style.size * 1.3

    def entry(self, entry: Entry, setter: Setter) -> None:
        lines = break_anywhere(entry.printed, (RIGHT - LEFT) / SIZE, setter.measure)
        if self.y + 30 + min(len(lines), 3) * LEAD > BOTTOM:
            self.turn()
        self.paragraph(entry.label, Style(9, "bold"))
        self.y += 3
        for line in lines:
            if self.y > BOTTOM:
                self.turn()
            with self.sheet.element("P"):
                self.sheet.operators(setter.show(line, LEFT, HEIGHT - self.y, SIZE), line)
            self.y += LEAD
        self.y += 6
        self.sheet.lines([[LEFT, self.y - 12, RIGHT, self.y - 12]], 0.5)
        self.y += 4


def draw_addendum(
    entries: list[Entry], words: dict[str, Any], new_sheet: Callable[[], Sheet], setter_for: Callable[[str], Setter]
) -> None:
    """Draws every entry, on as many pages as it takes."""
    writer = _Writer(words, new_sheet)
    for entry in entries:
        writer.entry(entry, setter_for(entry.printed))
    if any(entry.printed != entry.text for entry in entries):
        writer.paragraph(words["unprintable"], Style(10, "bold"))
