"""The cover, the form's own words, and the mailing page."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from registration.pdf.content import NvraAnswers
from registration.pdf.layout import form_layout
from tests.registration.pdf.samples import ANSWERS, COVER, make, one_line, page_count, pdfium_text

REQUEST = "This form only asks your town clerk to send you the state's own form."


def test_cover_says_everything_of_the_sheet() -> None:
    text = one_line(pdfium_text(make(), 0))
    notes = [part for note in COVER.notes for part in (note.heading, note.text)]
    said = [COVER.title, COVER.subtitle, *COVER.steps, COVER.mail_by, COVER.warning, COVER.uncertain, *notes]
    said += [COVER.oath, *COVER.contact, *COVER.sources]
    assert [part for part in said if part not in text] == []


def test_cover_numbers_its_steps() -> None:
    text = one_line(pdfium_text(make(), 0))
    assert [f"{number}. {step}" in text for number, step in enumerate(COVER.steps, 1)] == [True, True, True]


def test_cover_holds_nothing_of_the_person() -> None:
    assert pdfium_text(make(), 0) == pdfium_text(make(NvraAnswers()), 0)


def test_cover_with_much_to_say_runs_on_and_loses_nothing() -> None:
    notes = COVER.notes * 30
    pdf = make(cover=replace(COVER, notes=notes))
    text = " ".join(pdfium_text(pdf, page) for page in range(page_count(pdf) - 2))
    assert (page_count(pdf) > 3, text.count("Your license number."), COVER.sources[0] in text) == (True, 30, True)


@pytest.mark.parametrize("language", ["en", "es"])
def test_request_only_is_said_on_the_cover_and_above_the_first_box(language: str) -> None:
    pdf = make(cover=replace(COVER, request_only=REQUEST), language=language)
    form = pypdfium2.PdfDocument(pdf)[1].get_textpage()
    place = form.search(REQUEST[:30]).get_next()
    assert place is not None
    bottom = form.get_charbox(place[0])[1]
    card_top = 792 - min(box[1] for _, boxes in form_layout(language).frames for box in boxes)  # type: ignore[arg-type]
    assert (REQUEST in one_line(pdfium_text(pdf, 0)), bottom > card_top) == (True, True)


def test_form_that_registers_does_not_speak_of_a_request() -> None:
    assert "only asks" not in pdfium_text(make())


SIGN = {"en": "SIGN AND DATE HERE", "es": "FIRME Y FECHE AQUÍ"}
SIGNED = {"en": "the signed form", "es": "el formulario firmado"}


@pytest.mark.parametrize("request_only", ["", REQUEST], ids=["registers", "request only"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_signature_is_asked_for_only_where_the_form_registers(language: str, request_only: str) -> None:
    pdf = make(cover=replace(COVER, request_only=request_only), language=language)
    asked = SIGN[language] in one_line(pdfium_text(pdf)), SIGNED[language] in one_line(pdfium_text(pdf, 2))
    assert asked == (not request_only, not request_only)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "The form needs no signature."), ("es", "No hace falta firmarlo.")]
)
def test_mailing_page_of_a_request_says_that_it_needs_no_signature(language: str, sentence: str) -> None:
    found = [
        sentence in one_line(pdfium_text(make(cover=replace(COVER, request_only=only), language=language), 2))
        for only in ("", REQUEST)
    ]
    assert found == [False, True]


@pytest.mark.parametrize("language", ["en", "es"])
def test_form_page_has_every_label_of_its_layout(language: str) -> None:
    text = one_line(pdfium_text(make(NvraAnswers(), language=language)))
    labels = [one_line(run.text) for item in form_layout(language).items for run in item.runs]  # type: ignore[arg-type]
    assert [label for label in labels if label not in text] == []


def test_mailing_page_has_both_addresses_and_the_stamp() -> None:
    text = one_line(pdfium_text(make(), 2))
    name = "Łukasz Kahakūʻai Nguyễn Jr PO Box 771 Monticello, JF 99998"
    assert (name in text, " ".join(COVER.mail_to) in text, "FIRST CLASS" in text) == (True, True, True)


def test_mailing_page_without_a_mailing_address_is_sent_from_home() -> None:
    answers = replace(ANSWERS, mailing=NvraAnswers().mailing)
    assert "123 1/2 O'Fallon St Apt 4B Dvořákville, JF 99999-1234" in one_line(pdfium_text(make(answers), 2))


def test_mailing_page_without_an_office_says_how_to_find_it() -> None:
    cover = replace(COVER, mail_to=(), mail_to_hint="Find your clerk at clerks.jefferson.example.")
    assert "Find your clerk at clerks.jefferson.example." in pdfium_text(make(cover=cover), 2)


SIX_LINES = ("Department of State", "Division of Elections", "The R.A. Gray Building", "500 South Bronough Street")
SIX_LINES += ("Room 316, in the care of the Chief of Elections, Second Floor", "Monticello, JF 99999")


@pytest.mark.parametrize("mail_to", [COVER.mail_to, SIX_LINES], ids=["three lines", "six lines"])
def test_address_of_the_office_stands_in_the_window_of_the_envelope(mail_to: tuple[str, ...]) -> None:
    """A #10 envelope's window always shows 63 to 315 points across and 180 to 228 points down."""
    page = pypdfium2.PdfDocument(make(cover=replace(COVER, mail_to=mail_to)))[2].get_textpage()
    boxes = []
    for line in mail_to:
        start, length = page.search(line).get_next()
        boxes += [page.get_charbox(index) for index in range(start, start + length)]
    left, bottom = (min(box[side] for box in boxes) for side in (0, 1))
    right, top = (max(box[side] for box in boxes) for side in (2, 3))
    assert (left >= 63, right <= 315, 792 - top >= 176, 792 - bottom <= 231) == (True, True, True, True)


def test_cover_with_a_character_that_cannot_be_printed_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot print '王'"):
        make(cover=replace(COVER, title="王"))
