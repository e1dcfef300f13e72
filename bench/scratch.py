"""The same three pages the usual way: reportlab draws everything anew for each person, with two embedded fonts."""

from __future__ import annotations

import io
from operator import attrgetter

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from registration.pdf.content import CoverSheet, NvraAnswers
from registration.pdf.draw_cover import cover_blocks
from registration.pdf.flow import LEFT, TOP
from registration.pdf.layout import Item, Layout, form_layout, page_words
from registration.pdf.sheet import HEIGHT, WIDTH, Style
from registration.pdf.template import return_address
from registration.pdf.typeface import FOLDER

FONTS = {"regular": "Scratch", "bold": "Scratch-Bold"}


def register() -> None:
    """Reads the two fonts; outside of what is measured."""
    for weight, name in FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / f"form-{weight}.ttf")))


def _words(canvas: Canvas, text: str, place: tuple[float, float], style: Style, room: float = 0) -> float:
    x, y = place
    width = float(pdfmetrics.stringWidth(text, FONTS[style.weight], style.size))
    scale = min(style.stretch, room / width) if room else style.stretch
    left = x - {"left": 0, "centre": width * scale / 2, "right": width * scale}[style.align]
    pen = canvas.beginText(left, HEIGHT - y)
    pen.setFont(FONTS[style.weight], style.size)
    pen.setHorizScale(100 * scale)
    pen.setFillColorRGB(*style.colour)
    pen.textOut(text)
    canvas.drawText(pen)
    return left + width * scale


def _cover(canvas: Canvas, cover: CoverSheet) -> None:
    y = TOP
    for block in cover_blocks(cover, page_words("en")["cover"]):
        y += block.before
        if block.label:
            _words(canvas, block.label, (LEFT, y + block.style.size), block.style)
        for line in block.lines(1.0):
            _words(canvas, line, (LEFT + block.indent, y + block.style.size), block.style)
            y += block.lead(1.0)
    canvas.showPage()


def _value(answers: NvraAnswers, item: Item) -> str:
    if item.check:
        attribute, _, answer = item.check.rpartition(".")
        return "X" if attrgetter(attribute)(answers) == answer else ""
    if item.field.startswith("birth_date"):
        return answers.birth_date[("month", "day", "year").index(item.field.rpartition(".")[2])]
    return attrgetter(item.field)(answers) if item.field else ""


def _form(canvas: Canvas, layout: Layout, answers: NvraAnswers) -> None:
    for width, segments in layout.lines:
        canvas.setLineWidth(width)
        for x1, y1, x2, y2 in segments:
            canvas.line(x1, HEIGHT - y1, x2, HEIGHT - y2)
    for width, boxes in layout.frames:
        canvas.setLineWidth(width)
        for left, top, right, bottom in boxes:
            canvas.rect(left, HEIGHT - bottom, right - left, bottom - top)
    for item in layout.items:
        end = 0.0
        for run in item.runs:
            x = end if run.x is None else run.x
            end = _words(canvas, run.text, (x, run.baseline), run.style, run.room)
        text = _value(answers, item)
        if item.check and item.box:
            canvas.rect(item.box.left, HEIGHT - item.box.bottom, item.box.width, item.box.bottom - item.box.top)
        if text and item.box:
            _words(canvas, text, (item.box.left, item.box.bottom - 4), Style(item.box.size), item.box.width)
    canvas.showPage()


def _mailing(canvas: Canvas, cover: CoverSheet, answers: NvraAnswers) -> None:
    for index, line in enumerate(return_address(answers)):
        _words(canvas, line, (54, 60 + index * 14), Style(11))
    for index, line in enumerate(cover.mail_to):
        _words(canvas, line, (72, 187 + index * 13), Style(12, "bold"))
    words = page_words("en")["mailing"]
    for index, line in enumerate((*words["stamp"], words["how"], words["signed"], *words["steps"])):
        _words(canvas, line, (54, 320 + index * 14), Style(11), WIDTH - 108)
    canvas.showPage()


def draw(answers: NvraAnswers, cover: CoverSheet) -> bytes:
    """The finished PDF."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    _cover(canvas, cover)
    _form(canvas, form_layout("en"), answers)
    _mailing(canvas, cover, answers)
    canvas.save()
    return file.getvalue()
