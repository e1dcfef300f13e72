"""Which font, and which direction, each stretch of a text needs."""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import uharfbuzz as hb
from bidi import algorithm as bidi

from registration.pdf.typeface import FOLDER


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """A font for shaping. ``codes``: the characters it has; ``em``: its units to an em."""

    name: str
    face: hb.Face
    font: hb.Font
    codes: frozenset[int]
    em: int

    def advance(self, glyph: int) -> float:
        """The advance of a glyph in ems."""
        return float(self.font.get_glyph_h_advance(glyph)) / self.em


@cache
def _script(path: Path) -> Script:
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return Script(path.stem, face, hb.Font(face), frozenset(face.unicodes), face.upem)


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


def _known_to_bidi(character: str) -> str:
    """python-bidi stops at isolates, and at characters too new for Python's tables, which have no direction."""
    direction = unicodedata.bidirectional(character)
    if direction in ("LRI", "RLI", "FSI", "PDI"):
        return "\u200b"
    return character if direction else "?"


def _levels(text: str) -> list[int]:
    """The direction of each character: even to the right, odd to the left. Characters that the algorithm
    drops take their neighbour's."""
    text = "".join(map(_known_to_bidi, text))
    storage = bidi.get_empty_storage()
    storage["base_level"] = bidi.get_base_level(text)
    storage["base_dir"] = ("L", "R")[storage["base_level"]]
    bidi.get_embedding_levels(text, storage)
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    bidi.resolve_neutral_types(storage, False)
    bidi.resolve_implicit_levels(storage, False)
    kept = iter(storage["chars"])
    levels: list[int] = []
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


def runs_of(text: str) -> list[Run] | None:
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


def printing_order(runs: list[Run]) -> list[Run]:
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
