"""T2 as a property: whatever a person writes, what was reviewed is what prints, or it was refused with a reason."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registration.domain import documents, submission
from registration.domain.submission import Submission
from registration.forms.application_form import ApplicationForm
from tests.registration.flat_answers import flat_answers
from tests.registration.test_every_jurisdiction import ACCEPTING, TODAY, a_zip_of, page_text, setting

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LETTERS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýþßœšžđłńňřśťůźżąęğışțăơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
    "ĀĒĪŌŪāēīōūʻʼ’'-. "
)
SCRIPTS = ["ΑΒΓΔαβγδάέή", "АБВГДЕабвгдеёїщ", "王小明歐陽陈さくらアイ", "김이박최철수영희", "ᏣᎳᎩ"]
MARKS = {"citizen", "eighteen", "birth_date", "name.suffix", "name.title"}
words = st.text(LETTERS, min_size=1, max_size=60) | st.one_of(
    *(st.text(letters, min_size=1, max_size=12) for letters in SCRIPTS)
)
streets = st.text(LETTERS + '0123456789#/½&(),;:%\\<>"_@', min_size=3, max_size=110)


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    code=st.sampled_from(ACCEPTING),
    language=st.sampled_from(["en", "es"]),
    last=words,
    first=words,
    middle=words | st.just(""),
    street=streets,
    city=words,
    party=words,
)
def test_what_was_reviewed_is_what_prints_or_is_refused(code, language, **written):
    place = setting(code)
    hostile = {
        "last_name": written["last"],
        "first_name": written["first"],
        "middle_name": written["middle"],
        "home_street": written["street"],
        "home_city": written["city"],
        "party_other": written["party"],
    }
    form = ApplicationForm(place, {**flat_answers(place.needs, code, a_zip_of(code)), **hostile})
    if form.blocking:
        assert {each.field for each in form.blocking} <= set(hostile) | {"party_choice"}
        assert all(each.message for each in form.blocking)
        return
    reference = submission.new_reference()
    submission.submit(Submission(form.applicant, language, place.election.day), reference=reference, now=NOW)
    opened = submission.open_form(reference, now=NOW)
    printed = bare(page_text(documents.draw(opened.applicant, place.jurisdiction, place.election, language, on=TODAY)))
    reviewed = documents.review(opened.applicant, place.jurisdiction, TODAY)
    assert [(key, value) for key, value in reviewed if key not in MARKS and bare(value) not in printed] == []
