"""A page to draw on: reportlab's canvas, measured from the top left, that remembers what each mark means.

Everything drawn is either an artifact (lines, frames) or belongs to a structure element, so that the page can be
read aloud in order.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

from registration.pdf.typeface import Weight, form_face

WIDTH, HEIGHT = 612.0, 792.0
FONTS: dict[Weight, str] = {"regular": "EnfranchiseForm", "bold": "EnfranchiseForm-Bold"}
INK = (0.0, 0.0, 0.0)
RED = (0.78, 0.07, 0.11)


@dataclass(slots=True)
class Element:
    """A node of the structure tree. ``kids`` are elements, or (page, mark) pairs of marked content. ``spoken``
    is what is read aloud instead of the marked content, if that is not in the order of reading."""

    role: str
    spoken: str = ""
    kids: list[Element | tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Style:
    """How a line of text looks. ``size`` in points; ``stretch`` is the width against the natural one."""

    size: float
    weight: Weight = "regular"
    colour: tuple[float, float, float] = INK
    align: str = "left"
    slant: bool = False
    stretch: float = 1.0


class SheetFont:
    """Lets reportlab set text in a face of ours; codes are UTF-16 and the file is embedded by the template."""

    _multiByte = 1
    _dynamicFont = 0
    shapable = False

    def __init__(self, weight: Weight) -> None:
        self.fontName = FONTS[weight]
        self.typeface = form_face(weight)
        self.face = SimpleNamespace(builtIn=True)
        self.resource = f"/{weight[0].upper()}"
        self.substitutionFonts: list[str] = []

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: ARG002 (reportlab's)
        return self.typeface.width(text) * size

    def formatForPdf(self, text: str) -> str:
        escaped = text.encode("utf-16-be").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        return escaped.replace(b"\r", b"\\r").decode("latin-1")

    def addObjects(self, document: PDFDocument) -> None:
        document.fontMapping[self.fontName] = self.resource


def register_fonts() -> None:
    for weight in FONTS:
        if FONTS[weight] not in pdfmetrics._fonts:
            pdfmetrics.registerFont(SheetFont(weight))


class Sheet:
    """One page. ``number`` counts from 0 within the file."""

    def __init__(self, number: int, root: Element) -> None:
        register_fonts()
        self.number = number
        self.marks: list[Element] = []
        self._open = [root]
        self.canvas = Canvas(
            io.BytesIO(), pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=0, initialFontName=FONTS["regular"]
        )

    def take_content(self) -> bytes:
        """The page's content stream. Nothing more can be drawn: what reportlab holds is let go."""
        content = "\n".join(self.canvas._code).encode("latin-1") + b"\n"
        del self.canvas
        return content

    @contextmanager
    def element(self, role: str) -> Iterator[Element]:
        """Everything inside belongs to a new structure element below the one that is open."""
        node = Element(role)
        self._open[-1].kids.append(node)
        self._open.append(node)
        yield node
        self._open.pop()

    def slot(self) -> int:
        """Keeps a mark in the open element for content that is written later."""
        mark = len(self.marks)
        self.marks.append(self._open[-1])
        self._open[-1].kids.append((self.number, mark))
        return mark

    @contextmanager
    def _marked(self, role: str = "Span") -> Iterator[None]:
        self.canvas._code.append(f"/{role}<</MCID {self.slot()}>>BDC")
        yield
        self.canvas._code.append("EMC")

    @contextmanager
    def artifact(self) -> Iterator[Canvas]:
        """Lines and frames, which mean nothing when read aloud."""
        self.canvas._code.append("/Artifact BMC")
        yield self.canvas
        self.canvas._code.append("EMC")

    def text(self, words: str, x: float, baseline: float, style: Style, room: float = 0) -> float:
        """Sets ``words`` with their left end, middle or right end at ``x``; narrower if they exceed ``room``. Gives
        the place of their right end."""
        face = form_face(style.weight)
        natural = face.width(words.rstrip()) * style.size
        scale = min(style.stretch, room / natural) if room and natural else style.stretch
        left = x - {"left": 0, "centre": natural * scale / 2, "right": natural * scale}[style.align]
        with self._marked():
            pen = self.canvas.beginText()
            pen.setFont(FONTS[style.weight], style.size)
            pen.setFillColorRGB(*style.colour)
            pen.setHorizScale(round(100 * scale, 2))
            pen.setTextTransform(1, 0, 0.2 if style.slant else 0, 1, left, HEIGHT - baseline)
            pen.textOut(words)
            self.canvas.drawText(pen)
        return left + face.width(words) * style.size * scale

    def operators(self, text_operators: str, spoken: str) -> None:
        """Adds ready text operators, which show ``spoken``, to the open element."""
        with self.element("Span") as node, self._marked():
            node.spoken = spoken
            self.canvas._code.append(f"BT 0 g {text_operators}ET")

    def turned_text(self, words: str, x: float, y: float, style: Style) -> None:
        """Sets ``words`` upwards, centred on (x, y), x being their baseline."""
        natural = form_face(style.weight).width(words) * style.size
        with self._marked():
            pen = self.canvas.beginText()
            pen.setFont(FONTS[style.weight], style.size)
            pen.setFillColorRGB(*style.colour)
            pen.setTextTransform(0, 1, -1, 0, x, HEIGHT - y - natural / 2)
            pen.textOut(words)
            self.canvas.drawText(pen)

    def lines(self, segments: list[list[float]], width: float = 0.5) -> None:
        """Straight lines, each [x1, y1, x2, y2] from the top left."""
        with self.artifact() as pen:
            pen.setLineWidth(width)
            for x1, y1, x2, y2 in segments:
                pen.line(x1, HEIGHT - y1, x2, HEIGHT - y2)

    def frame(self, box: list[float], width: float = 0.75) -> None:
        """A rectangle [left, top, right, bottom]."""
        left, top, right, bottom = box
        with self.artifact() as pen:
            pen.setLineWidth(width)
            pen.rect(left, HEIGHT - bottom, right - left, bottom - top)
