"""Names, age, party, race, helper and the doors that are closed; every problem at once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.applicant import Address, Applicant, Helper, HomeLocation, IdNumber, Name
from registration.domain.validation import PROBLEM_CODES, Problem, birth_date_from, problems
from tests.registration.domain.jefferson import ELECTION, ON, complete, jefferson

ELECTION_DAY = {"election_day": date(2026, 11, 3)}


def found(applicant, rules=None, on=ON):
    return problems(applicant, rules or jefferson(), ELECTION, on=on)


def codes(applicant, rules=None, on=ON):
    return [(each.code, each.field) for each in found(applicant, rules, on)]


def test_complete_answers_have_no_problem():
    assert found(complete()) == ()


def test_empty_answers_give_every_problem_at_once():
    assert codes(Applicant("JF")) == [
        ("citizen_required", "citizen"),
        ("eighteen_required", "eighteen"),
        ("birth_date_required", "birth_date"),
        ("other_rule_required", "other_rule"),
        ("last_name_required", "last_name"),
        ("first_name_required", "first_name"),
        ("street_required", "home_street"),
        ("city_required", "home_city"),
        ("zip_required", "home_zip"),
        ("id_required", "id_choice"),
        ("party_left_blank", "party_choice"),
    ]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("Nguyễn", "Łukasz"), ("O'Brien", "D’Arcy"), ("Kahakūʻai", "Ka‘iulani"), ("van der Berg-Smith", "J"),
        ("王", "小明"), ("김", "민준"), ("عبد الله", "محمد"), ("कुमार", "अमित"), ("Ó", "é"), ("X Æ", "A-12"),
        ("e\u0301tienne", "می\u200cخواهم"),
    ],
)  # fmt: skip
def test_names_in_any_script_pass(last, first):
    assert found(complete(name=Name(last=last, first=first))) == ()


def test_one_name_needs_no_first_name():
    assert found(complete(name=Name(last="Sukarno", single=True))) == ()


def test_one_name_left_empty_is_asked_for():
    assert codes(complete(name=Name(single=True))) == [("single_name_required", "last_name")]


@pytest.mark.parametrize("bad", ["Ana\x00", "A\x07na", "Ana\u202e", "A\ufffd", "\ud800", "A\u2028B", "\ue000"])
def test_characters_that_cannot_print_are_pointed_out(bad):
    assert codes(complete(name=Name(last="Rivera", first=bad))) == [("bad_character", "first_name")]


@pytest.mark.parametrize("unseen", ["\u200b\u200d", "\u3164", "\u2800 \u00a0", "\u2060\ufeff", "\u0301"])
def test_text_of_which_nothing_would_be_seen_is_no_answer(unseen):
    person = complete(name=Name(last=unseen, first=unseen), home=Address(unseen, "", unseen, "JF", "99901"))
    assert codes(person) == [
        ("last_name_required", "last_name"), ("first_name_required", "first_name"),
        ("street_required", "home_street"), ("city_required", "home_city"),
    ]  # fmt: skip


def test_a_name_of_120_characters_passes_and_one_more_does_not():
    assert found(complete(name=Name(last="N" * 120, first="Ana"))) == ()
    assert found(complete(name=Name(last="N" * 121, first="Ana"))) == (
        Problem("too_long", "last_name", {"limit": 120}),
    )


def test_a_previous_name_needs_its_last_name():
    assert codes(complete(previous_name=Name(first="Ana"))) == [("previous_name_required", "previous_last_name")]


def test_not_a_citizen_is_told():
    assert codes(complete(citizen="no")) == [("citizen_no", "citizen")]


@pytest.mark.parametrize(
    ("born", "code"),
    [
        (date(2026, 9, 2), "birth_date_future"),
        (date(1906, 12, 31), "birth_date_too_long_ago"),
    ],
)
def test_impossible_birth_dates_are_pointed_out(born, code):
    assert codes(complete(birth_date=born)) == [(code, "birth_date")]


def test_a_birth_119_years_ago_passes():
    assert found(complete(birth_date=date(1907, 1, 1))) == ()


def test_yes_to_18_from_someone_younger_is_pointed_out():
    assert found(complete(birth_date=date(2008, 11, 4), eighteen="yes")) == (
        Problem("eighteen_but_younger", "eighteen", ELECTION_DAY),
    )


def test_no_to_18_from_someone_who_will_be_is_pointed_out():
    assert found(complete(birth_date=date(2008, 11, 3), eighteen="no")) == (
        Problem("eighteen_but_older", "eighteen", ELECTION_DAY),
    )


def test_no_to_18_is_right_where_people_register_before_18():
    # 17 years and 6 months on 2026-09-01, the state's age; 18 only after the election
    assert found(complete(birth_date=date(2009, 3, 1), eighteen="no")) == ()


def test_too_young_says_from_which_day():
    assert found(complete(birth_date=date(2009, 3, 2), eighteen="no")) == (
        Problem("too_young", "birth_date", {"from_day": date(2026, 9, 2)}),
    )


def test_yes_to_18_passes_where_it_means_the_first_election_one_votes_in():
    rules = jefferson(nvra_form={"eighteen_means_first_vote": True})
    assert found(complete(birth_date=date(2009, 3, 1), eighteen="yes"), rules) == ()


def test_born_on_february_29_is_18_from_march_1():
    rules = jefferson(age={"min_years": 0, "min_months": 0})
    born = date(2008, 2, 29)
    early = problems(complete(birth_date=born, eighteen="yes"), rules, ELECTION, on=date(2026, 2, 28))
    assert early == (Problem("too_young", "birth_date", {"from_day": date(2026, 3, 1)}),)
    assert found(complete(birth_date=born), rules, date(2026, 3, 1)) == ()


def test_the_other_rules_need_an_answer_where_there_are_any():
    assert found(complete(other_rule="")) == (Problem("other_rule_required", "other_rule"),)
    free = jefferson(felony={"category": "never_lost"}, capacity={"category": "none"}, residency={"days": 0})
    assert found(complete(other_rule=""), free) == ()


@pytest.mark.parametrize("answer", ["no", "yes", "unsure"])
def test_each_answer_about_the_other_rules_goes_on(answer):
    assert found(complete(other_rule=answer)) == ()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("2", "29", "2008"), date(2008, 2, 29)),
        ((" 05", "17 ", "1990"), date(1990, 5, 17)),
        (("", "", ""), None),
        (("2", "29", "2007"), Problem("birth_date_not_real", "birth_date")),
        (("13", "1", "1990"), Problem("birth_date_not_real", "birth_date")),
        (("5", "17", "90"), Problem("birth_date_not_real", "birth_date")),
        (("5", "", "1990"), Problem("birth_date_not_real", "birth_date")),
        (("May", "17", "1990"), Problem("birth_date_not_real", "birth_date")),
        (("٥", "17", "1990"), Problem("birth_date_not_real", "birth_date")),
        (("1", "1", "0000"), Problem("birth_date_not_real", "birth_date")),
    ],
)
def test_birth_date_from_three_fields(typed, expected):
    assert birth_date_from(*typed) == expected


def test_party_is_not_looked_at_where_the_state_has_none():
    assert found(complete(party=""), jefferson(party={"asked": False})) == ()


def test_party_left_blank_is_only_a_notice():
    assert found(complete(party="")) == (Problem("party_left_blank", "party_choice", advisory=True),)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("not_asked", ()), ("optional", ()), ("requested", ()),
        ("required", (Problem("race_required", "race"),)),
        ("required_not_fatal", (Problem("race_left_blank", "race", advisory=True),)),
    ],
)  # fmt: skip
def test_race_left_blank_follows_the_rule(asked, expected):
    assert found(complete(race=""), jefferson(race={"asked": asked})) == expected


def test_a_helper_needs_name_and_address():
    assert codes(complete(helper=Helper(telephone="404 555 0123"))) == [
        ("helper_name_required", "helper_name"),
        ("helper_address_required", "helper_address"),
    ]


@pytest.mark.parametrize("acceptance", ["refused", "no_registration", "not_covered"])
def test_no_form_where_none_is_used(acceptance):
    rules = jefferson(nvra_form={"acceptance": acceptance, "boxes": ()})
    assert found(complete(), rules) == (Problem("form_not_used", "", {"acceptance": acceptance}),)


REQUEST = {"nvra_form": {"acceptance": "request_only", "boxes": ("1", "2", "3")}}


def test_a_request_needs_only_name_and_an_address():
    home = Address("12 Elm St", "", "Monticello", "JF", "99901")
    assert found(Applicant("JF", name=Name("Rivera", "Ana"), home=home), jefferson(**REQUEST)) == ()
    mailing = Address("PO Box 1", "", "Atlanta", "GA", "30303")
    assert found(Applicant("JF", name=Name("Rivera", "Ana"), mailing=mailing), jefferson(**REQUEST)) == ()


def test_a_request_without_any_address_is_told():
    assert codes(Applicant("JF", name=Name("Rivera", "Ana")), jefferson(**REQUEST)) == [
        ("street_required", "home_street"), ("city_required", "home_city"), ("zip_required", "home_zip"),
    ]  # fmt: skip


any_text = st.text(max_size=300)
addresses = st.builds(Address, any_text, any_text, any_text, any_text, any_text)


@given(
    name=st.builds(Name, any_text, any_text, any_text, any_text, any_text, st.booleans()),
    home=addresses,
    mailing=st.none() | addresses,
    previous=st.none() | addresses,
    number=st.builds(IdNumber, any_text, any_text, any_text, any_text, st.booleans()),
    place=st.builds(HomeLocation, any_text, any_text, any_text),
    no_street=st.booleans(),
    born=st.none() | st.dates(),
    telephone=any_text,
)
def test_problems_never_raises_and_knows_its_codes(
    name, home, mailing, previous, number, place, no_street, born, telephone
):
    person = complete(
        name=name, previous_name=name, home=home, mailing=mailing, previous_address=previous, id_number=number,
        home_location=place, no_street_address=no_street, birth_date=born, telephone=telephone, party=telephone,
        race=telephone, helper=Helper(telephone, telephone, telephone),
    )  # fmt: skip
    for each in found(person):
        assert tuple(each.params) == PROBLEM_CODES[each.code]
        assert not {number.ssn, number.licence} & {value for value in each.params.values() if value}
