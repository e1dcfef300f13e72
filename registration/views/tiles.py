"""A small picture of the country: a tile for each jurisdiction with the days left to register."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from registration.views.comparing import BANDS, NOTHING, Row, band

FILE = Path(__file__).parent / "data" / "tiles.toml"
#: Length of a tile's side and the step to the next, in the picture's own units.
SIDE, STEP = 42, 44


@dataclass(frozen=True, slots=True)
class Tile:
    """``x``, ``y``: its top left corner; ``text``: the number in it; ``band``: how near the last day is."""

    code: str
    name: str
    x: int
    y: int
    text: str
    left: int | None
    band: str


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[int, int]]:
    """Code -> (column, row)."""
    return {code: (column, row) for code, (column, row) in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}


def size() -> tuple[int, int]:
    """Width and height of the picture in its own units."""
    columns, rows = zip(*places().values(), strict=True)
    return max(columns) * STEP + SIDE, max(rows) * STEP + SIDE


def tiles(rows: Iterable[Row]) -> list[Tile]:
    """A tile for each row; "–" stands in one that has no days to count."""
    found = []
    for row in rows:
        column, line = places()[row.code]
        text = "–" if row.left is None else str(row.left)
        found.append(Tile(row.code, row.name, column * STEP, line * STEP, text, row.left, band(row.left)))
    return found


def by_band(found: list[Tile]) -> list[tuple[str, list[Tile]]]:
    """The tiles of each band that has any, the nearest last day first."""
    names = [*BANDS, NOTHING]
    listed = [(name, sorted((t for t in found if t.band == name), key=lambda t: t.left or 0)) for name in names]
    return [(name, held) for name, held in listed if held]
