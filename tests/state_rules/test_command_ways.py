"""``ways``: what is open, until when, with what, and what is left."""

from __future__ import annotations

from datetime import date

import pytest

from state_rules import Election, Jurisdiction, ways
from state_rules.__main__ import main
from state_rules.commands.ways import way_lines
from tests.state_rules.conftest import Edit

GENERAL_2026 = Election(date(2026, 11, 3), "general", "General election", "JF")


def blocks(state: Jurisdiction, on: date) -> dict[str, list[str]]:
    """Way -> what is said of it."""
    found = ways(state, GENERAL_2026, on)
    return {way.name: list(way_lines(way, on)) for way in found}


def test_open_way_says_last_day_time_zone_and_needs(jefferson: Jurisdiction) -> None:
    assert blocks(jefferson, date(2026, 9, 1))["online"] == [
        "Online: open",
        "  submitted by Monday, October 5, 2026 (23:59)",
        "    the count gives Sunday, October 4, 2026, which is closed (Sunday): moved",
        "  time zone: America/New_York",
        "  last day: Monday, October 5, 2026",
        "  needs: licence, signature on file",
    ]


def test_closed_way_says_what_is_left(jefferson: Jurisdiction) -> None:
    said = blocks(jefferson, date(2026, 10, 20))
    assert (said["mail"][0], said["mail"][-1]) == ("By mail: closed", "  left: Same day")
    assert said["same_day"][0] == "Same day: open as a last chance; the regular close has passed"


def test_visit_of_voting_shows_the_last_chance_and_in_person_the_regular_close(jefferson: Jurisdiction) -> None:
    said = blocks(jefferson, date(2026, 9, 1))
    assert said["in_person"] == [
        "In person: open",
        "  appeared by Monday, October 5, 2026 (17:00)",
        "    the count gives Sunday, October 4, 2026, which is closed (Sunday): moved",
        "  time zone: America/New_York",
        "  last day: Monday, October 5, 2026",
        "  needs: licence or ssn4",
    ]
    assert said["same_day"] == [
        "Same day: not open yet",
        "  as a last chance at your polling place, with photo identification and proof of where you live:",
        "  appeared by Tuesday, November 3, 2026 (close of polls)",
        "  time zone: America/New_York",
        "  last day: Tuesday, November 3, 2026",
        "  needs: listed proof",
    ]


def test_last_chance_that_is_no_visit_of_voting_stands_with_its_way(edited: Edit) -> None:
    said = blocks(edited(('election_day = true\nscope = "all"', 'scope = "none"')), date(2026, 10, 6))
    assert said["in_person"][0] == "In person: open as a last chance; the regular close has passed"
    assert said["in_person"][3] == (
        "  or as a last chance at your polling place, with photo identification and proof of where you live:"
    )
    assert said["same_day"] == ["Same day: not offered"]


def test_way_that_a_local_office_may_have_closed_says_to_ask(with_deadline: Edit) -> None:
    state = with_deadline(
        'all_of = [{ event = "received", local_min_days = 6, local_max_days = 13 }]',
        '[[examples]]\ndeadline = "mail"\nelection_day = 2026-11-03\n'
        'expect = [{ event = "received", by = 2026-10-21, latest = 2026-10-28 }]\nsource = "ec-2-108"\n\n',
    )
    assert blocks(state, date(2026, 10, 21))["mail"][-2] == "  last day: Wednesday, October 21, 2026"
    assert blocks(state, date(2026, 10, 22))["mail"][-2] == (
        "  last day: was Wednesday, October 21, 2026 at the earliest; "
        "the local office may take it later, so ask there now"
    )


def test_several_tests_say_whether_all_must_hold(with_deadline: Edit) -> None:
    tests = '[{ event = "postmarked", days_before = 15 }, { event = "received", days_before = 10 }]'
    dates = '[{ event = "postmarked", by = 2026-10-19 }, { event = "received", by = 2026-10-24 }]'
    example = f'[[examples]]\ndeadline = "mail"\nelection_day = 2026-11-03\nexpect = {dates}\nsource = "ec-2-108"\n\n'
    said = {
        key: blocks(with_deadline(f"{key} = {tests}", example), date(2026, 9, 1))["mail"]
        for key in ("all_of", "any_of")
    }
    assert [(lines[1], lines[-2]) for lines in said.values()] == [
        ("  all of these:", "  last day: Monday, October 19, 2026"),
        ("  any one of these:", "  last day: Saturday, October 24, 2026"),
    ]


def test_way_that_is_not_offered_says_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ways", "NH", "2028-11-07", "--on", "2026-11-22"]) == 0
    assert capsys.readouterr().out.splitlines()[:4] == [
        "New Hampshire: Federal general election, Tuesday, November 7, 2028 (general); as of Sunday, November 22, 2026",
        "",
        "Online: not offered",
        "",
    ]


def test_election_is_the_next_that_is_open_unless_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ways", "WY", "--on", "2026-11-22"]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("Wyoming: State primary, Tuesday, August 22, 2028")


def test_several_time_zones_are_those_of_the_office(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ways", "FL", "2028-11-07", "--on", "2026-11-22"]) == 0
    said = "  time zone: America/New_York or America/Chicago, that of the person's own election office"
    assert said in capsys.readouterr().out.splitlines()
