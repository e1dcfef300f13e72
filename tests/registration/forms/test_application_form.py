"""The form says what the domain says, once, and beside the right input."""

import pytest

from registration.forms.application_form import ApplicationForm
from registration.forms.bound import BoundField, BoundGroup


def codes(form: ApplicationForm) -> list[tuple[str, str]]:
    return [(complaint.code, complaint.field) for complaint in form.complaints]


def every_field(items) -> list[BoundField]:
    found = []
    for item in items:
        found += every_field(item.items) if isinstance(item, BoundGroup) else [item]
    return found


def test_complaints_of_a_good_form_are_none(setting, answers):
    assert codes(ApplicationForm(setting, answers)) == []


def test_complaint_has_words_and_the_anchor_of_its_input(setting, answers):
    del answers["first_name"]
    (complaint,) = ApplicationForm(setting, answers).complaints
    assert (complaint.code, complaint.anchor, complaint.advisory) == ("first_name_required", "id_first_name", False)
    assert complaint.message == "Enter your first name, or check “I have one name.”"


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"id_choice": "none"}, "id_choice_conflict", "id_choice"),
        ({"id_choice": "ssn4", "ssn4": "9041"}, "id_choice_conflict", "id_choice"),
        ({"party_other": "Pirate"}, "party_choice_conflict", "party_choice"),
        ({"party_choice": "none", "party_other": "Pirate"}, "party_choice_conflict", "party_choice"),
    ],
)
def test_choice_beside_something_that_it_leaves_out_is_asked_about(setting, answers, sent, code, field):
    (complaint,) = ApplicationForm(setting, {**answers, **sent}).complaints
    assert (complaint.code, complaint.field, complaint.advisory) == (code, field, False)
    assert answers["licence"] not in complaint.message


def test_number_is_never_sent_to_the_step_check_so_it_has_no_conflict(setting, answers):
    form = ApplicationForm(setting, {"id_choice": "none", "licence": "J1234567"})
    assert form.complaints_of(form.step("numbers")) == ()


def test_birth_date_that_was_written_and_is_not_real(setting, answers):
    answers["birth_day"] = "31"
    (complaint,) = ApplicationForm(setting, answers).complaints
    assert (complaint.code, complaint.anchor) == ("birth_date_not_real", "id_birth_month")


def test_birth_date_that_is_empty(setting, answers):
    answers.update(birth_month="", birth_day="", birth_year="")
    assert codes(ApplicationForm(setting, answers)) == [("birth_date_required", "birth_date")]


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_other_rule_asks_for_an_official_once(setting, answers, answer):
    answers["other_rule"] = answer
    form = ApplicationForm(setting, answers)
    assert [(each.code, each.field, each.advisory) for each in form.complaints] == [
        ("ask_official", "other_rule", True)
    ]
    assert form.assessment.outcome == "ask_official"
    answers["notices_seen"] = form.notices_shown
    assert codes(ApplicationForm(setting, answers)) == []


def test_notice_that_was_seen_does_not_hide_a_problem(setting, answers):
    answers.update(first_name="", notices_seen="first_name_required:first_name")
    assert codes(ApplicationForm(setting, answers)) == [("first_name_required", "first_name")]


def test_notices_seen_keeps_only_words(setting):
    form = ApplicationForm(setting, {"notices_seen": 'a:b a:b "><script> c zip_state_mismatch:home_zip'})
    assert form.notices_seen == ("a:b", "zip_state_mismatch:home_zip")


def test_step_check_speaks_of_its_own_step_only(setting):
    form = ApplicationForm(setting, {"step": "name"})
    fields = {complaint.field for complaint in form.complaints_of(form.step("name"))}
    assert fields == {"first_name", "last_name"}


def test_step_check_without_the_number_does_not_miss_it(setting):
    form = ApplicationForm(setting, {"id_choice": "licence"})
    assert form.complaints_of(form.step("numbers")) == ()


def test_step_check_without_a_choice_asks_for_one(setting):
    form = ApplicationForm(setting, {})
    assert [each.code for each in form.complaints_of(form.step("numbers"))] == ["id_required"]


def test_bound_steps_keep_everything_but_the_number(setting, answers):
    answers["first_name"] = ""
    form = ApplicationForm(setting, answers)
    fields = {bound.field.name: bound for step in form.bound(form.complaints) for bound in every_field(step.items)}
    assert fields["last_name"].value == "Nguyễn"
    assert fields["licence"].value == ""
    assert fields["id_choice"].value == "licence"
    assert fields["first_name"].messages == ("Enter your first name, or check “I have one name.”",)
    assert [step.step.key for step in form.bound(form.complaints) if step.has_problems] == ["name"]


def test_form_with_something_in_the_trap_is_trapped(setting):
    assert ApplicationForm(setting, {"website": "x"}).is_trapped is True
    assert ApplicationForm(setting, {"website": ""}).is_trapped is False


def test_repr_shows_no_answer(setting, answers):
    assert "J1234567" not in repr(ApplicationForm(setting, answers))
