"""What people wrote is found however it is written, and nothing else is."""

import base64
import zlib
from dataclasses import asdict

import pytest

from drills import canary_people, searching
from drills.people import API, WEB, Crowd
from drills.searching import BASE64, HEX, KINDS, PLAIN, SPELLINGS, Find, Finder, control, search_folder
from registration.domain.sealing import normal_reference
from registration.forms.application_form import ApplicationForm
from tests.registration.test_every_jurisdiction import setting

CROWD = Crowd(1, "test")
FINDER = Finder(CROWD)
#: Their numbers are of three kinds, so that all kinds of words are among the people's.
PEOPLE = [canary_people.canary(CROWD, index, WEB, state) for index, state in ((3, "MO"), (4, "KY"))]


@pytest.mark.django_db
@pytest.mark.parametrize("state", canary_people.STATES)
def test_s40_people_fill_in_the_whole_form_of_their_state(state):
    person = canary_people.canary(CROWD, 7, WEB, state)
    form = ApplicationForm(setting(state), person.answers)
    assert [(each.code, each.field) for each in form.complaints] == []
    applicant = str(asdict(form.applicant))
    written = (canary_people.NAMES | canary_people.ADDRESSES).values()
    assert [name for name in written if person.answers[name] not in applicant] == []


@pytest.mark.parametrize("door", [WEB, API])
def test_s40_references_are_such_as_the_service_takes(door):
    known = {canary_people.reference(CROWD, index, door) for index in range(canary_people.MOST)}
    assert len(known) == canary_people.MOST
    assert {normal_reference(each) for each in known} == known


def test_s40_birth_dates_are_one_for_each_person():
    assert len({canary_people.born(index) for index in range(canary_people.MOST)}) == canary_people.MOST


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_s40_every_kind_of_word_is_found_in_every_spelling(spelling):
    text = "\n".join(word for person in PEOPLE for word in canary_people.words(person))
    found = FINDER.look(control(text)[spelling])
    assert {each.kind for each in found} == set(KINDS)
    assert {each.spelling for each in found} == {spelling}
    assert {each.who for each in found} == {3, 4, -1}


def kinds(data, **how):
    return sorted({(each.kind, each.who) for each in FINDER.look(data, **how)})


@pytest.mark.parametrize(
    "text",
    ["1925-05-05", "05/05/1925", "5/5/1925", "5%2F5%2F1925", "May 5, 1925", "5 de mayo de 1925", "19250505"],
)
def test_s40_birth_date_is_found_however_it_is_written(text):
    assert kinds(f"x {text} y".encode()) == [("birth date", 4)]


@pytest.mark.parametrize("text", ["+19075550104", "(907) 555-0104", "907-555-0104", "907.555.0104"])
def test_s40_telephone_is_found_however_it_is_written(text):
    assert kinds(f"x {text} y".encode()) == [("telephone", 4)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("219-09-0904", "Social Security number"),
        ("219090904", "Social Security number"),
        ('"0904"', "its last 4"),
        ("ssn4=0904&x", "its last 4"),
    ],
)
def test_s40_social_security_number_is_found(text, kind):
    assert (kind, 4) in kinds(f"x {text} y".encode())


def test_s40_answer_of_a_word_and_whom_an_address_was_given_to_are_told():
    person = PEOPLE[0]
    text = f"{person.answers['home_street']} {canary_people.email(CROWD, 3, canary_people.FOR_PARTNER)}".encode()
    assert FINDER.look(text) == {Find("address", 3, PLAIN, "home_street"), Find("e-mail", 3, PLAIN, "k")}


@pytest.mark.parametrize("shift", range(4))
def test_s40_base64_is_found_at_every_offset_also_in_a_database_file(shift):
    encoded = base64.b64encode(b"q" * shift + PEOPLE[0].answers["last_name"].encode() + b"rest")
    assert {each.spelling for each in FINDER.look(encoded)} == {BASE64}
    assert {each.spelling for each in FINDER.look(encoded, deep=False)} == {BASE64}
    assert {each.spelling for each in FINDER.look(encoded.hex().encode())} == {HEX}


def test_s40_word_within_a_compressed_text_within_base64_is_found():
    packed = base64.b64encode(zlib.compress(b"Dear " + PEOPLE[0].answers["first_name"].encode()))
    assert {(each.kind, each.who) for each in FINDER.look(packed)} == {("name", 3)}


def test_s40_search_is_silent_where_nothing_is(tmp_path):
    log = (
        '{"at": "2026-11-27T09:12:04.0912Z", "milliseconds": 904.1, "id_choice": "ssn4", "row": "0199-0904"} 0700 +0904'
    )
    (tmp_path / "web.log").write_text(log)
    (tmp_path / "data").write_bytes(bytes(range(256)) * 40)
    searched = search_folder(FINDER, tmp_path)
    assert (searched.files, searched.bytes, searched.found) == (2, len(log) + 256 * 40, {})


def test_s40_folder_tells_the_file(tmp_path):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "web.log").write_text(PEOPLE[1].answers["last_name"])
    assert search_folder(FINDER, tmp_path).found == {"logs/web.log": {Find("name", 4, PLAIN, "last_name")}}


def test_s40_every_kind_has_a_name():
    assert len(set(KINDS)) == len(KINDS) == 9
    assert searching.SPELLINGS[0] == PLAIN
