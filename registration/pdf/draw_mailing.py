"""Draws the mailing page: an envelope's face on the upper third of the sheet, and how to fold and mail it.

Places: a #10 window envelope (9 1/2 by 4 1/8 inches, window 4 1/2 by 1 1/8 inches, 7/8 inch from the left and 1/2 inch
from the bottom edge) shows, wherever a sheet folded in three has slid inside it, at least the area from 63 to 315
points across and 180 to 228 points down the sheet.
"""

from __future__ import annotations

from typing import Any

from registration.pdf.content import CoverSheet
from registration.pdf.draw_form import Slot, keep_slot
from registration.pdf.flow import wrap
from registration.pdf.layout import Box
from registration.pdf.sheet import WIDTH, Sheet, Style

FOLDS = (264.0, 528.0)
WINDOW = Box(72, 178, 315, 230)
RETURN = Box(54, 54, 310, 110)
RETURN_LINES = 3


def _draw_return(sheet: Sheet, label: str) -> list[Slot]:
    slots = []
    with sheet.element("P"):
        sheet.text(label, RETURN.left, RETURN.top - 8, Style(8))
        for index in range(RETURN_LINES):
            top = RETURN.top + index * 16
            box = Box(RETURN.left, top - 3, RETURN.right, top + 14, 11, 2)
            slots.append(keep_slot(sheet, box, field=f"return.{index}", label=label))
    return slots


def _draw_to(sheet: Sheet, cover: CoverSheet, label: str) -> None:
    with sheet.element("P"):
        sheet.text(label, WINDOW.left, WINDOW.top - 6, Style(8))
        lead = min(13.0, 52 / max(len(cover.mail_to), 4))
        size = min(12.0, lead)
        for index, line in enumerate(cover.mail_to):
            sheet.text(line, WINDOW.left, WINDOW.top + (index + 0.75) * lead, Style(size, "bold"), WINDOW.width)
    if not cover.mail_to:
        _draw_hint(sheet, cover.mail_to_hint)


def _draw_hint(sheet: Sheet, hint: str) -> None:
    """How to find the address, above three lines on which to write it."""
    lines = wrap(hint, 9.5, 400)
    with sheet.element("P"):
        for index, line in enumerate(lines):
            sheet.text(line, WINDOW.left, WINDOW.top - 22 - (len(lines) - 1 - index) * 12, Style(9.5))
    sheet.lines([[WINDOW.left, y, WINDOW.right, y] for y in (194, 211, 228)], 0.5)


def _draw_stamp(sheet: Sheet, words: list[str]) -> None:
    sheet.frame([492, 40, 564, 112], 1.0)
    with sheet.element("P"):
        for index, line in enumerate(words):
            sheet.text(line, 528, 70 + index * 11, Style(8, align="centre"), 66)


def _draw_folds(sheet: Sheet, word: str) -> None:
    for y in FOLDS:
        sheet.lines([[0, y, 40, y], [WIDTH - 40, y, WIDTH, y]], 0.5)
        with sheet.element("P"):
            sheet.text(word, 44, y + 2.5, Style(7.5))


def _draw_steps(sheet: Sheet, heading: str, steps: list[str]) -> None:
    with sheet.element("H2"):
        sheet.text(heading, 54, 310, Style(15, "bold"))
    y = 334.0
    with sheet.element("L"):
        for number, step in enumerate(steps, 1):
            with sheet.element("LI"):
                with sheet.element("Lbl"):
                    sheet.text(f"{number}.", 54, y, Style(11, "bold"))
                with sheet.element("LBody"):
                    for line in wrap(step, 11, 450):
                        sheet.text(line, 74, y, Style(11))
                        y += 14
            y += 6


def draw_mailing(sheet: Sheet, cover: CoverSheet, words: dict[str, Any]) -> list[Slot]:
    """Draws the page; gives the slots of the three lines of the return address."""
    with sheet.element("Sect"):
        slots = _draw_return(sheet, words["from"])
        _draw_stamp(sheet, words["stamp"])
        _draw_to(sheet, cover, words["to" if cover.mail_to else "to_write"])
        _draw_folds(sheet, words["fold"])
        _draw_steps(sheet, words["how"], [words["request" if cover.request_only else "signed"], *words["steps"]])
    return slots
