"""The boxes of one form and the cover sheet of one state."""

from dataclasses import replace
from datetime import date

import pytest

from registration.applicant import Address, Helper, HomeLocation, IdNumber, Name
from registration.domain import documents
from registration.pdf.content import NvraAnswers, PersonName, PostalAddress
from state_rules import Rule, Source
from tests.registration.domain.jefferson import ELECTION, ON, complete, jefferson

REQUEST = {"nvra_form": {"acceptance": "request_only", "boxes": ("1", "2", "3")}}


def test_every_box_holds_what_was_answered():
    person = complete(
        name=Name("Nguyễn", "Łukasz", "Kahakūʻai", "III", "mr"),
        previous_name=Name("Dvořák", "Łukasz"),
        home=Address("123 1/2 Main St", "4B", "Monticello", "JF", "99901-1234"),
        mailing=Address("PO Box 12", "", "Atlanta", "GA", "30303"),
        previous_address=Address("Urb. Las Gladiolas, 150 Calle A", "", "San Juan", "PR", "00926"),
        telephone="4045550123",
        helper=Helper("Ana Peña", "1 Elm St, Atlanta GA", "404.555.0199"),
        home_location=HomeLocation("not printed: there is a street address"),
    )
    assert documents.nvra_answers(person, jefferson(), ON) == NvraAnswers(
        citizen="yes",
        eighteen="yes",
        name=PersonName("Nguyễn", "Łukasz", "Kahakūʻai", "III", "mr"),
        home=PostalAddress("123 1/2 Main St", "4B", "Monticello", "JF", "99901-1234"),
        mailing=PostalAddress("PO Box 12", "", "Atlanta", "GA", "30303"),
        birth_date=("05", "17", "1990"),
        telephone="4045550123",
        id_number="4321",
        party="Whig",
        race="Hispanic",
        previous_name=PersonName("Dvořák", "Łukasz"),
        previous_address=PostalAddress("Urb. Las Gladiolas, 150 Calle A", "", "San Juan", "PR", "00926"),
        helper="Ana Peña, 1 Elm St, Atlanta GA, 404.555.0199",
    )


def test_without_a_street_box_c_is_filled_and_box_2_has_no_street():
    place = HomeLocation("Camp under the bridge", "Elm and 5th", "Water tower")
    mail = Address("General Delivery", "", "Monticello", "GA", "31064")
    person = complete(home=Address(), no_street_address=True, home_location=place, mailing=mail)
    found = documents.nvra_answers(person, jefferson(), ON)
    assert found.home == PostalAddress(state="JF")
    assert (found.map_description, found.map_crossroads, found.map_landmarks) == (
        "Camp under the bridge", "Elm and 5th", "Water tower",
    )  # fmt: skip
    assert found.mailing.street == "General Delivery"


def test_one_name_stands_in_the_box_of_the_last_name():
    found = documents.nvra_answers(complete(name=Name(last="Sukarno", first="x", single=True)), jefferson(), ON)
    assert found.name == PersonName(last="Sukarno")


def test_no_number_prints_none():
    assert documents.nvra_answers(complete(id_number=IdNumber(none=True)), jefferson(), ON).id_number == "NONE"


@pytest.mark.parametrize(
    ("written", "number", "printed"),
    [
        ("named", IdNumber(licence="123"), "DL: 123"),
        ("named", IdNumber(ssn4="4321"), "SSN: 4321"),
        ("named", IdNumber(licence="123", ssn4="4321"), "DL: 123   SSN: 4321"),
        ("named", IdNumber(none=True), "NONE"),
        ("named", IdNumber(), ""),
        ("none_before_ssn4", IdNumber(ssn4="4321"), "NONE   4321"),
        ("none_before_ssn4", IdNumber(licence="123"), "123"),
    ],
)
def test_number_is_written_as_the_state_wants_it_and_reviewed_so(written, number, printed):
    rules, person = jefferson(id_number={"written": written}), complete(id_number=number)
    assert documents.nvra_answers(person, rules, ON).id_number == printed
    assert dict(documents.review(person, rules, ON)).get("id_number", "") == printed


def test_never_registered_prints_na_only_where_box_b_is_required():
    person = complete(never_registered=True)
    required = jefferson(nvra_form={"previous_address_required": True})
    assert documents.nvra_answers(person, required, ON).previous_address == PostalAddress(street="N/A")
    assert documents.nvra_answers(person, jefferson(), ON).previous_address == PostalAddress()


def test_boxes_that_the_state_does_not_want_stay_empty():
    found = documents.nvra_answers(complete(telephone="4045550123"), jefferson(**REQUEST), ON)
    assert found == NvraAnswers(
        citizen="yes", eighteen="yes", name=PersonName("Rivera", "Ana"),
        home=PostalAddress("12 Elm St", "", "Monticello", "JF", "99901"),
    )  # fmt: skip


def test_review_is_what_prints_in_the_order_of_the_form():
    assert documents.review(complete(), jefferson(), ON) == (
        ("citizen", "yes"), ("eighteen", "yes"), ("name.last", "Rivera"), ("name.first", "Ana"),
        ("home.street", "12 Elm St"), ("home.city", "Monticello"), ("home.state", "JF"), ("home.zip_code", "99901"),
        ("birth_date", "05/17/1990"), ("id_number", "4321"), ("party", "Whig"), ("race", "Hispanic"),
    )  # fmt: skip


