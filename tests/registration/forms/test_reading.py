"""Posted text becomes an Applicant, and nothing else happens to it."""

from datetime import date

import pytest

from registration.applicant import Address, Helper, HomeLocation, IdNumber, Name
from registration.forms.reading import Answers, applicant_from


@pytest.fixture
def read(setting):
    return lambda data, needs=None: applicant_from(data, needs or setting.needs, "JF")


def test_applicant_of_a_whole_form(read, answers):
    applicant = read(answers)
    assert applicant.name == Name(last="Nguyễn", first="Łukasz")
    assert applicant.birth_date == date(1986, 4, 28)
    assert applicant.home == Address("123 1/2 Main St", "", "Monticello", "JF", "99901")
    assert applicant.id_number == IdNumber(licence="J1234567")
    assert (applicant.citizen, applicant.eighteen, applicant.other_rule) == ("yes", "yes", "no")
    assert (applicant.party, applicant.race) == ("Whig", "Hispanic")
    assert (applicant.previous_name, applicant.mailing, applicant.previous_address, applicant.helper) == (None,) * 4
    assert applicant.never_registered is True


def test_text_keeps_every_letter_and_loses_outer_white_space_and_line_breaks():
    answers = Answers({"home_description": "  blue trailer,\r\n  north of O‘Brien’s ½ mile \n"})
    assert answers.text("home_description") == "blue trailer, north of O‘Brien’s ½ mile"


@pytest.mark.parametrize(
    ("month", "day", "year"), [("2", "30", "1990"), ("", "", ""), ("x", "1", "1990"), ("1", "1", "90")]
)
def test_birth_date_that_is_none_when_it_is_no_real_date(read, answers, month, day, year):
    answers.update(birth_month=month, birth_day=day, birth_year=year)
    assert read(answers).birth_date is None


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("licence", IdNumber(licence="A1")),
        ("ssn4", IdNumber(ssn4="9041")),
        ("ssn", IdNumber(ssn="219-09-9041")),
        ("both", IdNumber(licence="A1", ssn4="9041")),
        ("other", IdNumber(other="T7")),
        ("none", IdNumber(none=True)),
        ("", IdNumber(licence="A1", ssn4="9041", ssn="219-09-9041", other="T7")),
        ("forged", IdNumber(licence="A1", ssn4="9041", ssn="219-09-9041", other="T7")),
    ],
)
def test_id_number_is_the_one_that_the_choice_names(read, choice, expected):
    data = {"id_choice": choice, "licence": "A1", "ssn4": "9041", "ssn": "219-09-9041", "id_other": "T7"}
    assert read(data).id_number == expected


def test_mailing_address_without_its_tick_is_kept(read):
    data = {"mailing_street": "PO Box 7", "mailing_city": "Monticello", "mailing_state": "JF", "mailing_zip": "99901"}
    assert read(data).mailing == Address("PO Box 7", "", "Monticello", "JF", "99901")


def test_mailing_address_that_is_ticked_and_empty_is_there_to_be_complained_of(read):
    assert read({"mailing_different": "yes"}).mailing == Address()


def test_mailing_state_alone_is_no_address(read):
    assert read({"mailing_state": "JF"}).mailing is None


def test_previous_name_and_address_when_ticked(read):
    applicant = read({"name_changed": "yes", "previous_last_name": "Tran", "previous_registration": "yes"})
    assert applicant.previous_name == Name(last="Tran")
    assert applicant.previous_address == Address()
    assert applicant.never_registered is False


def test_single_name_when_ticked(read):
    assert read({"single_name": "yes", "last_name": "Suharto"}).name == Name(last="Suharto", single=True)


def test_single_name_beside_a_full_name_drops_neither(read):
    data = {"single_name": "yes", "last_name": "Tran", "first_name": "Anh"}
    assert read(data).name == Name(last="Tran", first="Anh")


def test_home_without_a_street(read):
    data = {"no_street_address": "yes", "home_description": "under the bridge", "home_crossroads": "5th & Main"}
    applicant = read(data)
    assert applicant.no_street_address is True
    assert applicant.home_location == HomeLocation("under the bridge", "5th & Main", "")


@pytest.mark.parametrize(
    ("choice", "other", "expected"),
    [
        ("Whig", "", "Whig"),
        ("none", "", "Unaffiliated"),
        ("other", "Pirate", "Pirate"),
        ("", "", ""),
        ("Forged", "", ""),
    ],
)
def test_party_in_the_words_that_print(read, choice, other, expected):
    assert read({"party_choice": choice, "party_other": other}).party == expected


def test_helper_when_ticked_or_written(read):
    assert read({"helped": "yes"}).helper == Helper()
    assert read({"helper_name": "Ana Cruz"}).helper == Helper(name="Ana Cruz")


def test_boxes_that_the_form_does_not_show_are_not_read(read, with_boxes):
    data = {"name_changed": "yes", "mailing_street": "PO Box 7", "previous_street": "1 Elm", "helped": "yes"}
    applicant = read(data, with_boxes("1", "2").needs)
    assert (applicant.previous_name, applicant.mailing, applicant.previous_address, applicant.helper) == (None,) * 4


def test_choices_of_boxes_that_the_form_does_not_show_are_not_read(read, answers, with_boxes):
    answers.update(telephone="4" * 9000, id_choice="other", id_other="7" * 9000, race="x" * 9000, party_choice="other")
    answers["party_other"] = "x" * 9000
    applicant = read(answers, with_boxes("1", "2").needs)
    assert (applicant.telephone, applicant.id_number, applicant.party, applicant.race) == ("", IdNumber(), "", "")


@pytest.mark.parametrize("field", ["citizen", "eighteen", "other_rule", "suffix", "title"])
def test_value_outside_its_list_is_no_answer(read, field):
    applicant = read({field: "forged", "last_name": "Tran"})
    assert applicant == read({"last_name": "Tran"})
