"""What the three inputs of a birth date may hold."""

import pytest

from registration.domain.validation.who import birth_date_from


@pytest.mark.parametrize(
    "typed", [("9" * 20, "1", "1990"), ("1", "9" * 20, "1990"), ("13", "1", "1990"), ("1", "1", "90")]
)
def test_r18_numbers_that_make_no_date_are_a_problem_of_the_birth_date(typed):
    problem = birth_date_from(*typed)
    assert (problem.code, problem.field) == ("birth_date_not_real", "birth_date")
