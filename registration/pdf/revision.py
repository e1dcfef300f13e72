"""One filling of a template: the person's values as content, and what a few people's values need beyond it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from registration.pdf.addendum import Entry, draw_addendum, spell_out
from registration.pdf.assemble import Assembly, add_page, write_structure
from registration.pdf.content import Language
from registration.pdf.draw_form import Slot
from registration.pdf.fit import SMALLEST, Fit, fit
from registration.pdf.layout import form_layout, page_words
from registration.pdf.objects import cross_reference, stream
from registration.pdf.sender import set_sender
from registration.pdf.shaped import ShapedTypesetter
from registration.pdf.sheet import Element, Sheet
from registration.pdf.typesetter import PlainTypesetter, Setter, marked, show_fitted

_PLAIN = PlainTypesetter()
WIDEST = 0.85
"""Ems. Only a few signs, such as the per mille sign, are wider; they take the way of the long values."""
_ordinary = frozenset(sign for sign, width in _PLAIN.face.widths.items() if width <= WIDEST * 1000).issuperset
_width = _PLAIN.face.widths.__getitem__
_SPACES = str.maketrans(dict.fromkeys("\n\r\t\v\f\x85\u2028\u2029", " "))


@dataclass(frozen=True, slots=True)
class Place:
    """A value's slot with the operators around a value that needs no fitting: one of at most ``sure``
    characters, or of at most ``room`` thousandths of an em."""

    slot: Slot
    before: str
    after: str
    empty: str
    sure: int
    room: float


class Revision:
    """Collects the values of one person. Thrown away with the file. ``who``: the name and birth date that head an
    addendum."""

    __slots__ = ("_addendum", "_assembly", "_language", "_shaped", "_spoken", "_who")

    def __init__(self, assembly: Assembly, language: Language, who: tuple[str, str]) -> None:
        self._assembly = assembly
        self._who = who
        self._language: Language = language
        self._addendum: list[Entry] = []
        self._shaped: ShapedTypesetter | None = None
        self._spoken: dict[int, str] = {}

    @property
    def changed(self) -> bool:
        """Whether the file needs more than the template has: other fonts or an addendum."""
        return bool(self._addendum) or self._shaped is not None

    def write(self, places: list[Place], texts: Iterable[str]) -> str:
        """The content that shows each text in its place."""
        parts: list[str] = []
        add = parts.append
        for place, text in zip(places, texts, strict=True):
            if not text:
                add(place.empty)
            elif _ordinary(text) and (len(text) <= place.sure or sum(map(_width, text)) <= place.room):
                add(place.before)
                add(text.encode("utf-16-be").hex())
                add(place.after)
            else:
                add(self._write_fitted(place.slot, text.translate(_SPACES)))
        return "".join(parts)

    def write_sender(self, places: list[Place], lines: Iterable[str]) -> str:
        """The content of the return address. It only repeats what the form says: a line that cannot be printed, or
        an address longer than any that we accept, is left for the person to write."""
        texts = [self._settable(line) for line in lines]
        if all(map(self._stands, places, texts)):
            return self.write(places, texts)
        shown = set_sender(texts, self._setter)
        if shown is None:
            return "".join(place.empty for place in places)
        for place, text in zip(places, texts, strict=True):
            self._have_read(place.slot, text)
        return "".join(marked(place.slot.mark, operators) for place, operators in zip(places, shown, strict=True))

    def _settable(self, text: str) -> str:
        """``text`` as it can be set; "" if it cannot."""
        if _ordinary(text):
            return text
        clean = text.translate(_SPACES)
        return clean if self._setter(clean).can_set(clean) else ""

    def _stands(self, place: Place, text: str) -> bool:
        """Whether ``text`` fits into its own place."""
        if _ordinary(text) and len(text) <= place.sure:
            return True
        return fit(text, place.slot.box, self._setter(text).measure) is not None

    def _have_read(self, slot: Slot, text: str) -> None:
        """Has a shaped ``text`` read aloud as it was written."""
        if not _PLAIN.can_set(text):
            self._spoken[self._assembly.numbers[id(slot.element)]] = text

    def _setter(self, text: str) -> Setter:
        if _PLAIN.can_set(text):
            return _PLAIN
        self._shaped = self._shaped or ShapedTypesetter()
        return self._shaped

    def _write_fitted(self, slot: Slot, text: str) -> str:
        setter = self._setter(text)
        found = fit(text, slot.box, setter.measure) if setter.can_set(text) else None
        if found:
            self._have_read(slot, text)
            return marked(slot.mark, show_fitted(setter, slot.box, found))
        return self._refer(slot, text)

    def _refer(self, slot: Slot, text: str) -> str:
        """Sends a value to the addendum and says so in its place."""
        self._addendum.append(Entry(slot.label, text))
        notice = form_layout(self._language).words["see_addendum"]
        found = fit(notice, slot.box, _PLAIN.measure) or Fit(SMALLEST, 80, (notice,))
        return marked(slot.mark, show_fitted(_PLAIN, slot.box, found))

    def write_unlisted(self, slots: list[Slot], text: str) -> str:
        """An answer for which the form has no check box: only the addendum can say it."""
        self._addendum.append(Entry(" / ".join(slot.label for slot in slots), text))
        return "".join(marked(slot.mark, "") for slot in slots)

    def finish(self, form: bytes, back: bytes) -> bytes:
        """The file, laid out anew with further fonts and pages around the two overlays."""
        old = self._assembly
        root = Element("Document", kids=list(old.root.kids))
        made = replace(
            old,
            table=old.table.copy(),
            root=root,
            sheets=list(old.sheets),
            fonts=dict(old.fonts),
            numbers={**old.numbers, id(root): old.numbers[id(old.root)]},
            page_numbers=list(old.page_numbers),
        )
        if self._addendum:
            self._add_addendum(made, root)
        if self._shaped:
            made.fonts |= self._shaped.add_fonts(made.table)
        write_structure(made, self._spoken)
        for number, content in zip(made.overlays.values(), (form, back), strict=True):
            made.table.plain[number] = stream(content, compress=False)
        body, table = made.table.serialise()
        mark = hashlib.blake2b(form + back, digest_size=16).hexdigest()
        return body + cross_reference(table, len(body), made.catalogue, made.info, mark)

    def _add_addendum(self, made: Assembly, root: Element) -> None:
        """Adds the pages between the form and the mailing page, on paper and for whoever has them read."""
        section = Element("Sect")
        root.kids.insert(-1, section)
        first = len(made.sheets)
        drawn: list[Sheet] = []

        def new_sheet() -> Sheet:
            drawn.append(Sheet(first + len(drawn), section))
            return drawn[-1]

        words = page_words(self._language)["addendum"]
        who = [Entry(label, text, self._printable(text)) for label, text in zip(words["who"], self._who, strict=True)]
        entries = [replace(entry, printed=self._printable(entry.text)) for entry in self._addendum]
        draw_addendum([*who, *entries], words, new_sheet, self._setter)
        for sheet in drawn:
            add_page(made, sheet)

    def _printable(self, text: str) -> str:
        setter = self._setter(text)
        return text if setter.can_set(text) else spell_out(text, self._setter)
