"""Fonts as PDF objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from registration.pdf.objects import ObjectTable, reference, references, stream
from registration.pdf.typeface import Typeface, Weight, form_face

_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def to_unicode(texts: Mapping[int, str]) -> bytes:
    """A character map from codes to the texts they stand for, a hundred at a time as the format asks."""
    rows = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in sorted(texts.items())]
    groups = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "\n".join(f"{len(group)} beginbfchar\n" + "\n".join(group) + "\nendbfchar" for group in groups)
    return _CMAP.format(body=body).encode()


def _widths(widths: Mapping[int, float]) -> bytes:
    """The /W array: runs of neighbouring codes."""
    parts: list[str] = []
    previous = -2
    for code, width in sorted(widths.items()):
        parts.append(f" {width:g}" if code == previous + 1 else f"]{code}[{width:g}")
        previous = code
    return ("[" + "".join(parts)[1:] + "]]").encode()


def glyph_map(glyphs: Mapping[int, int]) -> bytes:
    """A CIDToGIDMap: two bytes for each code from 0 to the highest."""
    table = bytearray(2 * (max(glyphs) + 1))
    for code, glyph in glyphs.items():
        table[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    return bytes(table)


@dataclass(frozen=True, slots=True, eq=False)
class FontParts:
    """A composite font whose codes are two bytes, ready to be written: its three streams and its widths."""

    face: Typeface
    file: bytes
    glyph_map: bytes
    characters: bytes
    widths: bytes


def font_parts(
    face: Typeface, widths: Mapping[int, float], glyphs: Mapping[int, int], texts: Mapping[int, str]
) -> FontParts:
    """The parts of a font of which each code has a width, a glyph of ``face`` and a text that it stands for."""
    return FontParts(
        face=face,
        file=stream(face.data, b"/Length1 %d" % len(face.data)),
        glyph_map=stream(glyph_map(glyphs)),
        characters=stream(to_unicode(texts)),
        widths=_widths(widths),
    )


def add_font(table: ObjectTable, parts: FontParts) -> int:
    """Adds the font; gives the number of its dictionary."""
    face = parts.face
    name = face.name.encode()
    box = " ".join(f"{edge:g}" for edge in face.box).encode()
    file, glyphs, characters = map(table.add_stream_body, (parts.file, parts.glyph_map, parts.characters))
    descriptor = table.add(
        b"<</Type/FontDescriptor/FontName/%b/Flags 4/FontBBox[%b]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d"
        b"/StemV 80/FontFile2 %b>>" % (name, box, face.ascent, face.descent, face.cap_height, reference(file))
    )
    descendant = table.add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor %b/DW 500/W%b/CIDToGIDMap %b>>"
        % (name, reference(descriptor), parts.widths, reference(glyphs))
    )
    return table.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H/DescendantFonts%b/ToUnicode %b>>"
        % (name, references([descendant]), reference(characters))
    )


@cache
def form_font(weight: Weight) -> FontParts:
    """A form face; its codes are the characters' UTF-16 codes, so that encoding a text is one call."""
    face = form_face(weight)
    widths = {ord(character): width for character, width in face.widths.items()}
    return font_parts(face, widths, face.glyphs, {code: chr(code) for code in widths})
