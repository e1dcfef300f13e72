"""What may stand where, and that a find that may not fails the drill."""

import email.message

import pytest

from drills import canary_page, canary_people, canary_places
from drills.canary_places import Place
from drills.people import WEB, Crowd
from drills.searching import EMAIL, KINDS, NAME, PLAIN, SPELLINGS, Find, Finder, Searched

CROWD = Crowd(1, "test")
FINDER = Finder(CROWD)
PLANTED = tuple(canary_people.canary(CROWD, index, WEB, state) for index, state in ((82, "MO"), (83, "KY")))
PERSON = canary_people.canary(CROWD, 5, WEB, "OH")


@pytest.mark.parametrize("deep", [True, False], ids=["deep", "a database's own files"])
def test_s40_what_is_planted_is_found_in_every_spelling_and_goes_again(tmp_path, deep):
    (tmp_path / "web.log").write_text("a form was made")
    place = canary_places.folder(FINDER, "logs", tmp_path, PLANTED, deep=deep).judge()
    assert place.control == (len(SPELLINGS), len(SPELLINGS))
    assert (place.searched.files, place.searched.bytes, place.leaks) == (1, len("a form was made"), [])
    assert [path.name for path in tmp_path.iterdir()] == ["web.log"]


def test_s40_a_search_that_finds_nothing_fails_its_control(tmp_path):
    blind = Finder(Crowd(2, "other"))
    assert canary_places.folder(blind, "logs", tmp_path, PLANTED).control[0] < len(SPELLINGS)


def test_s40_a_find_is_allowed_by_kind_and_person():
    searched = Searched()
    searched.add("a", 9, {Find(NAME, 5, PLAIN, "last_name"), Find(NAME, 6, PLAIN, "last_name"), Find(EMAIL, 5, PLAIN)})
    place = Place("export", searched, (NAME,), "They agreed.", frozenset({5})).judge()
    assert place.allowed == 1
    assert {(each.kind, each.who) for _where, each in place.leaks} == {(NAME, 6), (EMAIL, 5)}


def mail(text, **headers):
    message = email.message.EmailMessage()
    for name, value in {"Subject": "Your form", "To": PERSON.email, **headers}.items():
        message[name] = value
    message.set_content(text, cte="base64")
    return {"raw": message.as_string(), "to": [PERSON.email]}


def leaks_of_mail(message, asked=frozenset({5})):
    places = canary_places.mails(FINDER, [message], asked)
    return [each.kind for place in places for _where, each in place.judge().leaks]


def test_s40_a_mail_may_name_its_reader_in_to_and_hold_the_code_alone():
    assert leaks_of_mail(mail(f"Open https://vote.example/d/#{PERSON.reference}")) == []
    assert set(leaks_of_mail(mail(f"Dear {PERSON.answers['first_name']}"))) == {NAME}
    assert set(leaks_of_mail(mail("Open it", **{"X-About": PERSON.email}))) == {EMAIL}
    assert leaks_of_mail(mail("Open it"), asked=frozenset({6})) == [EMAIL]
    assert leaks_of_mail(mail("Open it", To=f"{PERSON.answers['last_name']} <{PERSON.email}>")) == [NAME]


def test_s40_export_holds_names_and_the_address_that_was_given(tmp_path):
    given = canary_people.email(CROWD, 5, canary_people.FOR_PARTNER)
    (tmp_path / "contacts.csv").write_text(f"{PERSON.answers['last_name']},{given}\n")
    place, beyond = canary_places.export(FINDER, tmp_path, frozenset({5}))
    assert (place.judge().leaks, beyond) == ([], [])
    (tmp_path / "contacts.csv").write_text(f"{PERSON.answers['helper_name']},{PERSON.email}\n")
    _place, beyond = canary_places.export(FINDER, tmp_path, frozenset({5}))
    assert sorted(beyond) == ["helper_name in contacts.csv", "l in contacts.csv"]


def test_s40_batch_holds_whole_forms_and_a_manifest_of_addresses(tmp_path):
    (tmp_path / "manifest.json").write_text(f"{PERSON.answers['last_name']} {PERSON.answers['mailing_street']}")
    (tmp_path / "x.pdf").write_text(PERSON.answers["licence"])
    places = canary_places.batch(FINDER, tmp_path, frozenset({5}))
    assert [place.judge().leaks for place in places] == [[], []]
    (tmp_path / "manifest.json").write_text(PERSON.answers["licence"])
    places = canary_places.batch(FINDER, tmp_path, frozenset({6}))
    assert [len(place.judge().leaks) for place in places] == [1, 1]


def test_s40_command_line_and_environment_are_looked_at():
    import os
    import subprocess
    import sys

    code = "import sys; print('here', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, PERSON.answers["last_name"]]
    environment = {**os.environ, "WHOSE": PERSON.answers["licence"]}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        place = canary_places.processes(FINDER, [process.pid])
        process.communicate(b"")
    assert {each.kind for _where, each in place.judge().leaks} == {"name", "licence"}


def test_s40_page_shows_each_place_and_each_way():
    place = Place("logs", Searched(2, 1234), control=(6, 6)).judge()
    leaky = Place("mail", Searched(1, 10, {"mail 0": {Find(NAME, 5, PLAIN)}})).judge()
    report = {
        "at": "2026-11-27T09:00:00+00:00", "commit": "abc", "seconds": 170.0, "passed": False,
        "figures": {
            "looked_for": {"people": 1, "words": 17, "kinds": list(KINDS), "spellings": list(SPELLINGS)},
            "places": [place.as_json(), leaky.as_json()],
            "ways": [{"way": "web form", "people": 1, "words": 17, "answers": {"0": 1, "200": 2}, "leaks": 0}],
        },
    }  # fmt: skip
    page = canary_page.text_of(report)
    assert "| logs | 2 | 1,234 | nothing | 0 | 0 | 6 of 6 found |" in page
    assert "| mail | 1 | 10 | nothing | 0 | **1** |  |" in page
    assert "| web form | 1 | 17 | none: 1, 200: 2 | 0 |" in page
    assert "**not everything held**" in page
