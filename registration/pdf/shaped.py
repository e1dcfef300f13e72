"""Sets what the form's own face cannot: other scripts, written right to left or joined, and combining marks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import uharfbuzz as hb

from registration.pdf.embed import add_font, font_parts
from registration.pdf.objects import ObjectTable, text_string
from registration.pdf.scripts import Run, Script, printing_order, runs_of
from registration.pdf.typeface import Typeface
from registration.pdf.typesetter import number

_LAYOUT_TABLES = [int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF")]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A shaped glyph; advance and offsets in ems. ``text``: the characters it stands for."""

    number: int
    text: str
    advance: float
    rise: float
    shift: float


def _shape(run: Run) -> list[Glyph]:
    """The run's glyphs from left to right. Text extractors take the glyphs of a line as they stand and turn
    right-to-left stretches round, so a ligature's characters are given from left to right as well."""
    buffer = hb.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    leftwards = bool(run.level % 2)
    buffer.direction = "rtl" if leftwards else "ltr"
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(run.script.font, buffer)
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
    em = run.script.em
    glyphs, told = [], set()
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        text = "" if info.cluster in told else run.text[info.cluster : ends[info.cluster]][:: -1 if leftwards else 1]
        told.add(info.cluster)
        glyphs.append(Glyph(info.codepoint, text, place.x_advance / em, place.y_offset / em, place.x_offset / em))
    return glyphs


@dataclass(slots=True)
class Used:
    """What one file uses of a font: codes by (glyph, text), in order of first use."""

    script: Script
    resource: str
    codes: dict[tuple[int, str], int] = field(default_factory=dict)

    def code(self, glyph: Glyph) -> int:
        return self.codes.setdefault((glyph.number, glyph.text), len(self.codes) + 1)


class ShapedTypesetter:
    """Sets the values of one file in whatever fonts they need, and embeds of these only what was used."""

    def __init__(self) -> None:
        self._used: dict[str, Used] = {}

    def can_set(self, text: str) -> bool:
        return runs_of(text) is not None

    def measure(self, text: str) -> float:
        """The width of ``text`` in ems."""
        return sum(glyph.advance for run in runs_of(text) or [] for glyph in _shape(run))

    def show(self, text: str, x: float, y: float, size: float, stretch: int = 100) -> str:
        """The operators, inside BT and ET, that set ``text`` with its left end at (x, y), y from the bottom. The
        text itself goes along, in the order of reading, for whoever copies or reads aloud."""
        runs = printing_order(runs_of(text) or [])
        both = any(run.level % 2 for run in runs)
        mark = "" if both else f"/Span<</ActualText{text_string(text).decode()}>>BDC "
        parts = [f"{mark}{stretch} Tz 1 0 0 1 {number(x)} {number(y)} Tm"]
        for run in runs:
            used = self._use(run.script)
            parts.append(f"/{used.resource} {number(size)} Tf")
            parts += self._operators(used, _shape(run), size)
        return " ".join(parts) + (" 0 Ts " if both else " 0 Ts EMC ")

    def _use(self, script: Script) -> Used:
        return self._used.setdefault(script.name, Used(script, f"S{len(self._used)}"))

    @staticmethod
    def _operators(used: Used, glyphs: list[Glyph], size: float) -> Iterator[str]:
        """Glyphs of one height share a TJ; its numbers, in thousandths of an em to the left, place them."""
        for rise, group in itertools.groupby(glyphs, key=lambda glyph: glyph.rise):
            row: list[str] = []
            for glyph in group:
                natural = used.script.advance(glyph.number)
                code = f"<{used.code(glyph):04x}>"
                before, after = -glyph.shift, natural + glyph.shift - glyph.advance
                row += [*_kern(before), code, *_kern(after)]
            yield f"{number(rise * size)} Ts[{''.join(row)}]TJ"

    def add_fonts(self, table: ObjectTable) -> dict[str, int]:
        """Embeds the used part of each font; gives the fonts' objects by resource name."""
        return {used.resource: _embed(table, used) for used in self._used.values()}


def _kern(ems: float) -> list[str]:
    return [f" {number(ems * 1000)} "] if abs(ems) > 0.0005 else []


def _embed(table: ObjectTable, used: Used) -> int:
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update({glyph for glyph, _ in used.codes})
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(_LAYOUT_TABLES)
    plan = hb.SubsetPlan(used.script.face, wanted)
    numbers = dict(plan.old_to_new_glyph_mapping)
    data = plan.execute().blob.data
    extents = used.script.font.get_font_extents("ltr")
    em = used.script.em / 1000
    face = Typeface(
        name=f"EFNRCH+{used.script.name.partition('-')[2] or 'EnfranchiseForm'}-Regular",
        data=data,
        widths={},
        glyphs={},
        characters=frozenset(),
        ascent=extents.ascender / em,
        descent=extents.descender / em,
        cap_height=700,
        box=(-1000, -1000, 3000, 1500),
    )
    codes = used.codes.items()
    parts = font_parts(
        face,
        widths={code: round(used.script.advance(glyph) * 1000, 2) for (glyph, _), code in codes},
        glyphs={code: numbers[glyph] for (glyph, _), code in codes},
        texts={code: text or "\u200b" for (_, text), code in codes},
    )
    return add_font(table, parts)
