"""The NVRA form as data: what ``layouts/*.toml`` says, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from registration.pdf.content import Language
from registration.pdf.sheet import INK, RED, Style

CONDENSED = 0.76
"""The width, against the natural one, of the words that the official Spanish form sets in a condensed face."""
BOX_NUMBER_SIZE = 12
FOLDER = Path(__file__).parent / "layouts"


@dataclass(frozen=True, slots=True)
class Box:
    """Where a value goes. Edges in points from the page's top left; ``size`` is the type size that fits most
    values; ``lines`` the most lines a long value may take."""

    left: float
    top: float
    right: float
    bottom: float
    size: float = 10.0
    lines: int = 2

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Run:
    """One line of printed words. ``x``: None if it goes on where the last run ended; ``room``: made narrower if
    longer than this; ``turned``: reads upwards."""

    text: str
    x: float | None
    baseline: float
    style: Style
    room: float
    turned: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A label with, perhaps, the value or the check mark that belongs to it. ``field`` and ``check`` name an
    attribute of NvraAnswers (a check ends in the answer that crosses it); ``also`` follows in the same box.
    ``label`` names the item where it is read away from its place."""

    role: str
    runs: tuple[Run, ...]
    field: str
    also: str
    check: str
    box: Box | None
    label: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One language's form page. ``words`` are the sentences that the form page itself may need."""

    items: tuple[Item, ...]
    lines: tuple[tuple[float, list[list[float]]], ...]
    frames: tuple[tuple[float, list[list[float]]], ...]
    words: dict[str, str]
    request_box: Box
    sign_box: Box


def _style(size: float, looks: str) -> Style:
    words = looks.split()
    align = next((word for word in words if word in ("centre", "right")), "left")
    return Style(
        size,
        weight="bold" if "bold" in words else "regular",
        colour=RED if "red" in words else INK,
        align=align,
        slant="slant" in words,
        stretch=CONDENSED if "condensed" in words else 1.0,
    )


def _runs(raw: list[dict[str, Any]]) -> Iterator[Run]:
    """The runs of an item. One that another follows elsewhere ends in a space, so that they read as two words."""
    for run, following in zip_longest(raw, raw[1:]):
        yield _run(run, " " if following and "x" in following else "")


def _run(raw: dict[str, Any], end: str) -> Run:
    looks = raw.get("f", "")
    return Run(raw["t"] + end, raw.get("x"), raw["y"], _style(raw["s"], looks), raw.get("w", 0), "turned" in looks)


def _box(edges: list[float], size: float = 10.0, lines: int = 2) -> Box:
    left, top, right, bottom = edges
    return Box(left, top, right, bottom, size, lines)


def _item(raw: dict[str, Any]) -> Item:
    box = _box(raw["box"], raw.get("size", 10.0), raw.get("lines", 2)) if "box" in raw else None
    return Item(
        role=raw.get("role", "P"),
        runs=tuple(_runs(raw.get("runs", []))),
        field=raw.get("field", ""),
        also=raw.get("also", ""),
        check=raw.get("check", ""),
        box=box,
        label=raw.get("label", " ".join(run["t"] for run in raw.get("runs", ()))),
    )


def _with_box_numbers(items: Iterable[Item]) -> Iterator[Item]:
    """The items, their labels led by the box they stand in: the last bold figure or letter read before them."""
    box = ""
    for item in items:
        first = item.runs[0] if item.runs else None
        if first and len(first.text) == 1 and first.style.weight == "bold" and first.style.size == BOX_NUMBER_SIZE:
            box = f"{first.text}. "
        yield replace(item, label=f"{box}{item.label}")


@lru_cache(maxsize=2)
def form_layout(language: Language) -> Layout:
    """The form page in ``language``. The Spanish one is bilingual, as the official form is."""
    raw = tomllib.loads((FOLDER / f"nvra_{language}.toml").read_text(encoding="utf-8"))
    return Layout(
        items=tuple(_with_box_numbers(map(_item, raw["items"]))),
        lines=tuple((group["width"], group["segments"]) for group in raw["lines"]),
        frames=tuple((group["width"], group["boxes"]) for group in raw["frames"]),
        words={key: value for key, value in raw.items() if isinstance(value, str)},
        request_box=_box(raw["request_box"]),
        sign_box=_box(raw["sign_box"]),
    )


@lru_cache(maxsize=2)
def page_words(language: Language) -> dict[str, Any]:
    """The sentences of the cover, mailing and addendum pages in ``language``."""
    return tomllib.loads((FOLDER / f"pages_{language}.toml").read_text(encoding="utf-8"))
