"""Every message for every place, far from the last day, near it and after it."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from registration.domain.messages.facts import facts, in_words
from registration.domain.messages.links import links
from registration.domain.messages.rendering import Envelope, letter
from registration.models import Subscription
from registration.phrases import letters, text_messages
from registration.phrases.letters import Links
from state_rules import form_needs, load_all
from tests.registration.messages.conftest import REFERENCE, Tags

pytestmark = pytest.mark.django_db
ELECTION = date(2028, 11, 7)
DAYS = (date(2028, 6, 1), date(2028, 10, 5), date(2028, 10, 30), date(2028, 11, 9))
CODES = [each.code for each in load_all() if form_needs(each, DAYS[0]).acceptance in ("registers", "request_only")]
ABOUT_MAILING = (text_messages.download, text_messages.mailed, text_messages.deadline)
TEXTS = (*ABOUT_MAILING, text_messages.status, text_messages.birthday)


def addresses(code: str, language: str) -> Links:
    plain = links(code, language, REFERENCE)
    return Links(plain.state, plain.code, plain.apply, plain.form, plain.code.replace("/d/", f"/m/#{REFERENCE}"))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("code", CODES)
def test_every_letter_can_be_written(code, language):
    for on in DAYS:
        found = facts(code, ELECTION, on)
        assert found.election.day == ELECTION
        with translation.override(language):
            asked = letters.asked("June 1, 2028", "Enfranchise", "Springfield Library")
            about, where = replace(in_words(found, language), asked=asked), addresses(code, language)
            said = [
                letters.link(about, where, "July 1"),
                letters.download(about, where),
                letters.mailed(about, where),
                letters.deadline(about, where),
                letters.status(about, where),
                letters.birthday(about, where, "July 1"),
            ]
            written = [letter(each, Envelope("a@vote.example", "<a@b>", {}, language)) for each in said]
        for each in written:
            Tags(each.html)
            assert "%(" not in each.text + each.html
            assert "\n\n\n" not in each.text
            assert [line for line in each.text.splitlines() if len(line) > 78 and "http" not in line] == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("code", CODES)
def test_every_text_message_of_a_form_fits_one(code, language):
    where = addresses(code, language)
    for on in DAYS[:3]:
        with translation.override(language):
            about = in_words(facts(code, ELECTION, on), language)
            texts = [text_messages.link(about, where)]
            texts += [
                each(about, where, "Enfranchise") for each in TEXTS if each not in ABOUT_MAILING or not about.is_late
            ]
        assert [text for text in texts if len(text) > text_messages.LONGEST] == []


def about(code: str, on: date = DAYS[0], language: str = "en") -> letters.About:
    return in_words(facts(code, ELECTION, on), language)


def words(said: letters.Said) -> list[str]:
    return [part.text for part in said.parts]


def test_text_message_leads_to_our_page_where_the_state_s_has_a_long_address():
    where = addresses("GA", "en")
    short = text_messages.status(replace(about("GA"), status_page="https://vote.ga.example/"), where, "Enfranchise")
    assert "https://vote.ga.example/ " in short
    for page in ("", "https://vote.ga.example/" + 40 * "x"):
        said = text_messages.status(replace(about("GA"), status_page=page), where, "Enfranchise")
        assert f"voter form: {where.state} Stop:" in said


@pytest.mark.parametrize(
    ("confidence", "subject", "text"),
    [
        ("high", "Mail your voter registration form by October 10, 2028", "Mail it by October 10, 2028."),
        ("medium", "The last day for your voter registration form is near", "Mail it now if you can."),
    ],
)
def test_last_day_stands_alone_only_where_it_is_certain(confidence, subject, text):
    found = facts("GA", ELECTION, DAYS[0])
    due = replace(found.due, version=replace(found.due.version, confidence=confidence))
    said = in_words(replace(found, due=due), "en")
    where = addresses("GA", "en")
    assert letters.deadline(said, where).subject == subject
    assert text in text_messages.deadline(said, where, "Enfranchise")


def test_doubt_follows_the_day_and_is_followed_by_whom_to_ask():
    said = replace(about("GA"), doubt="The day is not certain.")
    parts = letters.deadline(said, addresses("GA", "en")).parts
    at = [part.text for part in parts].index(said.mail_by)
    assert [part.text for part in parts[at : at + 4]] == [
        said.mail_by,
        "The day is not certain.",
        "Mail it to:",
        "The election office:",
    ]
    assert parts[at + 3].lines == said.office


def test_office_is_named_where_no_address_is_known():
    """What says "the office below" has one below."""
    said = about("PR")
    assert said.hint.endswith("Ask the office below for the address.")
    named = [part.lines for part in letters.mailed(said, addresses("PR", "en")).parts if part.kind == "lines"]
    assert named == [said.office]


@pytest.mark.parametrize("write", [letters.download, letters.mailed])
def test_form_that_only_asks_for_another_is_not_said_to_count_with_a_signature(write):
    where = addresses("NH", "en")
    said = " ".join(words(write(about("NH"), where)))
    assert "In New Hampshire this form does not register you." in said
    assert "signature" not in said
    assert "with your signature" in " ".join(words(write(about("GA"), addresses("GA", "en"))))


def test_status_says_what_comes_after_a_form_that_only_asks_for_another():
    after = "When the state's own form comes, fill it in, sign it and send it back."
    assert after in words(letters.status(about("NH"), addresses("NH", "en")))
    assert after not in words(letters.status(about("GA"), addresses("GA", "en")))


def test_status_asks_the_office_where_the_state_has_no_page():
    where = addresses("GA", "en")
    with_page = words(letters.status(replace(about("GA"), status_page="https://vote.ga.example/"), where))
    without = words(letters.status(replace(about("GA"), status_page=""), where))
    assert "If you do not find yourself, call or write to the office:" in with_page
    assert "Ask the office if it has your form:" not in with_page
    assert "Ask the office if it has your form:" in without
    assert "If you do not find yourself, call or write to the office:" not in without


def test_birthday_leaves_it_to_the_election_office():
    """How sure we were of the day is not kept."""
    said = letters.birthday(about("WY"), addresses("WY", "en"), "July 1")
    (asked,) = [part for part in said.parts if part.lines]
    assert asked.text == "This is our reading of the rules. Only an election official can decide."
    assert asked.lines == about("WY").office


def test_subscription_knows_its_own_links_only():
    assert links("GA", "en", subscription=None).mine == ""
    assert Subscription.objects.count() == 0
