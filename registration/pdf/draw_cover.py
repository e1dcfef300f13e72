"""The cover sheet: what to do now, in the person's language. It holds nothing of the person."""

from __future__ import annotations

from collections.abc import Callable

from registration.pdf.content import CoverSheet
from registration.pdf.flow import Block, set_blocks
from registration.pdf.sheet import Sheet, Style


def _heading(text: str) -> Block:
    return Block(text, Style(12, "bold"), role="H2", before=11)


def cover_blocks(cover: CoverSheet, words: dict[str, str]) -> list[Block]:
    """The page's paragraphs, in order; parts that are empty are left out."""
    blocks = [
        Block(cover.title, Style(21, "bold"), role="H1", before=0),
        Block(cover.subtitle, Style(12), before=2),
        Block(cover.request_only, Style(11.5, "bold"), before=8, frame=1.0),
        Block(cover.mail_by, Style(15, "bold"), before=10, frame=2.0),
    ]
    for number, step in enumerate(cover.steps, 1):
        blocks.append(Block(step, Style(11.5), before=7, label=f"{number}.", indent=20))
    blocks += [
        Block(cover.warning, Style(11.5, "bold"), before=11),
        Block(cover.uncertain, Style(10.5), before=9, frame=1.0),
    ]
    if cover.notes:
        blocks.append(_heading(words["notes"]))
        for note in cover.notes:
            blocks.append(Block(note.heading, Style(10, "bold"), role="H3", before=5))
            blocks.append(Block(note.text, Style(10), before=0))
    if cover.oath:
        blocks += [_heading(words["oath"]), Block(cover.oath, Style(10), role="BlockQuote", before=3)]
    if cover.contact:
        blocks.append(_heading(words["contact"]))
        blocks += [Block(line, Style(10.5), before=1.5) for line in cover.contact]
    if cover.sources:
        blocks.append(Block(f"{words['sources']}: " + " · ".join(cover.sources), Style(7.5), before=11))
    return [block for block in blocks if block.text]


def draw_cover(cover: CoverSheet, words: dict[str, str], new_sheet: Callable[[], Sheet]) -> None:
    """Draws the cover on one page, or on more if the state has much to say."""
    set_blocks(cover_blocks(cover, words), new_sheet)
