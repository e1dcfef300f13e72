"""A blank form is drawn once for each language and place, and nothing of a person is ever kept for the next."""

import pytest
from django.utils import translation

from registration.forms.application_form import ApplicationForm
from registration.views import steps
from registration.views.place import form_setting
from state_rules import load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    steps._kept.cache_clear()


def blank(code: str) -> list[str]:
    form = ApplicationForm(form_setting(load(code), None))
    return steps.in_html(form.bound(()), is_blank=True)


def test_blank_steps_are_drawn_once_and_are_what_they_would_be_anew():
    first, again = blank("GA"), blank("GA")
    assert first == again
    assert (steps._kept.cache_info().misses, steps._kept.cache_info().hits) == (len(first), len(first))
    form = ApplicationForm(form_setting(load("GA"), None))
    assert steps.in_html(form.bound(()), is_blank=False) == first


def test_each_language_and_place_has_its_own():
    english = blank("GA")
    with translation.override("es"):
        spanish = blank("GA")
    assert set(english) & set(spanish) == set()
    assert blank("OH") != english


def test_what_a_person_typed_is_kept_for_nobody(client, georgia):
    page = client.post("/apply/ga/", {**georgia, "home_zip": "1", "home_street": "99 Canary Way"}).content.decode()
    assert "99 Canary Way" in page
    assert "99 Canary Way" not in client.get("/apply/ga/").content.decode()
