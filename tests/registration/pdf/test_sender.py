"""The return address on the mailing page is there, however long it is."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from registration.pdf.content import NvraAnswers, PersonName, PostalAddress
from registration.pdf.fit import SMALLEST
from tests.registration.pdf.samples import ANSWERS, COVER, make, one_line, pdfium_text, with_last_name

MAILING_PAGE = -1
STREET = "Rural Route 12 past the third cattle guard, second white trailer on the left behind the old feed store"


def mailing_page(pdf: bytes) -> pypdfium2.PdfTextPage:
    document = pypdfium2.PdfDocument(pdf)
    return document[len(document) + MAILING_PAGE].get_textpage()


def text_of(pdf: bytes) -> str:
    return one_line(mailing_page(pdf).get_text_range())


def person(name: PersonName, address: PostalAddress) -> NvraAnswers:
    return replace(ANSWERS, name=name, home=address, mailing=PostalAddress())


LONG = person(
    PersonName("Wolfeschlegelsteinhausenbergerdorff " * 3, "Ann " * 30, "Katherine " * 12, "III", ""),
    PostalAddress(STREET + " 17", STREET, "Llanfairpwllgwyngyllgogerychwyrndrobwll " * 3, "JF", "99999-1234"),
)
EVERY = "W" * 120
WIDEST = person(PersonName(EVERY, EVERY, EVERY, "III", ""), PostalAddress(EVERY, EVERY, EVERY, "JF", "99999-1234"))


def test_street_that_is_too_long_for_its_line_stands_whole() -> None:
    answers = person(ANSWERS.name, PostalAddress(STREET, STREET, "Monticello", "JF", "99999"))
    whole = f"Łukasz Kahakūʻai Nguyễn Jr {STREET} {STREET} Monticello, JF 99999"
    assert whole in text_of(make(answers))


@pytest.mark.parametrize("answers", [LONG, WIDEST], ids=["long", "longest and widest"])
def test_every_letter_of_a_long_return_address_is_there(answers: NvraAnswers) -> None:
    name, home = answers.name, answers.home
    parts = (name.first, name.middle, name.last, name.suffix, home.street, home.unit, home.city, ",", home.state)
    whole = "".join(parts).replace(" ", "") + home.zip_code
    assert whole in text_of(make(answers)).replace(" ", "")


@pytest.mark.parametrize("answers", [LONG, WIDEST], ids=["long", "longest and widest"])
def test_long_return_address_keeps_clear_of_stamp_and_window(answers: NvraAnswers) -> None:
    """Points from the left and top; the window of an envelope shows nothing above 147, the stamp stands at 492."""
    page = mailing_page(make(answers))
    start = page.get_text_range().index(answers.name.first[:20])
    end = page.get_text_range().index("99999-1234") + 10
    boxes = [page.get_charbox(index) for index in range(start, end)]
    edges = [min(box[0] for box in boxes) >= 53, max(box[2] for box in boxes) <= 481]
    edges += [792 - max(box[3] for box in boxes) >= 47, 792 - min(box[1] for box in boxes) <= 147]
    assert edges == [True, True, True, True]


def test_long_return_address_is_readable() -> None:
    sizes = {
        round(_size(mailing_page(make(answers)), "Wolf" if answers is LONG else "WWWW"), 2) >= SMALLEST
        for answers in (LONG, WIDEST)
    }
    assert sizes == {True}


def _size(page: pypdfium2.PdfTextPage, mark: str) -> float:
    return pypdfium2.raw.FPDFText_GetFontSize(page, page.get_text_range().index(mark))


@pytest.mark.parametrize("name", ["王小明" * 40, "محمد عبد الله " * 8, "नारायण " * 17])
def test_long_name_in_another_script_stands_in_the_return_address(name: str) -> None:
    text = text_of(make(with_last_name(name.strip()))).replace(" ", "")
    assert text.count(name.split()[0][:4]) >= 8


def test_line_that_cannot_be_printed_is_left_to_the_person() -> None:
    text = text_of(make(with_last_name("Ann 🏠 Lee")))
    assert ("See addendum" in text, "PO Box 771 Monticello, JF 99998" in text) == (False, True)


def test_return_address_beyond_all_bounds_is_left_to_the_person() -> None:
    text = text_of(make(with_last_name("Wolfe" * 600)))
    assert ("See addendum" in text, "Wolfe" in text, COVER.mail_to[0] in text) == (False, False, True)


def test_ordinary_return_address_stands_on_three_lines() -> None:
    assert "Kahakūʻai Nguyễn Jr\nPO Box 771\nMonticello, JF 99998" in pdfium_text(make(), 2)
