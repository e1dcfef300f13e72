"""Every jurisdiction through the one domain call, from answers as a door sends them to the text on the page."""

import re
import unicodedata
from datetime import date

import pypdfium2
import pytest

import state_rules
from registration.domain import documents, submission
from registration.domain.addresses import states_of_zip
from registration.domain.submission import Submission
from registration.forms.application_form import ApplicationForm, Setting
from tests.registration.flat_answers import flat_answers

ALL = state_rules.JURISDICTIONS
TODAY = date(2026, 11, 22)


def setting(code: str) -> Setting:
    jurisdiction = state_rules.load(code)
    election = state_rules.target_election(jurisdiction, TODAY)
    return Setting(jurisdiction, state_rules.form_needs(jurisdiction, TODAY), election, TODAY)


def a_zip_of(code: str) -> str:
    candidates = (f"{number:05}" for end in (1, 50, 99) for number in range(500 + end, 100_000, 100))
    return next(zip_code for zip_code in candidates if code in states_of_zip(zip_code))


ACCEPTING = [code for code in ALL if setting(code).needs.acceptance in ("registers", "request_only")]
OTHERS = [code for code in ALL if code not in ACCEPTING]


def page_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        # PDFium gives a hyphen at the end of a line as U+FFFE
        text = " ".join(page.get_textpage().get_text_range() for page in document).replace("\ufffe", "-")
        return re.sub(r"\s+", " ", text)
    finally:
        document.close()


def test_the_form_is_for_49_and_not_for_7():
    assert len(ALL) == 56
    assert len(ACCEPTING) == 49
    assert sorted(OTHERS) == ["AS", "GU", "MP", "ND", "PR", "VI", "WY"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("code", ACCEPTING)
def test_what_was_reviewed_is_what_prints(code, language, now):
    place = setting(code)
    form = ApplicationForm(place, flat_answers(place.needs, code, a_zip_of(code)))
    assert [(each.code, each.field) for each in form.blocking] == []
    reference = submission.new_reference()
    sent = Submission(form.applicant, language, place.election.day)
    submission.submit(sent, reference=reference, now=now)
    opened = submission.open_form(reference, now=now)
    assert opened.applicant == form.applicant
    text = page_text(documents.draw(opened.applicant, place.jurisdiction, place.election, language, on=TODAY))
    reviewed = dict(documents.review(opened.applicant, place.jurisdiction, TODAY))
    marks = {"citizen", "eighteen", "birth_date", "name.suffix", "name.title"}
    written = {key: " ".join(value.split()) for key, value in reviewed.items() if key not in marks}
    assert [key for key, value in written.items() if value not in text] == []
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.django_db
@pytest.mark.parametrize("code", OTHERS)
def test_where_the_form_is_not_taken_none_is_made(code):
    place = setting(code)
    form = ApplicationForm(place, flat_answers(place.needs, code, a_zip_of(code)))
    assert [each.code for each in form.blocking] == ["form_not_used"]