def test_cover_sheet_says_what_to_do_and_by_when():
    sheet = documents.cover_sheet(jefferson(), ELECTION, "en", ON)
    assert sheet.title == "How to finish your voter registration application"
    assert sheet.subtitle == "Jefferson · General election on Tuesday, November 3, 2026"
    assert sheet.mail_by == (
        "Mail it so that it is postmarked by Monday, October 5, 2026. "
        "Mail it now if you can: other elections, such as local ones, may come sooner."
    )
    assert sheet.warning == "You are not registered to vote until your election office confirms it."
    assert sheet.mail_to == ("Secretary of State", "Elections Division", "1 Capitol Square", "Monticello, JF 99901")
    assert [note.heading for note in sheet.notes] == [
        "Question 2: will you be 18?", "Box 6: ID number", "Box 7: choice of party", "Box 8: race or ethnic group",
        "Box 9: sign only if you meet your state's rules",
    ]  # fmt: skip
    assert (sheet.uncertain, sheet.request_only, sheet.oath) == ("", "", "")
    assert len(sheet.steps) == 7


@pytest.mark.parametrize(
    ("age", "form", "told"),
    [
        ({"min_years": 17, "min_months": 6}, {}, True),
        ({"min_years": 0, "min_months": 0, "pre_years": 16}, {}, True),
        ({"min_years": 0, "min_months": 0, "days_before_18": 90}, {}, True),
        ({"min_years": 0, "min_months": 0}, {}, False),
        ({"min_years": 0, "min_months": 0, "turns_18_by": "next_election"}, {}, False),
        ({"min_years": 17}, {"eighteen_means_first_vote": True}, False),
    ],
)
def test_cover_tells_the_young_not_to_stop_only_where_they_are_signed_up(age, form, told):
    sheet = documents.cover_sheet(jefferson(age=age, nvra_form=form), ELECTION, "en", ON)
    assert ("Question 2: will you be 18?" in [note.heading for note in sheet.notes]) is told


def test_doubtful_proof_of_citizenship_is_named_on_the_cover():
    rules = jefferson()
    version = replace(rules.citizenship_proof.versions[-1], confidence="low")
    rules = replace(rules, citizenship_proof=Rule((version,)))
    assert documents.cover_sheet(rules, ELECTION, "en", ON).uncertain == (
        "We are not sure of: proof of citizenship. Confirm with the election office: (404) 555-0100."
    )


def test_cover_sheet_names_the_ways_left_when_it_is_too_late_to_mail():
    sheet = documents.cover_sheet(jefferson(), ELECTION, "en", date(2026, 10, 6))
    assert sheet.mail_by == (
        "The last day to mail it for this election was Monday, October 5, 2026. "
        "You can still mail the form for later elections."
    )
    assert sheet.steps[0] == (
        "You can still register for this election in another way. "
        "As a last chance, you can register in person by the time the polls close on Tuesday, November 3, 2026. "
        "Where: your polling place. What to bring: photo identification and proof of where you live."
    )


def test_cover_sheet_of_a_request_says_so_and_asks_for_no_signature():
    sheet = documents.cover_sheet(jefferson(**REQUEST), ELECTION, "en", ON)
    assert sheet.request_only == (
        "In Jefferson this form does not register you. It asks for the state's own registration form."
    )
    assert sheet.mail_by == "Mail it as soon as you can. The state's own form must be back by Monday, October 5, 2026."
    assert (sheet.notes, len(sheet.steps)) == ((), 4)


def test_cover_sheet_for_a_local_office_has_no_state_address():
    rules = jefferson(mail_to={"lines": (), "local": "required", "local_url": "https://clerks.example/"})
    sheet = documents.cover_sheet(rules, ELECTION, "en", ON)
    assert sheet.mail_to == ()
    assert sheet.mail_to_hint == (
        "Mail it to your town, city or county election office. Find the address at https://clerks.example/."
    )


def test_cover_sheet_cites_what_it_says_of_copies_to_send():
    rules, read = jefferson(citizenship_proof={"documents": "all"}), date(2026, 11, 22)
    for name in ("citizenship_proof", "first_time_mail_id"):
        source = Source(name, f"An act on {name}", "statute", retrieved=read)
        version = replace(getattr(rules, name).versions[-1], sources=(source,))
        rules = replace(rules, **{name: Rule((version,))})
    cited = documents.cover_sheet(rules, ELECTION, "en", ON).sources
    assert [f"An act on {name} (read {read})" in cited for name in ("citizenship_proof", "first_time_mail_id")] == [
        True,
        True,
    ]


def test_cover_sheet_is_made_once_for_everyone():
    rules = jefferson()
    assert documents.cover_sheet(rules, ELECTION, "en", ON) is documents.cover_sheet(rules, ELECTION, "en", ON)
    assert documents.cover_sheet(jefferson(), ELECTION, "en", date(2026, 9, 2)).mail_by.startswith("Mail it so")


def test_oath_is_carried_verbatim():
    rules = jefferson(nvra_form={"oath": "I swear; so help me God."})
    assert documents.cover_sheet(rules, ELECTION, "en", ON).oath == "I swear; so help me God."


@pytest.mark.parametrize("language", ["en", "es"])
def test_draw_makes_a_pdf(language):
    assert documents.draw(complete(), jefferson(), ELECTION, language, ON)[:5] == b"%PDF-"
