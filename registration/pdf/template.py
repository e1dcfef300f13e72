"""The compiled template: everything constant is laid out and serialised once, so that filling a form writes only
the person's values, two object lengths and the last entries of the cross-reference table.

A template keeps nothing of the people whose forms it fills.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from operator import attrgetter

from registration.pdf.assemble import Assembly, assemble
from registration.pdf.content import CoverSheet, Language, NvraAnswers, PostalAddress
from registration.pdf.draw_form import Slot
from registration.pdf.objects import entry
from registration.pdf.revision import WIDEST, Place, Revision
from registration.pdf.sheet import HEIGHT
from registration.pdf.typeface import form_face
from registration.pdf.typesetter import cross, marked, number


def _postal_lines(address: PostalAddress) -> tuple[str, str]:
    street = f"{address.street} {address.unit}".strip()
    place = ", ".join(part for part in (address.city, address.state) if part)
    return street, f"{place} {address.zip_code}".strip()


def return_address(answers: NvraAnswers) -> tuple[str, str, str]:
    """The three lines of the sender's address on the mailing page."""
    name = answers.name
    parts = (name.first, name.middle, name.last, name.suffix)
    address = answers.mailing if answers.mailing.street or answers.mailing.city else answers.home
    return " ".join(filter(None, parts)), *_postal_lines(address)


def _place(slot: Slot) -> Place:
    box = slot.box
    room = 1000 * box.width / box.size
    baseline = (box.top + box.bottom) / 2 + box.size * form_face().cap_height / 2000
    operators = f"/R {number(box.size)} Tf 100 Tz 1 0 0 1 {number(box.left)} {number(HEIGHT - baseline)} Tm<\0>Tj "
    before, after = marked(slot.mark, operators).split("\0")
    return Place(slot, before, after, marked(slot.mark, ""), int(room / 1000 / WIDEST), room)


class Crosses:
    """The check boxes of one question: the operators for each answer, made beforehand."""

    def __init__(self, attribute: str, slots: list[Slot]) -> None:
        self.answer = attrgetter(attribute)
        self.slots = slots
        self.none = "".join(marked(slot.mark, "") for slot in slots)
        self.by_answer = {"": self.none}
        for chosen in slots:
            answer = chosen.check.rpartition(".")[2]
            self.by_answer[answer] = "".join(
                cross(slot.box, slot.mark) if slot is chosen else marked(slot.mark, "") for slot in slots
            )


class Template:
    """The form for one cover sheet and language, ready to be filled for anyone. Safe to share between threads."""

    def __init__(self, cover: CoverSheet, language: Language) -> None:
        self.language: Language = language
        self.assembly: Assembly = assemble(cover, language)
        slots = self.assembly.slots
        fields = [slot for slot in slots if slot.field]
        self._form = [_place(slot) for slot in fields if not slot.field.startswith(("birth_date", "return"))]
        self._dates = [_place(slot) for slot in fields if slot.field.startswith("birth_date")]
        self._return = [_place(slot) for slot in fields if slot.field.startswith("return")]
        self._values = attrgetter(*(place.slot.field for place in self._form))
        self._joined = [
            (index, attrgetter(place.slot.also)) for index, place in enumerate(self._form) if place.slot.also
        ]
        groups: dict[str, list[Slot]] = {}
        for slot in slots:
            if slot.check:
                groups.setdefault(slot.check.rpartition(".")[0], []).append(slot)
        self._crosses = [Crosses(attribute, members) for attribute, members in groups.items()]
        self._body, self._table = self.assembly.table.serialise()
        self._seal()

    def _seal(self) -> None:
        """Prepares what surrounds the two overlays: they and the cross-reference stream come last in the file."""
        made = self.assembly
        form, back = made.overlays.values()
        entries = self._table
        self._between = entries[: form * 6], entries[form * 6 + 6 : back * 6], entries[back * 6 + 6 :]
        self._heads = tuple(b"%d 0 obj\n<</Length " % number for number in (form, back))
        size = len(entries) // 6
        identifier = hashlib.blake2b(self._body, digest_size=16).hexdigest().encode()
        self._trailer = b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Root %d 0 R/Info %d 0 R/ID[<%b>" % (
            size,
            size + 1,
            made.catalogue,
            made.info,
            identifier,
        )

    def fill(self, answers: NvraAnswers) -> bytes:
        """The PDF for ``answers``."""
        sender = return_address(answers)
        revision = Revision(self.assembly, self.language, (sender[0], "/".join(filter(None, answers.birth_date))))
        crosses = [self._cross(group, answers, revision) for group in self._crosses]
        values = list(self._values(answers))
        for index, more in self._joined:
            values[index] = f"{values[index]} {more(answers)}".strip()
        form = "".join(crosses) + revision.write(self._form, values) + revision.write(self._dates, answers.birth_date)
        back = revision.write_sender(self._return, sender)
        overlays = form.encode("ascii"), back.encode("ascii")
        return revision.finish(*overlays) if revision.changed else self._join(*overlays)

    def _cross(self, group: Crosses, answers: NvraAnswers, revision: Revision) -> str:
        answer = group.answer(answers)
        found = group.by_answer.get(answer)
        return found if found is not None else revision.write_unlisted(group.slots, answer)

    def _join(self, form: bytes, back: bytes) -> bytes:
        """The file around two overlays."""
        body = self._body
        first = b"%b%d>>\nstream\n%b\nendstream\nendobj\n" % (self._heads[0], len(form), form)
        second = b"%b%d>>\nstream\n%b\nendstream\nendobj\n" % (self._heads[1], len(back), back)
        places = len(body), len(body) + len(first), len(body) + len(first) + len(second)
        rest = zip(self._between, map(entry, places), strict=True)
        table = b"".join(part for pair in rest for part in pair)
        mark = hashlib.blake2b(form + back, digest_size=16).hexdigest().encode()
        return b"%b%b%b%b<%b>]/Length %d>>\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
            body,
            first,
            second,
            self._trailer,
            mark,
            len(table),
            table,
            places[2],
        )


@lru_cache(maxsize=128)
def compile_template(cover: CoverSheet, language: Language) -> Template:
    """The template for a cover sheet, made once. ValueError: the cover holds a character that cannot be printed."""
    return Template(cover, language)


def render(answers: NvraAnswers, cover: CoverSheet, language: Language) -> bytes:
    """The finished PDF: cover, form, an addendum where a value needs it, and the mailing page."""
    return compile_template(cover, language).fill(answers)
