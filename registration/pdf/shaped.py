"""Sets what the form's own face cannot: other scripts, written right to left or joined, and combining marks."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb
from bidi import algorithm as bidi

from registration.pdf.embed import add_font, to_unicode
from registration.pdf.objects import ObjectTable, text_string
from registration.pdf.typeface import FOLDER, Typeface
from registration.pdf.typesetter import number

_LAYOUT_TABLES = ("GSUB", "GPOS", "GDEF")


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """A font for shaping. ``codes``: the characters it has."""

    name: str
    face: hb.Face
    font: hb.Font
    codes: frozenset[int]


@lru_cache(maxsize=None)
def _script(path: Path) -> Script:
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return Script(path.stem, face, hb.Font(face), frozenset(face.unicodes))


@lru_cache(maxsize=1)
def _paths() -> tuple[Path, ...]:
    return (FOLDER / "form-regular.ttf", *sorted((FOLDER / "scripts").glob("*.ttf")))


def _ignorable(character: str) -> bool:
    """Joiners, direction marks and variation selectors: they steer others and have no shape of their own."""
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


def _clusters(text: str) -> list[str]:
    """``text`` in pieces that must share a font: a character with the marks and joiners that follow it."""
    pieces: list[str] = []
    for character in text:
        joined = pieces and (unicodedata.category(character).startswith("M") or _ignorable(character))
        if joined or (pieces and pieces[-1][-1] == "\u200d"):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _script_for(cluster: str) -> Script | None:
    """The first font that has the whole cluster. The form's own face has no places for marks, so it is only
    asked for single characters."""
    needed = {ord(character) for character in cluster if not _ignorable(character)}
    if not needed:
        return None
    candidates = _paths() if len(cluster) == 1 else _paths()[1:]
    return next((script for script in map(_script, candidates) if needed <= script.codes), None)


def _levels(text: str) -> list[int]:
    """The direction of each character: even to the right, odd to the left. Characters that the algorithm
    drops take their neighbour's."""
    storage = bidi.get_empty_storage()
    storage["base_level"] = bidi.get_base_level(text)
    storage["base_dir"] = ("L", "R")[storage["base_level"]]
    bidi.get_embedding_levels(text, storage)
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    bidi.resolve_neutral_types(storage, False)
    bidi.resolve_implicit_levels(storage, False)
    kept = iter(storage["chars"])
    levels = []
    for character in text:
        if unicodedata.bidirectional(character) in bidi.X9_REMOVED:
            levels.append(levels[-1] if levels else storage["base_level"])
        else:
            levels.append(next(kept)["level"])
    return levels


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters of one font and direction."""

    script: Script
    text: str
    level: int


def _runs(text: str) -> list[Run] | None:
    """``text`` in runs, in the order of reading; None if a character is in no font."""
    levels = _levels(text)
    runs: list[Run] = []
    place = 0
    for cluster in _clusters(text):
        level = levels[place]
        place += len(cluster)
        script = _script_for(cluster)
        if script is None and all(map(_ignorable, cluster)):
            continue
        if script is None:
            return None
        last = runs[-1] if runs else None
        if last and last.level == level and (last.script is script or (cluster == " " and 0x20 in last.script.codes)):
            runs[-1] = Run(last.script, last.text + cluster, level)
        else:
            runs.append(Run(script, cluster, level))
    return runs


def _visual(runs: list[Run]) -> list[Run]:
    """Runs in the order of printing (rule L2 of Unicode's bidirectional algorithm)."""
    order = list(runs)
    for level in range(max((run.level for run in order), default=0), 0, -1):
        start = 0
        for inside, group in itertools.groupby(list(order), key=lambda run: run.level >= level):
            size = len(list(group))
            if inside:
                order[start : start + size] = order[start : start + size][::-1]
            start += size
    return order


@dataclass(frozen=True, slots=True)
class Glyph:
    """A shaped glyph; advance and offsets in ems. ``text``: the characters it stands for."""

    number: int
    text: str
    advance: float
    rise: float
    shift: float


@lru_cache(maxsize=8)
def _upem(script: Script) -> int:
    return script.face.upem


def _shape(run: Run) -> list[Glyph]:
    """The run's glyphs from left to right."""
    buffer = hb.Buffer()
    buffer.add_str(run.text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if run.level % 2 else "ltr"
    hb.shape(run.script.font, buffer)
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
    em = _upem(run.script)
    glyphs, told = [], set()
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        text = "" if info.cluster in told else run.text[info.cluster : ends[info.cluster]]
        told.add(info.cluster)
        glyphs.append(
            Glyph(info.codepoint, text, place.x_advance / em, place.y_offset / em, place.x_offset / em)
        )
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
        return _runs(text) is not None

    def measure(self, text: str) -> float:
        """The width of ``text`` in ems."""
        return sum(glyph.advance for run in _runs(text) or [] for glyph in _shape(run))

    def show(self, text: str, x: float, y: float, size: float, stretch: int = 100) -> str:
        """The operators, inside BT and ET, that set ``text`` with its left end at (x, y), y from the bottom. The
        text itself goes along, in the order of reading, for whoever copies or reads aloud."""
        parts = [f"/Span<</ActualText{text_string(text).decode()}>>BDC {stretch} Tz 1 0 0 1 {number(x)} {number(y)} Tm"]
        for run in _visual(_runs(text) or []):
            used = self._use(run.script)
            parts.append(f"/{used.resource} {number(size)} Tf")
            parts += self._operators(used, _shape(run), size)
        return " ".join(parts) + " 0 Ts EMC "

    def _use(self, script: Script) -> Used:
        return self._used.setdefault(script.name, Used(script, f"S{len(self._used)}"))

    @staticmethod
    def _operators(used: Used, glyphs: list[Glyph], size: float) -> Iterator[str]:
        """Glyphs of one height share a TJ; its numbers, in thousandths of an em to the left, place them."""
        for rise, group in itertools.groupby(glyphs, key=lambda glyph: glyph.rise):
            row: list[str] = []
            for glyph in group:
                natural = _advance(used.script, glyph.number)
                code = f"<{used.code(glyph):04x}>"
                before, after = -glyph.shift, natural + glyph.shift - glyph.advance
                row += [*_kern(before), code, *_kern(after)]
            yield f"{number(rise * size)} Ts[{''.join(row)}]TJ"

    def add_fonts(self, table: ObjectTable) -> dict[str, int]:
        """Embeds the used part of each font; gives the fonts' objects by resource name."""
        return {used.resource: _embed(table, used) for used in self._used.values()}


def _kern(ems: float) -> list[str]:
    return [f" {number(ems * 1000)} "] if abs(ems) > 0.0005 else []


def _advance(script: Script, glyph: int) -> float:
    return script.font.get_glyph_h_advance(glyph) / _upem(script)


def _embed(table: ObjectTable, used: Used) -> int:
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update({glyph for glyph, _ in used.codes})
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(int.from_bytes(tag.encode(), "big") for tag in _LAYOUT_TABLES)
    plan = hb.SubsetPlan(used.script.face, wanted)
    numbers = dict(plan.old_to_new_glyph_mapping)
    data = plan.execute().blob.data
    extents = used.script.font.get_font_extents("ltr")
    em = _upem(used.script) / 1000
    face = Typeface(
        name=f"EFNRCH+{used.script.name.partition('-')[2] or 'EnfranchiseForm'}-Regular",
        data=data, widths={}, glyphs={}, characters=frozenset(), ascent=extents.ascender / em, descent=extents.descender / em,
        cap_height=700, box=(-1000, -1000, 3000, 1500),
    )
    codes = used.codes.items()
    return add_font(
        table, face,
        {code: round(_advance(used.script, glyph) * 1000, 2) for (glyph, _), code in codes},
        {code: numbers[glyph] for (glyph, _), code in codes},
        to_unicode({code: text or "\u200b" for (_, text), code in codes}),
    )
