"""What was reviewed is what prints, character for character."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registration.pdf.content import NvraAnswers, PersonName, PostalAddress
from registration.pdf.typeface import form_face
from tests.registration.pdf.samples import (
    ANSWERS,
    make,
    one_line,
    pdfium_text,
    poppler_text,
    with_last_name,
    with_street,
)

LATIN = [
    "Nguyễn",
    "Łukasz",
    "Kahakūʻai",
    "Dvořák",
    "O'Fallon",
    "O’Fallon",
    "Muñoz-Peña",
    "Đặng",
    "Ștefănescu",
    "Ğüneş",
    "Þórðarson",
    "Ðorđević",
    "Æthelred",
    "Straße",
    "d'Arc",
    "(Bob) <Rob> \\ / % & {} [] #1",
    "'; DROP TABLE",
    "½ & ¼",
    "Q",
    "van der 'Berg",
    "Ƙofar",
    "ɓaure",
    "María José",
    "No. № 5",
    "“Quoted” – dash…",
    "a\\nb \\( \\)",
    "100 S 200 E",
]
SHAPED = [
    "王小明",
    "歐陽娜娜",
    "김철수",
    "さくら 花子",
    "Иванов",
    "Παπαδόπουλος",
    "नारायण",
    "প্রিয়াঙ্কা",
    "ਸਿੰਘ",
    "பிரியா",
    "สมชาย ใจดี",
    "សុខ",
    "မောင်",
    "ሰላም ተስፋዬ",
    "Հովհաննես",
    "გიორგი",
    "ᏣᎳᎩ",
    "ᐃᓄᒃᑎᑐᑦ",
    "Jiménez 王",
    "ą́ą́shįį́",
    unicodedata.normalize("NFD", "Nguyễn"),
    unicodedata.normalize("NFD", "한국"),
    "e\u0323\u0302x",
]
RIGHT_TO_LEFT = ["محمد بن عبد الله", "سلام لا إله", "علی‌رضا پهلوی", "רחל כהן"]


@pytest.mark.parametrize("name", LATIN + SHAPED)
def test_name_in_any_script_extracts_as_written(name: str) -> None:
    assert name in pdfium_text(make(with_last_name(name)))


@pytest.mark.system_tools
@pytest.mark.parametrize("name", LATIN + SHAPED)
def test_name_in_any_script_extracts_as_written_by_poppler(name: str) -> None:
    assert name in poppler_text(make(with_last_name(name)))


@pytest.mark.parametrize("name", RIGHT_TO_LEFT)
def test_name_written_right_to_left_extracts_in_reading_order(name: str) -> None:
    assert name in pdfium_text(make(with_last_name(name)))


@pytest.mark.system_tools
@pytest.mark.parametrize("name", RIGHT_TO_LEFT)
def test_name_written_right_to_left_extracts_in_reading_order_by_poppler(name: str) -> None:
    assert name in poppler_text(make(with_last_name(name)), mode="-layout")


@pytest.mark.parametrize("name", [*RIGHT_TO_LEFT, "Dr. محمد Ali 12", "مُحَمَّد", "שָׁלוֹם", "王小明"])
def test_shaped_value_is_read_aloud_as_written(name: str, tmp_path) -> None:
    (tmp_path / "form.pdf").write_bytes(make(with_last_name(name)))
    with pikepdf.open(tmp_path / "form.pdf") as pdf:
        spoken = [
            str(item.ActualText)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem" and "/ActualText" in item
        ]
    assert name in spoken


def test_every_box_prints_its_value() -> None:
    found = one_line(pdfium_text(make()))
    values = [
        *(ANSWERS.name.last, ANSWERS.name.first, ANSWERS.name.middle, ANSWERS.telephone, ANSWERS.party, ANSWERS.race),
        *(ANSWERS.home.street, ANSWERS.home.unit, ANSWERS.home.city, ANSWERS.home.zip_code, *ANSWERS.birth_date),
        *(ANSWERS.mailing.street, ANSWERS.mailing.city, ANSWERS.mailing.zip_code, one_line(ANSWERS.id_number)),
        *(ANSWERS.previous_name.last, ANSWERS.previous_name.first, ANSWERS.previous_name.middle),
        *(ANSWERS.previous_address.street, ANSWERS.previous_address.city, ANSWERS.previous_address.zip_code),
        *(ANSWERS.map_description, ANSWERS.map_crossroads, ANSWERS.map_landmarks, ANSWERS.helper),
    ]
    assert [value for value in values if value not in found] == []


def test_unit_of_the_mailing_address_follows_its_street() -> None:
    answers = replace(ANSWERS, mailing=PostalAddress("77 Broad St", "Ste 9", "Monticello", "JF", "99998"))
    assert "77 Broad St Ste 9" in pdfium_text(make(answers))


@pytest.mark.parametrize(
    ("answers", "crossed"),
    [
        (NvraAnswers(), []),
        (NvraAnswers(citizen="yes", eighteen="no"), ["Yes", "No"]),
        (NvraAnswers(name=PersonName(title="mrs", suffix="IV")), ["Mrs.", "IV"]),
        (NvraAnswers(previous_name=PersonName(title="miss", suffix="II")), ["Miss", "II"]),
    ],
)
def test_check_box_is_crossed_only_for_its_answer(answers: NvraAnswers, crossed: list[str], tmp_path) -> None:
    assert _crossed_labels(make(answers), tmp_path) == crossed


def _crossed_labels(pdf: bytes, folder) -> list[str]:
    """The labels that share a structure element with a cross, in reading order."""
    (folder / "form.pdf").write_bytes(pdf)
    with pikepdf.open(folder / "form.pdf") as document:
        texts = _texts_by_mark(document.pages[1])
        return [
            " ".join(texts.get(kid, "") for kid in node.K if isinstance(kid, int))
            for node in _nodes(document.Root.StructTreeRoot.K)
            if node.get("/Pg") == document.pages[1].obj and any(_is_crossed(kid, texts) for kid in node.K)
        ]


def _is_crossed(kid, texts: dict[int, str]) -> bool:
    if not isinstance(kid, pikepdf.Dictionary) or kid.S != "/Span":
        return False
    return any(texts.get(mark) == "X" for mark in kid.K if isinstance(mark, int))


def _nodes(node):
    yield node
    for kid in node.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary):
            yield from _nodes(kid)


def _texts_by_mark(page) -> dict[int, str]:
    texts: dict[int, str] = {}
    mark = None
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
            mark = int(operands[1].MCID)
        elif str(operator) == "EMC":
            mark = None
        elif str(operator) == "Tj" and mark is not None:
            texts[mark] = texts.get(mark, "") + bytes(operands[0]).decode("utf-16-be")
    return texts


letters = st.sampled_from(sorted(c for c in form_face().characters if unicodedata.category(c)[0] in "LNP"))
words = st.lists(st.text(letters, min_size=1, max_size=8), min_size=1, max_size=5).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(last=words, street=words)
def test_any_printable_value_extracts_as_written(last: str, street: str) -> None:
    answers = replace(with_street(street), name=PersonName(last, "Ann", "", "", ""))
    pdf = make(answers)
    pages = one_line(" ".join(pdfium_text(pdf, page) for page in range(1, 3)))
    assert (last in pages, street in pages) == (True, True)


odd_signs = st.sampled_from(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2069\ufe0f\u00ad\x00\x1b\n\t ام1א🏠\ud800\u0301"
)


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=40) | st.text(odd_signs, min_size=1, max_size=12))
def test_any_text_at_all_makes_a_form(text: str) -> None:
    pdf = make(with_last_name(text))
    assert (pdf.startswith(b"%PDF-1.7"), "Last Name" in pdfium_text(pdf)) == (True, True)
