"""Which steps and inputs a form has follows from what its jurisdiction wants."""

import re
from dataclasses import replace

import pytest
from django.utils import translation

from registration.forms.application_form import ApplicationForm
from registration.forms.bound import condition
from registration.forms.choice_steps import id_choices, party_choices
from registration.forms.shapes import When, fields_of
from registration.forms.steps import steps_for
from state_rules import JURISDICTIONS, Rule, form_needs, load, next_general
from state_rules.jurisdiction import IdNumberRule, PartyRule


def keys(setting) -> list[str]:
    return [step.key for step in steps_for(setting.needs, setting.jurisdiction, setting.election)]


def names(setting) -> list[str]:
    steps = steps_for(setting.needs, setting.jurisdiction, setting.election)
    return [field.name for step in steps for field in fields_of(step.items)]


def test_steps_of_a_form_with_every_box(setting):
    assert keys(setting) == ["eligibility", "name", "address", "previous", "numbers", "choices", "helper"]


def test_steps_of_a_request_ask_only_for_name_and_address(with_boxes):
    request = with_boxes("1", "2", "3", acceptance="request_only")
    assert keys(request) == ["name", "address"]
    assert "citizen" not in names(request)
    assert "no_street_address" in names(request)


def test_inputs_have_one_name_each(setting):
    found = names(setting)
    assert sorted(set(found)) == sorted(found)


def test_private_inputs_are_the_numbers_and_nothing_else(setting):
    setting = replace(setting, needs=replace(setting.needs, id_number=_rule(setting, full_ssn_optional=True)))
    steps = steps_for(setting.needs, setting.jurisdiction, setting.election)
    private = [field.name for step in steps for field in fields_of(step.items) if field.private]
    assert private == ["licence", "ssn4", "ssn"]


def _rule(setting, **changes):
    version = setting.needs.id_number
    return replace(version, value=replace(version.value, **changes))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (IdNumberRule("licence_or_ssn4"), ["licence", "ssn4", "none"]),
        (IdNumberRule("licence_or_ssn4", full_ssn_optional=True), ["licence", "ssn4", "ssn", "none"]),
        (IdNumberRule("licence_or_ssn4", if_none="other_id"), ["licence", "ssn4", "other", "none"]),
        (IdNumberRule("licence_and_ssn4"), ["both", "licence", "ssn4", "none"]),
        (IdNumberRule("full_ssn"), ["ssn", "none"]),
        (IdNumberRule("ssn4_or_full_ssn"), ["ssn4", "ssn", "none"]),
    ],
)
def test_id_choices_follow_the_rule(rule, expected):
    assert [choice.value for choice in id_choices(rule)] == expected


NUMBERS = {
    "licence": [
        "057123456", " S530-4608-9057 ", "DOE**MJ501P1", "12/34", "A", "X" * 25, "X" * 26, "12_34", "№ 5", "-1", "",
    ],
    "ssn4": ["9041", " 9041", "0000", "904", "90411", "٩٠٤١", ""],
    "ssn": [
        "219-09-9041", "219 09 9041", " 219099041 ", "000-12-3456", "666-12-3456", "900-12-3456", "219-00-3456",
        "219-09-0000", "21909904", "2190990411", "",
    ],
    "id_other": ["Tribal ID 77", "X" * 40, "X" * 41, "---", ""],
}  # fmt: skip


@pytest.mark.parametrize(("name", "number"), [(name, number) for name, found in NUMBERS.items() for number in found])
def test_pattern_of_a_number_lets_pass_only_what_the_validation_takes(setting, answers, name, number):
    rule = _rule(setting, kind="licence_or_ssn4", full_ssn_optional=True, if_none="other_id")
    jurisdiction = replace(setting.jurisdiction, id_number=Rule((rule,)))
    setting = replace(setting, jurisdiction=jurisdiction, needs=replace(setting.needs, id_number=rule))
    fields = {field.name: field for step in ApplicationForm(setting).steps for field in fields_of(step.items)}
    sent = {**answers, "licence": "", "id_choice": name.removeprefix("id_"), name: number}
    taken = not ApplicationForm(setting, sent).blocking
    assert bool(re.fullmatch(fields[name].pattern, number)) == (taken and number != "---")


def test_party_choices_use_the_states_own_word_for_none():
    rule = PartyRule(asked=True, parties=("Whig",), no_party="Unaffiliated")
    found = [(choice.value, choice.label) for choice in party_choices(rule)]
    assert found == [("Whig", "Whig"), ("other", "Another party"), ("none", "Unaffiliated")]


def test_no_party_in_spanish_shows_what_prints():
    with translation.override("es"):
        found = {choice.value: choice.label for choice in party_choices(PartyRule(asked=True))}
    assert found["none"].endswith(" (No party)")
    assert found["none"] != "No party (No party)"


def test_condition_in_the_script_s_words():
    assert condition(None) == ""
    assert condition(When("id_choice", ("licence", "both"))) == "id_choice=licence,both"
    assert condition(When("mailing_different", either=When("no_street_address"))) == (
        "mailing_different=yes|no_street_address=yes"
    )


@pytest.mark.parametrize("code", JURISDICTIONS)
def test_every_input_hangs_on_an_input_of_its_own_step(code, on):
    jurisdiction = load(code)
    needs = form_needs(jurisdiction, on)
    for step in steps_for(needs, jurisdiction, next_general(code, on)):
        own = {field.name for field in fields_of(step.items)}
        assert {field.when.field for field in fields_of(step.items) if field.when} <= own
