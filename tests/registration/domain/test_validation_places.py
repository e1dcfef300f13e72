"""Home, mailing and previous address."""

import pytest

from registration.applicant import Address, HomeLocation
from registration.domain.validation import Problem, problems
from tests.registration.domain.jefferson import ELECTION, ON, complete, jefferson


def found(applicant, rules=None):
    return problems(applicant, rules or jefferson(), ELECTION, on=ON)


def home(street="12 Elm St", city="Monticello", zip_code="99901", **more):
    return Address(street=street, city=city, state="JF", zip_code=zip_code, **more)


ODD_STREETS = [
    "123 1/2 Main St", "123½ Main St", "N6W23001 Bluemound Rd", "100 S 200 E", "37-10 114th St", "5th & Main",
    "12 O'Brien St", "12 O’Brien St", "RR 2 Box 18", "HC 3 Box 12", "Urb. Las Gladiolas, 150 Calle A",
    "URB Las Lomas 150", "Cond. Mar Azul, Edif. 2", "1 Calle Ñandú", "Corner of 5th and Elm (blue house)", "½ Elm",
    "9 Kalākaua Ave", "12-A Elm", "County Road 12, 3 mi. N of US-30", "Poe Box Road 3",
    "#7 Bayou Ln", "77 (rear) Oak St",
    "Mile 42 Steese Hwy", "1", "三番町 5",
]  # fmt: skip


@pytest.mark.parametrize("street", ODD_STREETS)
def test_odd_streets_pass_untouched(street):
    assert found(complete(home=home(street))) == ()


@pytest.mark.parametrize(
    "street", ["PO Box 12", "P.O. Box 12", "p o box A", "POB 12", "Post Office Box 9", "Apartado 12"]
)
def test_a_po_box_as_home_points_to_the_mailing_address(street):
    assert found(complete(home=home(street))) == (Problem("home_po_box", "home_street"),)


@pytest.mark.parametrize(
    "address",
    [
        home("PSC 1234 Box 5"),
        home("CMR 9, Box 77"),
        home("Unit 45 Box 6"),
        home("12 Elm St", "APO"),
        home("USS Nimitz"),
    ],
)
def test_a_military_post_office_as_home_points_to_the_mailing_address(address):
    assert found(complete(home=address)) == (Problem("home_military", "home_street"),)


def test_general_delivery_as_home_points_to_the_description():
    assert found(complete(home=home("General Delivery"))) == (Problem("home_general_delivery", "home_street"),)


def test_a_home_in_another_state_is_pointed_out():
    assert found(complete(home=Address("1 Peachtree St", "", "Atlanta", "GA", "30303"))) == (
        Problem("home_state_other", "home_street"),
    )


@pytest.mark.parametrize("zip_code", ["9990", "999011", "ABCDE", "99901-", "99901-12", "٩٩٩٠١"])
def test_a_zip_of_another_shape_is_pointed_out(zip_code):
    assert found(complete(home=home(zip_code=zip_code))) == (Problem("zip_shape", "home_zip"),)


@pytest.mark.parametrize("zip_code", ["99901", "99901-1234", "999011234", " 99901 "])
def test_a_zip_of_5_or_9_digits_passes(zip_code):
    assert found(complete(home=home(zip_code=zip_code))) == ()


def test_a_zip_of_another_state_is_only_a_notice():
    assert found(complete(mailing=Address("1 Peachtree St", "", "Atlanta", "GA", "36101"))) == (
        Problem("zip_state_mismatch", "mailing_zip", {"zip": "36101", "place": "GA"}, advisory=True),
    )


def test_a_unit_in_the_street_line_is_only_a_notice():
    assert found(complete(home=home("12 Elm St Apt 4B"))) == (
        Problem("unit_in_street", "home_street", {"street": "12 Elm St", "unit": "Apt 4B"}, advisory=True),
    )


MAIL = Address("PO Box 12", "", "Monticello", "GA", "31064")


def test_no_street_address_needs_a_description_and_an_address_for_mail():
    assert found(complete(home=Address(), no_street_address=True)) == (
        Problem("home_description_required", "home_description"),
        Problem("mailing_required", "mailing_street"),
    )


@pytest.mark.parametrize("part", ["description", "crossroads", "landmarks"])
def test_any_part_of_a_description_is_enough(part):
    person = complete(
        home=Address(),
        no_street_address=True,
        home_location=HomeLocation(**{part: "under the old bridge"}),
        mailing=MAIL,
    )
    assert found(person) == ()


def test_an_absurdly_long_description_is_bounded():
    place = HomeLocation(description="x" * 301)
    person = complete(home=Address(), no_street_address=True, home_location=place, mailing=MAIL)
    assert found(person) == (Problem("too_long", "home_description", {"limit": 300}),)


@pytest.mark.parametrize(
    "address",
    [
        MAIL,
        Address("General Delivery", "", "Atlanta", "GA", "30303"),
        Address("PSC 1234 Box 5", "", "APO", "AE", "09012"),
        Address("Unit 45 Box 6", "", "FPO", "AP", "96606-2783"),
        Address("Urb. Las Gladiolas, 150 Calle A", "", "San Juan", "PR", "00926"),
    ],
)
def test_mail_goes_anywhere_the_post_goes(address):
    assert found(complete(mailing=address)) == ()


def test_an_empty_mailing_address_is_asked_for_part_by_part():
    assert [(each.code, each.field) for each in found(complete(mailing=Address()))] == [
        ("street_required", "mailing_street"), ("city_required", "mailing_city"),
        ("state_required", "mailing_state"), ("zip_required", "mailing_zip"),
    ]  # fmt: skip


def test_a_state_that_is_none_is_pointed_out():
    assert found(complete(mailing=Address("1 Elm", "", "Atlanta", "ZZ", "30303"))) == (
        Problem("state_unknown", "mailing_state"),
    )


def test_a_forgotten_previous_street_and_zip_are_no_wall():
    assert found(complete(previous_address=Address("", "", "Atlanta", "GA", ""))) == (
        Problem("previous_street_missing", "previous_street", advisory=True),
    )


REQUIRED = {"nvra_form": {"previous_address_required": True}}


def test_where_box_b_is_required_it_is_asked_about():
    assert found(complete(), jefferson(**REQUIRED)) == (
        Problem("previous_registration_required", "previous_registration"),
    )
    assert found(complete(never_registered=True), jefferson(**REQUIRED)) == ()


def test_where_box_b_is_required_its_street_is():
    person = complete(previous_address=Address("", "", "Atlanta", "GA", ""))
    assert found(person, jefferson(**REQUIRED)) == (Problem("street_required", "previous_street"),)


def test_no_street_address_beside_a_street_is_asked_about():
    place, mail = HomeLocation("Blue tent"), Address("PO Box 1", "", "Atlanta", "GA", "30303")
    person = complete(home=home(), no_street_address=True, home_location=place, mailing=mail)
    assert found(person) == (Problem("home_street_conflict", "home_street"),)


def test_description_without_its_tick_is_asked_about():
    person = complete(home_location=HomeLocation("Blue tent"))
    assert found(person) == (Problem("home_description_conflict", "no_street_address"),)
