"""Telephone and identity number, by each kind of rule."""

import pytest

from registration.applicant import IdNumber
from registration.domain.validation import Problem, problems
from tests.registration.domain.jefferson import ELECTION, ON, complete, jefferson


def found(number, **rule):
    rules = jefferson(id_number=rule) if rule else jefferson()
    return problems(complete(id_number=number), rules, ELECTION, on=ON)


LICENCE, SSN4, SSN, NONE = (
    IdNumber(licence="S530-4608-9057"),
    IdNumber(ssn4="4321"),
    IdNumber(ssn="219-09-9999"),
    IdNumber(none=True),
)
BOTH = IdNumber(licence="S530460890", ssn4="4321")
ASKED, ASKED_FULL, ASKED_SSN = (
    (Problem(code, "id_choice"),) for code in ("id_required", "id_required_full_ssn", "id_required_ssn")
)
ONE_OF_BOTH = (Problem("id_both_wanted", "id_choice", advisory=True),)


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("licence_or_ssn4", LICENCE, ()), ("licence_or_ssn4", SSN4, ()), ("licence_or_ssn4", NONE, ()),
        ("licence_or_ssn4", IdNumber(), ASKED), ("licence_or_ssn4", SSN, ASKED),
        ("licence_and_ssn4", BOTH, ()), ("licence_and_ssn4", NONE, ()), ("licence_and_ssn4", IdNumber(), ASKED),
        ("licence_and_ssn4", LICENCE, ONE_OF_BOTH), ("licence_and_ssn4", SSN4, ONE_OF_BOTH),
        ("full_ssn", SSN, ()), ("full_ssn", NONE, ()), ("full_ssn", SSN4, ASKED_FULL),
        ("full_ssn", LICENCE, ASKED_FULL),
        ("ssn4_or_full_ssn", SSN4, ()), ("ssn4_or_full_ssn", SSN, ()), ("ssn4_or_full_ssn", LICENCE, ASKED_SSN),
        ("not_asked", IdNumber(), ()),
    ],
)  # fmt: skip
def test_id_number_follows_the_rule(kind, number, expected):
    assert found(number, kind=kind) == expected


def test_a_full_number_may_be_given_where_it_is_optional():
    assert found(SSN, kind="licence_or_ssn4", full_ssn_optional=True) == ()


def test_nothing_is_asked_where_the_number_is_not_required():
    assert found(IdNumber(), kind="full_ssn", required=False) == ()


def test_another_id_is_enough_where_the_state_says_so():
    assert found(IdNumber(other="Tribal ID 77"), kind="licence_or_ssn4", if_none="other_id") == ()
    assert found(IdNumber(other="Tribal ID 77"), kind="licence_or_ssn4") == ASKED


@pytest.mark.parametrize(
    "ssn",
    ["000-12-3456", "666-12-3456", "900-12-3456", "219-00-3456", "219-09-0000", "12345678", "1234567890", "٢١٩٠٩٩٩٩٩"],
)
def test_a_number_that_was_never_assigned_is_pointed_out(ssn):
    assert found(IdNumber(ssn=ssn), kind="full_ssn") == (Problem("ssn_shape", "ssn"),)


@pytest.mark.parametrize("ssn", ["219099999", "219-09-9999", "219 09 9999"])
def test_a_full_number_passes_with_or_without_hyphens(ssn):
    assert found(IdNumber(ssn=ssn), kind="full_ssn") == ()


@pytest.mark.parametrize("ssn4", ["123", "12345", "0000", "12a4"])
def test_last_four_digits_are_four_digits(ssn4):
    assert found(IdNumber(ssn4=ssn4)) == (Problem("ssn4_shape", "ssn4"),)


@pytest.mark.parametrize("licence", ["057123456", "S530-4608-9057", "DOE**MJ501P1", "A", "12 345 678", "X" * 25])
def test_licences_of_any_state_pass(licence):
    assert found(IdNumber(licence=licence)) == ()


@pytest.mark.parametrize("licence", ["X" * 26, "12_34", "№ 5", "12;34"])
def test_what_no_licence_looks_like_is_pointed_out(licence):
    assert found(IdNumber(licence=licence)) == (Problem("licence_shape", "licence"),)


def test_a_telephone_is_optional_and_an_odd_one_is_only_a_notice():
    assert problems(complete(telephone=""), jefferson(), ELECTION, on=ON) == ()
    assert problems(complete(telephone="404-555-0123"), jefferson(), ELECTION, on=ON) == ()
    assert problems(complete(telephone="555-01"), jefferson(), ELECTION, on=ON) == (
        Problem("phone_impossible", "telephone", advisory=True),
    )


def test_no_number_stands_in_a_problem_or_a_repr():
    number = IdNumber(licence="12_34", ssn4="99", ssn="666123456")
    shown = repr(found(number)) + repr(complete(id_number=number))
    assert [value for value in ("12_34", "666123456") if value in shown] == []
