"""The work list: what is doubtful, how soon it matters, and in which order."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from state_rules import Election, Jurisdiction
from state_rules.__main__ import main
from state_rules.commands.review import review_lines
from state_rules.dated import Rule, Source, Version
from state_rules.doubts import (
    Doubt,
    by_urgency,
    doubts,
    election_doubts,
    evidence_day,
    federal_doubts,
    months_before,
    problems_of,
    where,
)
from tests.state_rules.conftest import Edit

ON = date(2026, 3, 2)
RESIDENCY = '[[residency]]\neffective = 2020-01-01\ndays = 30\nlevel = "county"\nsources = ["ec-2-101"]\n'
MEMORY = Source("recalled", "Recalled", "memory")
STATUTE = Source("law", "A statute", "statute", dated=date(2019, 7, 1), retrieved=date(2026, 3, 2))
FORM = Source("form", "The form", "form-instructions", "https://f.example/", date(2015, 1, 1), date(2026, 3, 2))


def found(state: Jurisdiction, rule: str, on: date = ON, months: int = 24) -> list[tuple[int, str, str]]:
    return [(each.days_left, each.kind, each.problem) for each in doubts(state, on, months) if each.rule == rule]


def test_rule_with_a_source_that_was_read_lately_is_not_doubted(jefferson: Jurisdiction) -> None:
    assert {each.rule for each in doubts(jefferson, ON, 24)} == {"party"}


def test_low_confidence_is_listed_until_the_next_deadline(edited: Edit) -> None:
    state = edited((RESIDENCY, RESIDENCY + 'confidence = "low"\n'))
    # October 5, 2026 is the next deadline by mail, online and at the office
    assert found(state, "residency") == [(217, "low", "low confidence")]


def test_rule_of_one_way_waits_for_the_deadline_of_that_way(edited: Edit) -> None:
    state = edited(
        ('scope = "all"\nballot = "regular"', 'scope = "all"\nballot = "regular"\nconfidence = "low"'),
        ("[[plain_paper]]\n", '[[plain_paper]]\nconfidence = "low"\n'),
    )
    after_the_close = date(2026, 10, 20)
    assert found(state, "same_day", after_the_close) == [(14, "low", "low confidence")]
    # by mail the next is October 10, 2028
    assert found(state, "plain_paper", after_the_close, months=60) == [(721, "low", "low confidence")]


def test_citations_that_nobody_opened_are_listed(edited: Edit) -> None:
    state = edited((RESIDENCY, RESIDENCY.replace("ec-2-101", "parties")))
    assert found(state, "residency") == [(217, "memory", "rests on memory alone")]


def test_law_to_come_waits_for_the_first_deadline_under_it(edited: Edit) -> None:
    coming = RESIDENCY.replace("2020-01-01", "2027-07-01").replace("days = 30", 'status = "future"\ndays = 20')
    state = edited((RESIDENCY, f"{RESIDENCY}\n{coming}"))
    assert found(state, "residency") == [(953, "law", "takes effect on 2027-07-01: confirm that it will")]
    assert found(state, "residency", date(2027, 7, 1)) == [
        (467, "law", "was to take effect on 2027-07-01: confirm that it did")
    ]


def test_coming_deadline_waits_for_the_election_that_it_governs(edited: Edit) -> None:
    online = (
        '[[deadlines.online]]\neffective = 2026-10-20\nstatus = "future"\nreopens = true\n'
        'all_of = [{ event = "submitted", days_before = 20 }]\nif_closed = "same_day"\nsources = ["ec-2-108"]\n\n'
    )
    example = (
        '[[examples]]\ndeadline = "online"\nelection_day = 2026-11-03\n'
        'expect = [{ event = "submitted", by = 2026-10-14 }]\nsource = "ec-2-108"\n'
    )
    old_example = example.replace("2026-11-03", "2026-09-01").replace("2026-10-14", "2026-08-03")
    state = edited(
        ("[[deadlines.mail]]", online + "[[deadlines.mail]]"),
        (example.replace("2026-10-14", "2026-10-05"), example + "\n" + old_example),
    )
    # it begins on October 20, but governs the election of November 3, whose deadline is October 14
    assert found(state, "deadlines.online") == [(226, "law", "takes effect on 2026-10-20: confirm that it will")]


@pytest.mark.parametrize("status", ["enjoined", "pending"])
def test_law_that_waits_for_a_decision_is_listed(edited: Edit, status: str) -> None:
    waiting = RESIDENCY.replace("2020-01-01", "2025-07-01").replace("days = 30", f'status = "{status}"\ndays = 20')
    state = edited((RESIDENCY, f"{RESIDENCY}\n{waiting}"))
    assert found(state, "residency") == [(217, "law", f"{status}, from 2025-07-01: ask whether that still stands")]


@pytest.mark.parametrize("status", ["struck_down", "not_operated"])
def test_law_that_is_settled_is_not_listed(edited: Edit, status: str) -> None:
    settled = RESIDENCY.replace("2020-01-01", "2025-07-01").replace("days = 30", f'status = "{status}"\ndays = 20')
    recalled = settled.replace("ec-2-101", "parties")
    assert found(edited((RESIDENCY, f"{RESIDENCY}\n{recalled}")), "residency") == []


def test_version_with_a_last_day_is_listed(edited: Edit) -> None:
    state = edited((RESIDENCY, RESIDENCY.replace("days = 30", "until = 2027-01-31\ndays = 30")))
    assert found(state, "residency") == [(217, "law", "ends on 2027-01-31: ask what follows")]


@pytest.mark.parametrize(("on", "left"), [(date(2026, 6, 2), 90), (date(2026, 8, 31), 0), (date(2026, 9, 10), 0)])
def test_look_again_is_listed_when_it_has_come_near(edited: Edit, on: date, left: int) -> None:
    rests = 'restoration = "automatic"\nrests_on = "Executive Order 7"\nlook_again = 2026-08-31'
    state = edited(('restoration = "automatic"', rests))
    assert found(state, "felony", on) == [(left, "law", "look again by 2026-08-31: rests on Executive Order 7")]
    assert found(state, "felony", date(2026, 6, 1)) == []


def test_several_problems_of_one_version_are_one_line(edited: Edit) -> None:
    state = edited((RESIDENCY, RESIDENCY.replace("ec-2-101", "parties") + 'confidence = "low"\n'))
    assert found(state, "residency") == [(217, "memory", "low confidence; rests on memory alone")]


def test_page_that_is_empty_is_not_known(edited: Edit) -> None:
    state = edited(
        ("[[absentee]]\n", '[[absentee]]\nconfidence = "low"\n'),
        ('url = "https://vote.jefferson.example/by-mail"\n', ""),
    )
    assert found(state, "absentee") == [(217, "low", "not known")]


@pytest.mark.parametrize(
    ("source", "day"),
    [
        (STATUTE, date(2026, 3, 2)),  # read then, and in force then
        (FORM, date(2015, 1, 1)),  # opened lately, but it speaks for the day that it bears
        (Source("page", "A page", "official-page", retrieved=date(2024, 7, 25)), date(2024, 7, 25)),
        (MEMORY, None),
    ],
)
def test_source_speaks_for_a_day(source: Source, day: date | None) -> None:
    assert evidence_day(source) == day


@pytest.mark.parametrize(("months", "listed"), [(135, []), (134, ["newest source is of 2015-01-01"])])
def test_source_is_old_after_so_many_months(months: int, listed: list[str]) -> None:
    rule = Rule((Version(date(2015, 1, 1), True, (FORM,)),))
    problems = [text for _, each in problems_of(rule, ON, months_before(ON, months)) for _, text in each]
    assert problems == listed


def test_source_of_the_very_day_is_not_old_yet() -> None:
    rule = Rule((Version(date(2015, 1, 1), True, (FORM,)),))
    assert list(problems_of(rule, ON, date(2015, 1, 1))) == []


def test_rule_of_primaries_waits_for_the_next_primary(jefferson: Jurisdiction) -> None:
    with_primaries = replace(jefferson, code="GA")  # for the elections of its calendar
    on = date(2026, 11, 22)
    # the runoff of December 1, 2026 comes first; day 30 before the primary of May 23, 2028 is Sunday April 23
    assert found(with_primaries, "party", on, months=60) == [
        ((date(2028, 4, 24) - on).days, "low", "low confidence in the list of parties")
    ]
    assert found(with_primaries, "office", on, months=1) == [(9, "old", "newest source is of 2026-03-02")]


@pytest.mark.parametrize(
    ("sources", "office", "place"),
    [
        ((STATUTE, FORM), "https://o.example/", "The form <https://f.example/>"),
        ((STATUTE, MEMORY), "https://o.example/", "A statute | Recalled | <https://o.example/>"),
        ((MEMORY,), "", "Recalled"),
        (
            (Source("m", "Unread", "memory", "https://m.example/"),),
            "https://o.example/",
            "Unread | <https://o.example/>",
        ),
    ],
)
def test_place_to_look_is_a_page_that_was_read_or_else_the_office(
    sources: tuple[Source, ...], office: str, place: str
) -> None:
    assert where(sources, office) == place


def test_months_are_counted_back_to_a_day_that_exists() -> None:
    assert [months_before(date(2028, 3, 31), count) for count in (0, 1, 3, 13, 24)] == [
        date(2028, 3, 31),
        date(2028, 2, 29),
        date(2027, 12, 31),
        date(2027, 2, 28),
        date(2026, 3, 31),
    ]


def test_deadline_that_may_move_is_listed_with_its_day(edited: Edit) -> None:
    online = 'days_before = 30, time = "23:59" }]\nif_closed = '
    state = edited(
        (f'{online}"next_business_day"', f'{online}"unstated"'),
        ('expect = [{ event = "submitted", by = 2026-10-05 }]', 'expect = [{ event = "submitted", by = 2026-10-04 }]'),
    )
    assert found(state, "deadlines.online") == [
        (216, "day", "2026-10-04 for 2026-11-03: unclear whether it moves (Sunday); the earlier day is shown")
    ]


def test_deadline_after_an_unconfirmed_holiday_is_listed(edited: Edit) -> None:
    state = edited(
        (
            'kept = [{ name = "Founders\' Day", month = 4, day = 21 }]',
            'confidence = "medium"\nkept = [{ name = "Founders\' Day", month = 10, day = 5 }]',
        ),
    )
    assert found(state, "deadlines.mail")[0][1:] == (
        "day",
        "2026-10-05 for 2026-11-03: unclear whether it moves (Sunday); the earlier day is shown",
    )


def test_elections_rest_on_sources_too(jefferson: Jurisdiction) -> None:
    elections = [
        Election(date(2026, 2, 1), "local", "Past", "JF", sources=(MEMORY,)),
        Election(date(2026, 6, 2), "primary", "Read", "JF", sources=(STATUTE,)),
        Election(date(2026, 8, 4), "primary", "Recalled", "JF", confidence="low", sources=(MEMORY,)),
    ]
    listed = list(election_doubts(jefferson, elections, ON, 24))
    # day 30 before is Sunday July 5, so Monday July 6
    assert listed == [
        Doubt(
            126,
            "JF",
            "elections 2026-08-04",
            "memory",
            "low confidence; rests on memory alone",
            "Recalled | <https://vote.jefferson.example/>",
        )
    ]


def test_federal_rules_matter_at_the_next_deadline_anywhere(jefferson: Jurisdiction) -> None:
    rules = {"a_rule": Rule((Version(date(1994, 1, 1), True, (MEMORY,)),))}
    assert list(federal_doubts(rules, [jefferson], ON, 24)) == [
        Doubt(217, "US", "a_rule", "memory", "rests on memory alone", "Recalled")
    ]


def test_order_is_by_days_then_jurisdiction_then_gravity() -> None:
    sooner = Doubt(1, "ZZ", "race", "old", "", "")
    grave = Doubt(2, "AA", "race", "law", "", "")
    light = Doubt(2, "AA", "age", "old", "", "")
    other = Doubt(2, "BB", "age", "law", "", "")
    assert by_urgency([other, light, grave, sooner]) == [sooner, grave, light, other]


def test_line_says_days_state_rule_problem_and_place() -> None:
    doubt = Doubt(1, "JF", "residency", "low", "low confidence", "Code § 1 <https://laws.example/>")
    assert list(review_lines([doubt])) == [
        "    1 day   JF  residency: low confidence. Look at: Code § 1 <https://laws.example/>"
    ]
    assert list(review_lines([])) == ["nothing to look at"]


def test_csv_holds_the_same_list_as_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--on", "2026-11-22", "--state", "FL", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert main(["review", "--on", "2026-11-22", "--state", "FL"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert list(rows[0]) == ["days_left", "code", "rule", "kind", "problem", "where"]
    assert [
        f"{int(row['days_left']):>5} days  {row['code']}  {row['rule']}: {row['problem']}. Look at: {row['where']}"
        for row in rows
    ] == lines


def test_law_to_come_of_a_real_file_is_on_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--on", "2026-11-22", "--format", "csv"]) == 0
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    law = {(row["code"], row["rule"]) for row in rows if row["kind"] == "law"}
    assert {("FL", "citizenship_proof"), ("US", "form_needs_citizenship_documents")} <= law
