"""Made-up people and cover sheets, and ways to read a PDF back."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2

from registration.pdf import render
from registration.pdf.content import CoverSheet, Note, NvraAnswers, PersonName, PostalAddress

COVER = CoverSheet(
    title="Register to vote in Jefferson",
    subtitle="Your form is ready to sign.",
    steps=("Check every answer.", "Sign box 9 with a pen.", "Mail the form."),
    mail_by="Mail it by Monday, October 5, 2026.",
    warning="You are not registered until your election office confirms it.",
    uncertain="Confirm this date with the election office.",
    notes=(Note("Box 6. ID number", "Your license number."), Note("Box 7. Party", "Leave it empty.")),
    oath="I am a citizen of Jefferson; I am at least 17½ years old — so help me.",
    contact=("Board of Elections", "555-0100"),
    mail_to=("Board of Elections", "1 Capitol Square", "Monticello, JF 99999"),
    sources=("Jefferson Election Code § 2-108",),
)
ANSWERS = NvraAnswers(
    citizen="yes",
    eighteen="yes",
    name=PersonName("Nguyễn", "Łukasz", "Kahakūʻai", "Jr", "mr"),
    home=PostalAddress("123 1/2 O'Fallon St", "Apt 4B", "Dvořákville", "JF", "99999-1234"),
    mailing=PostalAddress("PO Box 771", "", "Monticello", "JF", "99998"),
    birth_date=("02", "29", "1988"),
    telephone="404-555-0123",
    id_number="D1234567   6789",
    party="Independent",
    race="Asian",
    previous_name=PersonName("Smith", "Luke", "Ann", "III", "ms"),
    previous_address=PostalAddress("9 Elm Street", "2", "Macon", "JF", "99990"),
    map_description="White trailer behind the feed store",
    map_crossroads="County Road 12 and Mill Lane",
    map_landmarks="Mt. Zion Church",
    helper="Maria de la Cruz, 5 Oak Street, Monticello JF 99999",
)
FORM_PAGE = 1
ADDENDUM_PAGE = 2
"""Where there is one; the mailing page stands behind it, and otherwise in its place."""


def with_last_name(text: str) -> NvraAnswers:
    return replace(ANSWERS, name=PersonName(text, "Ann", "", "", ""))


def with_street(text: str) -> NvraAnswers:
    return replace(ANSWERS, home=PostalAddress(text, "", "Monticello", "JF", "99999"))


def pdfium_text(pdf: bytes, page: int = FORM_PAGE) -> str:
    """The page's text as PDFium finds it, lines joined."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return re.sub(r"[\r\n]+", "\n", document[page].get_textpage().get_text_range())
    finally:
        document.close()


def poppler_text(pdf: bytes, page: int = FORM_PAGE, mode: str = "-raw") -> str:
    """The page's text as poppler finds it, without the direction marks that it adds."""
    command = ["pdftotext", mode, "-enc", "UTF-8", "-f", str(page + 1), "-l", str(page + 1), "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return re.sub("[\u202a-\u202e]", "", found)


def one_line(text: str) -> str:
    """``text`` with every run of white space, line ends included, as one space."""
    return " ".join(text.split())


def page_count(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def make(answers: NvraAnswers = ANSWERS, cover: CoverSheet = COVER, language: str = "en") -> bytes:
    return render(answers, cover, language)  # type: ignore[arg-type]


def save(pdf: bytes, folder: Path) -> Path:
    path = folder / "form.pdf"
    path.write_bytes(pdf)
    return path
