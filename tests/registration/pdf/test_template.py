"""One template, many people: quick, repeatable, and without memory."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from registration.pdf import compile_template, render
from registration.pdf.content import NvraAnswers, PersonName
from registration.pdf.layout import form_layout
from tests.registration.pdf.samples import ANSWERS, COVER, make, with_last_name

ORDINARY_LIMIT = 120_000
OTHERS = [with_last_name("王小明"), with_last_name("Wolfe" * 60), with_last_name("محمد"), NvraAnswers()]


def test_same_answers_give_the_same_bytes() -> None:
    first = make()
    compile_template.cache_clear()
    assert make() == first


def test_render_is_compile_and_fill() -> None:
    assert render(ANSWERS, COVER, "en") == compile_template(COVER, "en").fill(ANSWERS)


@pytest.mark.parametrize("language", ["en", "es"])
def test_ordinary_form_is_small(language: str) -> None:
    assert len(make(language=language)) <= ORDINARY_LIMIT


@pytest.mark.parametrize("before", OTHERS)
def test_form_is_untouched_by_the_one_filled_before(before: NvraAnswers) -> None:
    template = compile_template(COVER, "en")
    clean = template.fill(ANSWERS)
    template.fill(before)
    assert template.fill(ANSWERS) == clean


def test_next_form_holds_nothing_of_the_one_before() -> None:
    template = compile_template(COVER, "en")
    template.fill(replace(ANSWERS, id_number="CANARY77", name=PersonName("Canary", "王", "Canary" * 60, "Esq", "")))
    later = template.fill(NvraAnswers())
    found = [mark for mark in ("CANARY77", "Canary", "王", "Esq") if mark.encode("utf-16-be").hex().encode() in later]
    assert found == []


def test_identity_number_is_nowhere_but_in_its_box() -> None:
    pdf = make(replace(ANSWERS, id_number="Z9Y8X7W6"))
    places = pdf.lower().count("Z9Y8X7W6".encode("utf-16-be").hex().encode()) + pdf.count(b"Z9Y8X7W6")
    assert places == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_signature_and_its_date_stay_blank(language: str) -> None:
    blank, filled = (_form_image(make(answers, language=language)) for answers in (NvraAnswers(), ANSWERS))
    frames = form_layout(language).frames[1][1]  # type: ignore[arg-type]
    assert [blank.crop(_pixels(box)).tobytes() == filled.crop(_pixels(box)).tobytes() for box in frames] == [True, True]


@pytest.mark.parametrize("language", ["en", "es"])
def test_signature_box_is_empty_paper(language: str) -> None:
    left, top, right, bottom = form_layout(language).frames[1][1][0]  # type: ignore[arg-type]
    inside = _form_image(make(language=language)).crop(_pixels([left + 2, top + 2, right - 2, bottom - 2]))
    assert inside.getextrema() == (255, 255)


def _pixels(box: list[float]) -> tuple[int, ...]:
    return tuple(round(edge * 2) for edge in box)


def _form_image(pdf: bytes):
    return pypdfium2.PdfDocument(pdf)[1].render(scale=2).to_pil().convert("L")


def test_fields_of_both_languages_are_the_same() -> None:
    english, spanish = ({(item.field, item.also, item.check) for item in form_layout(x).items} for x in ("en", "es"))
    assert english == spanish


@pytest.mark.parametrize("language", ["en", "es"])
def test_boxes_lie_on_the_page_and_apart(language: str) -> None:
    boxes = [item.box for item in form_layout(language).items if item.box]  # type: ignore[arg-type]
    outside = [box for box in boxes if not (0 < box.left < box.right < 612 and 0 < box.top < box.bottom < 792)]
    overlapping = [
        (a, b)
        for index, a in enumerate(boxes)
        for b in boxes[index + 1 :]
        if a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom
    ]
    assert (outside, overlapping) == ([], [])
