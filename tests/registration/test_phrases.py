"""Rules as sentences, in English, with the made-up state."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from registration import phrases
from registration.domain import documents
from registration.domain.validation import Problem
from state_rules import Due, DueDate, Election, Source, Version, due_dates, form_needs, ways
from state_rules.jurisdiction import Deadline, Online
from state_rules.practice import Office
from state_rules.qualifications import AgeRule
from tests.registration.domain.jefferson import ELECTION, ON, jefferson

RULES = jefferson()
SOURCE = Source("s", "A statute", "statute", dated=date(2013, 8, 15), retrieved=date(2026, 11, 22))


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def a_due(*dates, every=True, ordinary=(), channel="mail", available=True, **rule):
    version = Version(date(2020, 1, 1), Deadline(**rule), (SOURCE,))
    return Due(channel, ELECTION, available, every, dates, ordinary, version)


POSTED = DueDate("postmarked", date(2026, 10, 19))
ARRIVED = DueDate("received", date(2026, 10, 24), "17:00")


def test_day_in_english_and_spanish():
    assert phrases.day(date(2026, 10, 5)) == "Monday, October 5, 2026"
    with translation.override("es"):
        assert "octubre" in phrases.day(date(2026, 10, 5)).lower()


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("17:00", "5 p.m."), ("09:30", "9:30 a.m."), ("23:59", "11:59 p.m."), ("12:00", "noon"),
        ("12:30", "12:30 p.m."), ("00:15", "12:15 a.m."), ("close_of_polls", "the time the polls close"),
        ("close_of_business", "the end of office hours"), ("", ""),
    ],
)  # fmt: skip
def test_clock_as_people_say_it(time, said):
    assert phrases.clock(time) == said


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (a_due(POSTED), "The form must be postmarked by Monday, October 19, 2026."),
        (a_due(ARRIVED), "The form must reach the election office by 5 p.m. on Saturday, October 24, 2026."),
        (
            a_due(POSTED, ARRIVED),
            "You must meet each of these. The form must be postmarked by Monday, October 19, 2026. "
            "The form must reach the election office by 5 p.m. on Saturday, October 24, 2026.",
        ),
        (
            a_due(POSTED, ARRIVED, every=False),
            "The form must be postmarked by Monday, October 19, 2026, "
            "or reach the election office by 5 p.m. on Saturday, October 24, 2026.",
        ),
        (
            a_due(DueDate("unstated", date(2026, 10, 19))),
            "The form should reach the election office by Monday, October 19, 2026.",
        ),
        (
            a_due(DueDate("received", date(2026, 10, 21), latest=date(2026, 10, 28))),
            "Your local office sets the last day. It falls between Wednesday, October 21, 2026 and Wednesday, "
            "October 28, 2026. Act by the earlier day. After it, ask if you still can.",
        ),
        (
            a_due(replace(POSTED, roll_unstated=True)),
            "The form must be postmarked by Monday, October 19, 2026. Offices are closed that day, so act sooner.",
        ),
        (a_due(), "No last day is set by law. Ask the election office."),
        (a_due(available=False, channel="online"), "There is no online registration here."),
        (a_due(ARRIVED, channel="online"), "Finish the online form by 5 p.m. on Saturday, October 24, 2026."),
    ],
)
def test_due_as_sentences(due, said):
    assert phrases.due(due) == said


def test_last_chance_says_when_where_and_with_what():
    due = due_dates(RULES, ELECTION, "in_person", ON)
    assert phrases.due(due) == "Go in person by 5 p.m. on Monday, October 5, 2026."
    assert phrases.last_chance(due) == (
        "As a last chance, you can register in person by the time the polls close on Tuesday, November 3, 2026. "
        "Where: your polling place. What to bring: photo identification and proof of where you live."
    )


def test_last_chance_for_president_only_says_so():
    due = a_due(
        DueDate("appeared", date(2026, 11, 3)), ordinary=(DueDate("appeared", date(2026, 10, 4)),), channel="in_person",
        last_chance_scope="president_only",
    )  # fmt: skip
    assert phrases.last_chance(due) == (
        "As a last chance, you can register in person by Tuesday, November 3, 2026. "
        "If you register then, you can vote for president only."
    )


def test_no_last_chance_says_nothing():
    assert phrases.last_chance(a_due(POSTED)) == ""


@pytest.mark.parametrize(
    ("due", "on", "said"),
    [
        (a_due(POSTED), date(2026, 10, 19), "Mail it so that it is postmarked by Monday, October 19, 2026."),
        (
            a_due(POSTED), date(2026, 10, 20),
            "The last day to mail it for this election was Monday, October 19, 2026. "
            "You can still mail the form for later elections.",
        ),
        (
            a_due(ARRIVED), date(2026, 10, 1),
            "It must ARRIVE by 5 p.m. on Saturday, October 24, 2026. "
            "Allow a week for the mail: mail it by Saturday, October 17, 2026.",
        ),
        (
            a_due(ARRIVED), date(2026, 10, 20),
            "It must ARRIVE by 5 p.m. on Saturday, October 24, 2026. "
            "Mail may not arrive in time: take it to the election office by Friday, October 23, 2026.",
        ),
        (
            a_due(POSTED, ARRIVED), date(2026, 10, 1),
            "It must be postmarked by Monday, October 19, 2026. "
            "It must ARRIVE by 5 p.m. on Saturday, October 24, 2026. "
            "Allow a week for the mail: mail it by Saturday, October 17, 2026.",
        ),
        (
            a_due(POSTED, ARRIVED, every=False), date(2026, 10, 1),
            "Mail it so that it is postmarked by Monday, October 19, 2026.",
        ),
        (
            a_due(POSTED, ARRIVED, every=False), date(2026, 10, 20),
            "It must ARRIVE by 5 p.m. on Saturday, October 24, 2026. "
            "Mail may not arrive in time: take it to the election office by Friday, October 23, 2026.",
        ),
        (
            a_due(DueDate("postmarked", date(2026, 10, 12))), date(2026, 10, 1),
            "It must be postmarked by Monday, October 12, 2026. "
            "Post offices are closed then, so mail it by Saturday, October 10, 2026.",
        ),
        (a_due(), date(2026, 10, 1), "Ask the election office for the last day, and mail the form as soon as you can."),
    ],
)  # fmt: skip
def test_mail_by_names_the_safe_day(due, on, said):
    assert phrases.mail_by(due, on) == said


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 7, 1), "Open."),
        (date(2026, 9, 1), "Open: 34 days left."),
        (date(2026, 10, 4), "Open: 1 day left."),
        (date(2026, 10, 5), "Today is the last day."),
        (date(2026, 10, 6), "Closed for this election."),
    ],
)
def test_way_status_counts_the_last_days(on, said):
    mail = ways(RULES, ELECTION, on)[1]
    assert (phrases.way_title(mail), phrases.way_status(mail, on)) == ("Register by mail", said)


def test_way_status_at_the_last_chance():
    same_day = ways(RULES, ELECTION, date(2026, 10, 6))[3]
    assert phrases.way_title(same_day) == "Register and vote on one visit"
    assert phrases.way_status(same_day, date(2026, 10, 6)) == (
        "The regular deadline has passed. There is one more chance."
    )


def test_online_needs_in_the_rules_order():
    assert phrases.online_needs(Online(True, "https://x.example", ("licence", "email"))) == [
        "Your state driver's license or state ID card",
        "An email address",
    ]
    assert phrases.online_needs(Online(False, "", ("licence",))) == []


@pytest.mark.parametrize(
    ("code", "field", "params", "said"),
    [
        (
            "too_young", "birth_date", {"from_day": date(2027, 11, 1)},
            "You can register in Jefferson from Monday, November 1, 2027. Please come back then.",
        ),
        (
            "zip_state_mismatch", "home_zip", {"zip": "30303", "place": "DC"},
            "ZIP code 30303 does not look like one in the District of Columbia. Check it, or keep it.",
        ),
        (
            "zip_state_mismatch", "mailing_zip", {"zip": "30303", "place": "AE"},
            "ZIP code 30303 does not look like one in AE. Check it, or keep it.",
        ),
        (
            "street_required", "home_street", {},
            "Enter the house number and street where you live, or check “I do not have a street address.”",
        ),
        ("street_required", "mailing_street", {}, "Enter the house number and street."),
        ("ssn4_shape", "ssn4", {}, "Enter the last 4 digits of your Social Security number."),
        ("too_long", "last_name", {"limit": 120}, "Shorten this to 120 characters or fewer."),
    ],
)  # fmt: skip
def test_problem_says_what_to_do(code, field, params, said):
    assert phrases.problem(Problem(code, field, params), RULES) == said


OFFICE = Office("The office", "(404) 555-0100", "", "https://vote.example/")


@pytest.mark.parametrize(
    ("value", "confidence", "office", "said"),
    [
        (AgeRule(), "high", OFFICE, ""),
        (AgeRule(), "medium", OFFICE, ""),
        (Deadline(), "high", OFFICE, ""),
        (
            Deadline(), "medium", OFFICE,
            "We are not sure of this. Confirm with the election office: (404) 555-0100 or https://vote.example/.",
        ),
        (AgeRule(), "low", Office("x"), "We are not sure of this. Confirm with the election office."),
        (
            AgeRule(), "low", Office("x", telephone="(404) 555-0100"),
            "We are not sure of this. Confirm with the election office: (404) 555-0100.",
        ),
    ],
)  # fmt: skip
def test_confirm_speaks_where_we_are_unsure(value, confidence, office, said):
    version = Version(date(2020, 1, 1), value, (SOURCE,), confidence=confidence)
    assert phrases.confirm(version, office) == said


def test_source_line_says_when_it_was_read_or_that_it_was_not():
    assert phrases.source_line(SOURCE) == "A statute (dated 2013-08-15; read 2026-11-22)"
    assert phrases.source_line(replace(SOURCE, dated=None)) == "A statute (read 2026-11-22)"
    assert phrases.source_line(replace(SOURCE, retrieved=None)) == "A statute (dated 2013-08-15)"
    assert phrases.source_line(replace(SOURCE, kind="memory")) == "A statute (cited from memory, not read)"


def test_election_goes_by_its_own_name_or_its_kind():
    assert phrases.election_name(Election(ON, "primary", "State primary", "JF")) == "State primary"
    assert phrases.election_name(Election(ON, "special", "", "JF")) == "Special election"
    joined = Election(ON, "primary", "State primary; Local election", "JF")
    assert phrases.election_name(joined) == "State primary; Local election"


@pytest.mark.parametrize(
    ("confidence", "note", "said"),
    [
        ("high", "", ""),
        ("medium", "", "The day of this election is expected, but not certain. Ask the election office."),
        ("high", "Legislatures often move this day in the year before.", "The state may still move this day."),
        (
            "low", "Held only if a race needs it.",
            "The day of this election is expected, but not certain. Ask the election office. "
            "It is held only if a race needs it.",
        ),
    ],
)  # fmt: skip
def test_election_that_is_not_certain_says_so(confidence, note, said):
    election = Election(date(2026, 11, 3), "primary", "State primary", "JF", confidence, note)
    assert phrases.election_doubt(election) == said
    assert documents.cover_sheet(RULES, election, "en", ON).uncertain == said


def test_a_request_is_mailed_so_that_the_own_form_can_be_back_in_time():
    rules = jefferson(nvra_form={"acceptance": "request_only", "boxes": ("1", "2", "3")})
    due = due_dates(rules, ELECTION, "mail", ON)
    needs = form_needs(rules, ON)
    assert phrases.mail_by_for(needs, due, ON) == (
        "Mail it as soon as you can. The state's own form must be back by Monday, October 5, 2026."
    )
    assert phrases.mail_by_for(needs, due, date(2026, 10, 6)) == (
        "Mail it as soon as you can. The office needs time to send you its own form."
    )


def test_texts_of_rules_hold_what_stands_in_the_files():
    found = phrases.texts_of_rules()
    assert {"any vote center", "Georgia Secretary of State", "Unenrolled"} <= found
    assert "" not in found


@pytest.mark.parametrize(
    ("time", "english", "spanish"),
    [
        ("13:00", "1 p.m.", "la 1 p.m."),
        ("01:30", "1:30 a.m.", "la 1:30 a.m."),
        ("17:00", "5 p.m.", "las 5 p.m."),
        ("00:00", "12 a.m., when the day begins,", "las 12 a.m., cuando empieza el día,"),
    ],
)
def test_clock_speaks_of_one_and_of_midnight_as_the_language_does(time, english, spanish):
    said = []
    for language in ("en", "es"):
        with translation.override(language):
            said.append(phrases.clock(time))
    assert said == [english, spanish]
