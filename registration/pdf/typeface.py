"""The two faces in which the forms are set, read once from ``fonts/``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from reportlab.pdfbase.ttfonts import TTFontFile

FOLDER = Path(__file__).parent / "fonts"
Weight = Literal["regular", "bold"]


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """A TrueType face. ``widths`` are advances by character and the metrics are in thousandths of an em;
    ``glyphs`` gives the glyph number of a character's code,
    ``characters`` what the face can print."""

    name: str
    data: bytes
    widths: dict[str, float]
    glyphs: dict[int, int]
    characters: frozenset[str]
    ascent: float
    descent: float
    cap_height: float
    box: tuple[float, float, float, float]

    def width(self, text: str) -> float:
        """The width of ``text`` in ems. ValueError: it holds a character that the face lacks."""
        try:
            return sum(map(self.widths.__getitem__, text)) / 1000
        except KeyError as missing:
            raise ValueError(f"{self.name} cannot print {missing.args[0]!r} in {text!r}") from None


@cache
def form_face(weight: Weight = "regular") -> Typeface:
    """The face of the form's labels and, in regular, of what the person wrote."""
    font = TTFontFile(str(FOLDER / f"form-{weight}.ttf"))
    left, bottom, right, top = font.bbox
    codes = [code for code in font.charToGlyph if code >= 0x20]
    return Typeface(
        name=f"EFNRCH+EnfranchiseForm-{weight.title()}",
        data=(FOLDER / f"form-{weight}.ttf").read_bytes(),
        widths={chr(code): float(font.charWidths[code]) for code in codes},
        glyphs={code: font.charToGlyph[code] for code in codes},
        characters=frozenset(map(chr, codes)),
        ascent=float(font.ascent),
        descent=float(font.descent),
        cap_height=float(font.capHeight),
        box=(float(left), float(bottom), float(right), float(top)),
    )
