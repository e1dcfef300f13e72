"""Setting paragraphs one below the other, on as many pages as they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from reportlab.lib.utils import simpleSplit

from registration.pdf.sheet import FONTS, Sheet, Style, register_fonts
from registration.pdf.typeface import Weight

LEFT, RIGHT, TOP, BOTTOM = 54.0, 558.0, 48.0, 750.0
PADDING = 7.0


def wrap(text: str, size: float, width: float, weight: Weight = "regular") -> list[str]:
    """``text`` in lines of at most ``width`` points. Each but the last keeps its space, for whoever has it read."""
    register_fonts()
    lines = list(simpleSplit(text, FONTS[weight], size, width))
    return [*(f"{line} " for line in lines[:-1]), *lines[-1:]]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. ``before``: space above; ``frame``: width of the rule around it, 0 for none; ``label``: what
    stands in the indent, as the number of a step; sizes in points."""

    text: str
    style: Style
    role: str = "P"
    before: float = 6.0
    frame: float = 0.0
    label: str = ""
    indent: float = 0.0

    def lines(self, scale: float) -> list[str]:
        pad = 2 * PADDING if self.frame else 0
        return wrap(self.text, self.style.size * scale, RIGHT - LEFT - self.indent - pad, self.style.weight)

    def lead(self, scale: float) -> float:
        return self.style.size * scale * 1.28

    def height(self, scale: float) -> float:
        return self.before * scale + len(self.lines(scale)) * self.lead(scale) + (2 * PADDING if self.frame else 0)


def best_scale(blocks: list[Block]) -> float:
    """The largest scale at which the blocks fill one page; readable size on more pages if none does."""
    for scale in (1.0, 0.95, 0.9, 0.86, 0.82):
        if sum(block.height(scale) for block in blocks) <= BOTTOM - TOP:
            return scale
    return 0.95


@contextmanager
def _list_item(sheet: Sheet, block: Block, baseline: float, size: float) -> Iterator[None]:
    with sheet.element("LI"):
        with sheet.element("Lbl"):
            sheet.text(block.label, LEFT, baseline, Style(size, "bold"))
        with sheet.element("LBody"):
            yield


def _set(sheet: Sheet, block: Block, y: float, scale: float) -> None:
    """Sets one block whose upper edge (below its space) is at ``y``."""
    size, lead = block.style.size * scale, block.lead(scale)
    pad = PADDING if block.frame else 0.0
    lines = block.lines(scale)
    if block.frame:
        sheet.frame([LEFT, y, RIGHT, y + len(lines) * lead + 2 * pad], block.frame)
    baseline = y + pad + size * 0.95
    style = Style(size, block.style.weight, block.style.colour)
    with _list_item(sheet, block, baseline, size) if block.label else sheet.element(block.role):
        for index, line in enumerate(lines):
            sheet.text(line, LEFT + block.indent + pad, baseline + index * lead, style)


def _needed(blocks: list[Block], index: int, scale: float) -> float:
    """The height that the block at ``index`` needs; a heading needs what it heads as well."""
    block = blocks[index]
    own = block.height(scale)
    if block.role.startswith("H") and index + 1 < len(blocks):
        return own + _needed(blocks, index + 1, scale)
    return own


def set_blocks(blocks: list[Block], new_sheet: Callable[[], Sheet]) -> None:
    """Sets the blocks from the top of a new sheet on, opening more sheets as needed. Neighbouring blocks with a
    label are one list."""
    scale = best_scale(blocks)
    sheet, y = new_sheet(), TOP
    with ExitStack() as lists:
        labelled = False
        for index, block in enumerate(blocks):
            turn = y > TOP and y + _needed(blocks, index, scale) > BOTTOM
            if turn or labelled != bool(block.label):
                lists.close()
                labelled = False
            if turn:
                sheet, y = new_sheet(), TOP
            if block.label and not labelled:
                lists.enter_context(sheet.element("L"))
                labelled = True
            _set(sheet, block, y + block.before * scale, scale)
            y += block.height(scale)
