"""The form for programs: its schema refuses nothing that the form takes, and its steps are those of the page."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import state_rules
from api.answers import posted
from registration.forms import schema
from registration.forms.application_form import ApplicationForm, Setting
from registration.forms.bound import BoundField, condition
from registration.forms.shapes import fields_of
from tests.registration.domain.jefferson import jefferson
from tests.registration.flat_answers import PERSON, flat_answers
from tests.registration.test_every_jurisdiction import ACCEPTING, a_zip_of
from tests.registration.test_every_jurisdiction import setting as real

ON = date(2028, 6, 1)
LANGUAGES = ("en", "es")
TEXTS = (
    "",
    " ",
    "Ana",
    "J1234567",
    "9041",
    "219-09-9041",
    "12",
    "1990",
    "PO Box 7",
    "x" * 130,
    "№",
    "99901",
    "1 Elm St",
)


def made_up(**changed) -> Setting:
    rules = jefferson(**changed)
    return Setting(rules, state_rules.form_needs(rules, ON), state_rules.next_general("US", ON), ON)


MADE_UP = {
    "plain": made_up(),
    "both numbers": made_up(id_number={"kind": "licence_and_ssn4"}),
    "full number": made_up(id_number={"kind": "full_ssn", "if_none": "other_id"}),
    "four or nine": made_up(id_number={"kind": "ssn4_or_full_ssn", "required": False}),
    "optional nine": made_up(id_number={"full_ssn_optional": True}),
    "no number": made_up(id_number={"kind": "not_asked"}),
    "race and earlier address": made_up(race={"asked": "required"}, nvra_form={"previous_address_required": True}),
    "request": made_up(nvra_form={"acceptance": "request_only", "boxes": ("1", "2", "3")}),
    "no boxes": made_up(nvra_form={"boxes": ("1", "2", "9")}, id_number={"kind": "not_asked"}),
}


@lru_cache(maxsize=256)
def place(name: str) -> Setting:
    return MADE_UP.get(name) or real(name)


@lru_cache(maxsize=256)
def made(name: str, language: str) -> tuple[ApplicationForm, dict]:
    with translation.override(language):
        form = ApplicationForm(place(name))
        return form, schema.as_json(form.steps, form.setting.needs)


def validator(name: str, language: str = "en") -> Draft202012Validator:
    return Draft202012Validator(made(name, language)[1]["schema"])


def ordinary(name: str) -> dict[str, str]:
    where = place(name)
    if name in MADE_UP:
        person = {**PERSON, "home_city": "Monticello", "home_zip": "99901", "licence": "J1234567", "race": "Hispanic"}
        asked = flat_answers(where.needs, "GA", "30303")
        numbers = {field: asked.get(field, "") for field in ("id_choice", "licence", "ssn4", "ssn")}
        return {**person, **numbers}
    return flat_answers(where.needs, name, a_zip_of(name))


def answered(data: dict[str, str], steps) -> dict[str, str | bool]:
    """What a page posted as a program would send it."""
    fields = [field for step in steps for field in fields_of(step.items) if field.name in data]
    return {field.name: data[field.name] == "yes" if field.kind == "checkbox" else data[field.name] for field in fields}


@st.composite
def typed(draw, name: str) -> dict[str, str]:
    """What inputs of a page can send: an ordinary person's answers, or none, with some changed or not sent."""
    form, _document = made(name, "en")
    fields = [field for step in form.steps for field in fields_of(step.items)]
    names = {field.name for field in fields}
    data = {key: value for key, value in draw(st.sampled_from([ordinary(name), {}])).items() if key in names}
    for field in draw(st.lists(st.sampled_from(fields), max_size=8, unique_by=lambda field: field.name)):
        if field.kind == "checkbox":
            data[field.name] = draw(st.sampled_from(["yes", ""]))
        elif field.choices:
            data[field.name] = draw(st.sampled_from(["", *(choice.value for choice in field.choices)]))
        else:
            data[field.name] = draw(st.sampled_from(TEXTS))
        if draw(st.booleans()) and draw(st.booleans()):
            del data[field.name]
    return data


def compare(name: str, language: str, data: dict[str, str]) -> None:
    """What the form takes the schema takes; what the schema takes lacks nothing that the form needs."""
    with translation.override(language):
        form = ApplicationForm(place(name), data)
        lacking = [each for each in form.blocking if each.code.endswith("_required")]
        found = [error.message for error in validator(name, language).iter_errors(answered(data, form.steps))]
        assert posted(answered(data, form.steps), form.steps) == (data, [])
    if not form.blocking:
        assert found == []
    if not found:
        assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*ACCEPTING, *MADE_UP])
