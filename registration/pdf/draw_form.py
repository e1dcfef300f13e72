"""Draws the empty NVRA form and says where its values go."""

from __future__ import annotations

from dataclasses import dataclass

from registration.pdf.flow import wrap
from registration.pdf.layout import Box, Item, Layout
from registration.pdf.sheet import HEIGHT, RED, Element, Sheet, Style
from registration.pdf.typeface import form_face


@dataclass(frozen=True, slots=True)
class Slot:
    """A place kept on a page for a value (``field``) or a cross (``check``), written later under ``mark`` as the
    content of ``element``."""

    page: int
    mark: int
    element: Element
    box: Box
    label: str
    field: str = ""
    also: str = ""
    check: str = ""


def keep_slot(sheet: Sheet, box: Box, *, label: str, **purpose: str) -> Slot:
    """Keeps a slot in the element that is open on ``sheet``."""
    with sheet.element("Span") as element:
        return Slot(sheet.number, sheet.slot(), element, box, label, **purpose)


def _draw_runs(sheet: Sheet, item: Item) -> None:
    end = 0.0
    for run in item.runs:
        x = end if run.x is None else run.x
        if run.turned:
            sheet.turned_text(run.text, x, run.baseline, run.style)
        else:
            end = sheet.text(run.text, x, run.baseline, run.style, run.room)


def _draw_item(sheet: Sheet, item: Item) -> Slot | None:
    """Draws one item. A cross is read before its label ("X Yes"), a value after it."""
    if item.box is None:
        with sheet.element(item.role):
            _draw_runs(sheet, item)
        return None
    box = item.box
    with sheet.element(item.role):
        if item.check:
            sheet.frame([box.left, box.top, box.right, box.bottom], 1.0)
            slot = keep_slot(sheet, box, check=item.check, label=item.label)
            _draw_runs(sheet, item)
        else:
            _draw_runs(sheet, item)
            slot = keep_slot(sheet, box, field=item.field, also=item.also, label=item.label)
    return slot


def _draw_request(sheet: Sheet, layout: Layout, sentence: str) -> None:
    """Says above the first box, outside the card, that the form only asks for the state's own form."""
    box = layout.request_box
    face = form_face("bold")
    size, lines = 6.5, [sentence]
    for tenths in range(95, 64, -5):
        size = tenths / 10
        lines = wrap(sentence, size, box.width - 8, "bold")
        if len(lines) * size * 1.12 <= box.bottom - box.top - 1:
            break
    sheet.frame([box.left, box.top, box.right, box.bottom], 1.0)
    middle = (box.top + box.bottom) / 2
    first = middle - (len(lines) - 1) * size * 0.56 + size * face.cap_height / 2000
    with sheet.element("P"):
        for index, line in enumerate(lines):
            centre = (box.left + box.right) / 2
            sheet.text(line, centre, first + index * size * 1.12, Style(size, "bold", align="centre"), box.width - 8)


def _draw_sign_here(sheet: Sheet, layout: Layout) -> None:
    """Marks, in the margin outside the card, the box to sign and the line to date."""
    box = layout.sign_box
    with sheet.artifact() as pen:
        pen.setFillColorRGB(*RED)
        for y in (box.top + 12, box.bottom - 12):
            tip = pen.beginPath()
            tip.moveTo(box.left, HEIGHT - y)
            tip.lineTo(box.left + 8, HEIGHT - y + 5)
            tip.lineTo(box.left + 8, HEIGHT - y - 5)
            tip.close()
            pen.drawPath(tip, stroke=0, fill=1)
    words = layout.words["sign_here"]
    size = min(8.0, (box.bottom - box.top) / form_face("bold").width(words))
    with sheet.element("P"):
        sheet.turned_text(words, box.right, (box.top + box.bottom) / 2, Style(size, "bold", RED))


def draw_form(sheet: Sheet, layout: Layout, request_only: str) -> list[Slot]:
    """Draws the form on ``sheet``; gives the slots of its values in reading order. ``request_only``: the sentence
    above a form that only asks for the state's own; the instructions for those states want boxes 1 and 2 or 3 filled
    and no signature, so that none is asked for."""
    for width, segments in layout.lines:
        sheet.lines(segments, width)
    for width, boxes in layout.frames:
        for box in boxes:
            sheet.frame(box, width)
    slots: list[Slot] = []
    first_label = next(index for index, item in enumerate(layout.items) if item.check)
    with sheet.element("Sect"):
        for index, item in enumerate(layout.items):
            if request_only and index == first_label - 1:
                _draw_request(sheet, layout, request_only)
            slot = _draw_item(sheet, item)
            slots += [slot] if slot else []
        if not request_only:
            _draw_sign_here(sheet, layout)
    return slots
