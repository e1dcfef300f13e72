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
TEXTS = (text_messages.download, text_messages.mailed, text_messages.deadline)


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


@pytest.mark.parametrize("code", CODES)
@translation.override("en")
def test_every_text_message_of_a_form_fits_one(code):
    where = addresses(code, "en")
    for on in DAYS[:3]:
        about = in_words(facts(code, ELECTION, on), "en")
        assert len(text_messages.link(about, where)) <= text_messages.LONGEST
        if not about.is_late:
            assert [len(each(about, where, "Enfranchise")) > text_messages.LONGEST for each in TEXTS] == [False] * 3


def test_subscription_knows_its_own_links_only():
    assert links("GA", "en", subscription=None).mine == ""
    assert Subscription.objects.count() == 0