def test_answers_that_the_form_takes_fit_its_schema(name, language):
    @budget(max_examples=6, database=None, derandomize=True)
    @given(typed(name))
    def check(data):
        compare(name, language, data)

    check()


@budget(max_examples=150)
@given(st.sampled_from([*MADE_UP]).flatmap(lambda name: st.tuples(st.just(name), typed(name))))
def test_schema_and_form_agree_on_what_is_lacking(case):
    name, data = case
    compare(name, "en", data)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*ACCEPTING, *MADE_UP])
def test_schema_is_valid_and_takes_a_whole_form(name, language):
    form, document = made(name, language)
    Draft202012Validator.check_schema(document["schema"])
    assert document["schema"]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    if name in ACCEPTING:
        answers = answered(ordinary(name), form.steps)
        assert [error.message for error in validator(name, language).iter_errors(answers)] == []


@pytest.mark.parametrize(
    ("changed", "fits"),
    [
        ({}, True),
        ({"unknown": "x"}, False),
        ({"first_name": ""}, False),
        ({"first_name": "", "single_name": True}, True),
        ({"single_name": "yes"}, False),
        ({"citizen": "maybe"}, False),
        ({"home_zip": "9990"}, False),
        ({"last_name": "x" * 121}, False),
        ({"licence": ""}, False),
        ({"licence": "", "id_choice": "none"}, True),
        ({"mailing_different": True}, False),
        ({"no_street_address": True, "home_city": "", "home_zip": "", "home_description": "a tent"}, False),
        ({"previous_registration": "yes"}, False),
        ({"previous_registration": "yes", "previous_city": "Lee", "previous_state": "GA"}, True),
        ({"name_changed": True, "previous_last_name": "Tran"}, True),
    ],
)
def test_schema_knows_conditions_and_shapes(changed, fits):
    form, _document = made("plain", "en")
    answers = {**answered(ordinary("plain"), form.steps), **changed}
    assert validator("plain").is_valid(answers) is fits


def every_field(items: list[dict]) -> list[dict]:
    return [found for item in items for found in (every_field(item["items"]) if "items" in item else [item])]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["plain", *ACCEPTING[:3]])
def test_w09_steps_alone_show_what_the_page_shows(name, language):
    """Whoever holds the document needs nothing more: labels, help, options, order and conditions are in it."""
    form, document = made(name, language)
    shown = [field for step in document["steps"] for field in every_field(step["items"])]
    asked = [field for step in form.steps for field in fields_of(step.items)]
    assert [step["key"] for step in document["steps"]] == [step.key for step in form.steps]
    assert [(each["name"], each["label"], each.get("hint", ""), each.get("optional", False)) for each in shown] == [
        (field.name, field.label, field.hint, field.optional) for field in asked
    ]
    assert [[(choice["value"], choice["label"]) for choice in each.get("choices", [])] for each in shown] == [
        [(choice.value, choice.label) for choice in field.choices] for field in asked
    ]
    ticks = {field.name for field in asked if field.kind == "checkbox"}
    assert [as_the_page(each.get("when", []), ticks) for each in shown] == [condition(field.when) for field in asked]
    assert list(document["schema"]["properties"]) == [field.name for field in asked]


def as_the_page(when: list[dict], ticks: set[str]) -> str:
    """A condition as the page's script reads it."""

    def text(value: str | bool) -> str:
        return {True: "yes", False: ""}[value] if isinstance(value, bool) else value

    assert all(isinstance(value, bool) == (each["field"] in ticks) for each in when for value in each["values"])
    return "|".join(f"{each['field']}={','.join(map(text, each['values']))}" for each in when)


def test_steps_speak_the_language():
    titles = {language: made("plain", language)[1]["steps"][1]["title"] for language in LANGUAGES}
    assert titles["en"] == "Your name"
    assert titles["es"] != titles["en"]


def test_private_inputs_are_marked_so_that_nobody_echoes_them():
    document = made("plain", "en")[1]
    private = [each["name"] for step in document["steps"] for each in every_field(step["items"]) if each.get("private")]
    assert private == ["licence", "ssn4"]
    assert [document["schema"]["properties"][name]["writeOnly"] for name in private] == [True, True]


def test_schema_follows_the_boxes_of_the_form():
    needs = replace(place("plain").needs, boxes=frozenset({"1", "2"}))
    form = ApplicationForm(replace(place("plain"), needs=needs))
    assert "telephone" not in schema.schema(form.steps, needs)["properties"]
    assert isinstance(form.bound(())[0].items[0], BoundField)
