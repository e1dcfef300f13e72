"""The last days for the mail: what is said when a form may not arrive, or when post offices are closed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation

from registration import phrases
from registration.domain import documents
from registration.phrases import cover
from registration.views.calendar import events_of
from state_rules import JURISDICTIONS, Due, DueDate, Source, Version, Way, due_dates, load, upcoming, ways
from state_rules.jurisdiction import Deadline
from tests.registration.domain.jefferson import ELECTION, jefferson

SOURCE = Source("s", "A statute", "statute")
ARRIVED = DueDate("received", date(2026, 10, 5), "17:00")
SUNDAY = DueDate("postmarked", date(2026, 10, 4))


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def a_due(*dates, every=True, ordinary=()):
    return Due("mail", ELECTION, True, every, dates, ordinary, Version(date(2020, 1, 1), Deadline(), (SOURCE,)))


def test_form_that_must_arrive_today_is_taken_to_the_office():
    assert phrases.mail_by(a_due(ARRIVED), date(2026, 10, 5)) == (
        "It must ARRIVE by 5 p.m. on Monday, October 5, 2026. "
        "It is too late to mail it: take it to the election office today."
    )


def test_form_that_must_arrive_within_the_week_is_not_trusted_to_the_mail():
    assert phrases.mail_by(a_due(ARRIVED), date(2026, 10, 1)) == (
        "It must ARRIVE by 5 p.m. on Monday, October 5, 2026. "
        "Mail may not arrive in time: take it to the election office by 5 p.m. on Monday, October 5, 2026."
    )


@pytest.mark.parametrize(
    ("on", "late"),
    [(date(2026, 9, 26), False), (date(2026, 9, 29), True), (date(2026, 10, 5), True), (date(2026, 10, 6), False)],
)
def test_mail_is_late_from_a_week_before_to_the_last_day(on, late):
    assert phrases.mail_is_late(a_due(ARRIVED), on) is late


def test_cover_names_the_other_ways_first_when_the_mail_is_late():
    due = a_due(ARRIVED)
    open_ways = tuple(way for way in ways(jefferson(), ELECTION, date(2026, 10, 5)) if way.is_open)
    assert cover.ways_left(open_ways, due, date(2026, 10, 5)) == (
        "It is late for the mail. You can register for this election in another way. "
        "Finish the online form by 11:59 p.m. on Monday, October 5, 2026. "
        "Go in person by 5 p.m. on Monday, October 5, 2026."
    )
    assert cover.ways_left(open_ways, due, date(2026, 9, 1)) == ""


def test_postmark_due_on_a_sunday_names_both_days_in_one_way():
    both = (
        "postmarked by Sunday, October 4, 2026. Post offices are closed then, so mail it by Saturday, October 3, 2026."
    )
    assert phrases.due(a_due(SUNDAY)) == f"The form must be {both}"
    assert phrases.mail_by(a_due(SUNDAY), date(2026, 9, 1)) == f"It must be {both}"


def test_on_the_sunday_itself_mail_has_closed():
    assert phrases.mail_by(a_due(SUNDAY), date(2026, 10, 4)) == (
        "The last day to mail it for this election was Saturday, October 3, 2026. "
        "You can still mail the form for later elections."
    )


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2026, 9, 1), "Open: 34 days left."),
        (date(2026, 10, 1), "Mail may not arrive in time."),
        (date(2026, 10, 5), "Too late for the mail. Hand it in."),
    ],
)
def test_status_of_mail_that_must_arrive(on, status):
    way = next(way for way in ways(jefferson(), ELECTION, on) if way.channel == "mail")
    assert phrases.way_status(type(way)("mail", "mail", "open", a_due(ARRIVED)), on) == status


@pytest.mark.parametrize("on", [date(2026, 10, 21), date(2026, 10, 28)])
def test_day_set_locally_may_still_be_open_until_the_end_of_its_range(on):
    local = a_due(DueDate("received", date(2026, 10, 20), latest=date(2026, 10, 28)))
    way = next(way for way in ways(jefferson(), ELECTION, on) if way.channel == "mail")
    assert phrases.way_status(type(way)("mail", "mail", "open", local, own_form_only=True), on) == (
        "May still be open. Ask your town or city clerk."
    )


def test_sooner_is_said_while_there_is_time_and_not_after():
    said = "Mail it now if you can: other elections, such as local ones, may come sooner."
    found = [phrases.sooner(a_due(ARRIVED), date(2026, 9, 28) - timedelta(days=days)) for days in (30, 8, 7, -1)]
    assert found == [said, said, "", ""]


@pytest.mark.parametrize("code", JURISDICTIONS)
def test_page_cover_and_calendar_agree_on_the_last_day_to_mail(code):
    """On the last day to act mail is open and no page names a later day to do it; on the day after it is closed."""
    jurisdiction, today = load(code), date(2026, 11, 22)
    for election in upcoming(code, today, 6):
        due = due_dates(jurisdiction, election, "mail", today)
        last = due.last_day_to_act
        if last is None or due.set_locally or due.ordinary:
            continue
        standings = {}
        for on in (last, last + timedelta(days=1)):
            standings[on] = next(way for way in ways(jurisdiction, election, on) if way.channel == "mail").standing
        assert list(standings.values()) == ["open", "closed"]
        mailing = phrases.mailing_day(due, today)
        assert mailing is None or mailing <= last


@pytest.mark.django_db
def test_calendar_says_that_other_elections_may_come_sooner():
    texts = [event.text for event in events_of(load("GA")) if "-vote-" not in event.key]
    assert [
        text.endswith("Other elections, such as local ones, may come sooner. Ask the election office.")
        for text in texts
    ] == [True] * len(texts)


def test_request_near_the_last_day_says_that_time_may_be_short():
    rules = jefferson(nvra_form={"acceptance": "request_only", "boxes": ("1", "2", "3")})
    assert documents.cover_sheet(rules, ELECTION, "en", date(2026, 9, 25)).mail_by == (
        "Mail it as soon as you can. The state's own form must be back by Monday, October 5, 2026. "
        "There may be too little time to do this by mail. Call the election office."
    )


def test_way_set_locally_is_left_with_its_last_chance():
    due = due_dates(jefferson(), ELECTION, "in_person", date(2026, 9, 1))
    local = replace(due, ordinary=(DueDate("appeared", date(2026, 10, 21), latest=date(2026, 10, 28)),))
    mail = due_dates(jefferson(), ELECTION, "mail", date(2026, 9, 1))
    assert cover.ways_left((Way("in_person", "in_person", "open", local),), mail, date(2026, 10, 22)) == (
        "You can still register for this election in another way. Your local office sets the last day. "
        "It falls between Wednesday, October 21, 2026 and Wednesday, October 28, 2026. "
        "Act by the earlier day. After it, ask if you still can. "
        "As a last chance, you can register in person by the time the polls close on Tuesday, November 3, 2026. "
        "Where: your polling place. What to bring: photo identification and proof of where you live."
    )
