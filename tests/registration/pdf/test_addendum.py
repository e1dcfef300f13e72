"""Nothing is silently lost: what does not fit, or cannot be printed, is on the addendum."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from registration.pdf.content import PersonName
from tests.registration.pdf.samples import (
    ADDENDUM_PAGE,
    ANSWERS,
    COVER,
    make,
    one_line,
    page_count,
    pdfium_text,
    save,
    with_last_name,
)

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 4


def test_form_without_long_values_has_no_addendum() -> None:
    assert page_count(make()) == 3


def test_addendum_names_the_person_the_box_and_the_whole_value() -> None:
    text = one_line(pdfium_text(make(with_last_name(LONG)), ADDENDUM_PAGE)).replace(" ", "")
    expected = ["AddendumtotheVoterRegistrationApplication", "02/29/1988", "1.LastName", LONG]
    assert [part for part in expected if part not in text] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_addendum_stands_between_the_form_and_the_mailing_page(language: str) -> None:
    sentence = "Past the third cattle guard, then left at the burnt oak. "
    pdf = make(replace(ANSWERS, map_landmarks=sentence * 120), language=language)
    marks = {"instructions": "Register to vote", "form": "OMB", "addendum": "burnt oak", "mailing": "FIRST CLASS"}
    texts = [one_line(pdfium_text(pdf, page)) for page in range(page_count(pdf))]
    assert [[name for name, mark in marks.items() if mark in text] for text in texts] == [
        *(["instructions"], ["form"]),
        *(["addendum"], ["addendum"]),
        ["mailing"],
    ]


def test_addendum_is_read_aloud_between_the_form_and_the_mailing_page(tmp_path: Path) -> None:
    with pikepdf.open(save(make(with_last_name(LONG)), tmp_path)) as pdf:
        pages = [page.objgen for page in pdf.pages]
        read = [pages.index(_first_page(section).objgen) for section in pdf.Root.StructTreeRoot.K.K]
    assert read == [0, 1, 2, 3]


def _first_page(node):
    return node.Pg if "/Pg" in node else _first_page(node.K[0])


@pytest.mark.parametrize("request_only", ["", "This form only asks."])
@pytest.mark.parametrize(("language", "heading"), [("en", '"Addendum"'), ("es", "«Addendum»")])
def test_mailing_page_says_that_the_addendum_goes_along(language: str, heading: str, request_only: str) -> None:
    cover = replace(COVER, request_only=request_only)
    assert heading in one_line(pdfium_text(make(cover=cover, language=language), 2))


def test_addendum_in_spanish_is_bilingual() -> None:
    text = one_line(pdfium_text(make(with_last_name(LONG), language="es"), ADDENDUM_PAGE))
    assert ("Addendum" in text, "Anexo" in text, "Apellido" in text) == (True, True, True)


def test_unprintable_character_is_named_on_the_addendum() -> None:
    pdf = make(with_last_name("Ann 🏠 Lee"))
    assert ("See addendum" in pdfium_text(pdf), "Ann [U+1F3E0] Lee" in pdfium_text(pdf, ADDENDUM_PAGE)) == (True, True)


def test_answer_without_a_check_box_is_on_the_addendum() -> None:
    text = pdfium_text(make(replace(ANSWERS, name=PersonName("Ito", "Ann", "", "Esq", ""))), ADDENDUM_PAGE)
    assert "Esq" in text


def test_addendum_of_many_long_values_runs_on_to_more_pages() -> None:
    sentence = "Past the third cattle guard, then left at the burnt oak. "
    pdf = make(replace(ANSWERS, map_description=sentence * 40, map_landmarks=sentence * 60, helper=sentence * 30))
    text = one_line(" ".join(pdfium_text(pdf, page) for page in range(ADDENDUM_PAGE, page_count(pdf) - 1)))
    assert (page_count(pdf) > 4, text.count("burnt oak")) == (True, 130)


@pytest.mark.parametrize("name", ["محمد عبد الله " * 12, "王小明" * 40, "नारायण " * 30])
def test_long_name_in_another_script_is_on_the_addendum(name: str) -> None:
    pdf = make(with_last_name(name.strip()))
    assert (page_count(pdf), name.split()[0][:4] in pdfium_text(pdf, ADDENDUM_PAGE)) == (4, True)


def test_identity_number_that_is_too_long_is_printed_only_on_the_addendum() -> None:
    number = "S123-4567-8901-" * 9
    pdf = make(replace(ANSWERS, id_number=number))
    pages = [one_line(pdfium_text(pdf, page)).replace(" ", "").count(number) for page in range(page_count(pdf))]
    assert pages == [0, 0, 1, 0]
