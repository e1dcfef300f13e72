from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state_rules import Answers, Assessment, Election, Jurisdiction, assess, earliest_day, eighteen_by, load_file
from state_rules.ages import birthday
from tests.state_rules.conftest import FIXTURE, Edit

ON = date(2026, 3, 2)
GENERAL = Election(date(2026, 11, 3), "general", "General election", "JF")
PRIMARY = Election(date(2026, 6, 2), "primary", "Primary", "JF")
OLD_AGE = "min_years = 17\nmin_months = 6"


def codes(assessment: Assessment) -> list[str]:
    return [reason.code for reason in assessment.reasons]


@pytest.mark.parametrize(
    ("born", "years", "months", "expected"),
    [
        (date(2009, 3, 1), 17, 6, date(2026, 9, 1)),
        (date(2009, 4, 30), 17, 10, date(2027, 3, 1)),
        (date(2008, 12, 31), 17, 10, date(2026, 10, 31)),
        (date(2008, 8, 31), 17, 6, date(2026, 3, 1)),
        (date(2008, 2, 29), 18, 0, date(2026, 3, 1)),
        (date(2008, 2, 29), 20, 0, date(2028, 2, 29)),
        (date(2008, 12, 15), 18, 1, date(2027, 1, 15)),
    ],
)
def test_birthday_reaches_an_age_in_years_and_months(born: date, years: int, months: int, expected: date) -> None:
    assert birthday(born, years, months) == expected


def test_person_born_on_february_29_is_eighteen_on_march_1() -> None:
    born = date(2008, 2, 29)
    assert [eighteen_by(born, day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [False, True]


@pytest.mark.parametrize(
    ("rule", "born", "channel", "expected"),
    [
        (OLD_AGE, date(2009, 3, 1), "mail", date(2026, 9, 1)),
        ("days_before_18 = 90", date(2008, 6, 1), "mail", date(2026, 3, 3)),
        ('turns_18_by = "next_general"', date(2008, 11, 3), "mail", ON),
        ('turns_18_by = "next_general"', date(2008, 11, 4), "mail", date(2026, 11, 4)),
        ('turns_18_by = "next_general"', date(2010, 1, 1), "mail", date(2026, 11, 4)),
        ('turns_18_by = "next_general"\nmin_years = 17', date(2008, 11, 3), "mail", ON),
        ('turns_18_by = "next_general"\nmin_years = 17', date(2010, 1, 1), "mail", date(2027, 1, 1)),
        ('turns_18_by = "november_of_year"', date(2008, 11, 3), "mail", date(2026, 1, 1)),
        ('turns_18_by = "november_of_year"', date(2008, 11, 4), "mail", date(2026, 11, 4)),
        ('turns_18_by = "november_of_year"', date(2009, 5, 1), "mail", date(2027, 1, 1)),
        ("pre_years = 16", date(2010, 5, 1), "mail", date(2026, 5, 1)),
        ("pre_years = 17\npre_months = 6", date(2010, 5, 1), "mail", date(2027, 11, 1)),
        ("min_years = 16\nmin_by_channel = { mail = 17, online = 17 }", date(2010, 5, 1), "mail", date(2027, 5, 1)),
        (
            "min_years = 16\nmin_by_channel = { mail = 17, online = 17 }",
            date(2010, 5, 1),
            "in_person",
            date(2026, 5, 1),
        ),
        ("min_years = 17\nmin_months = 10", date(2009, 4, 30), "mail", date(2027, 3, 1)),
    ],
)
def test_earliest_day_of_each_age_rule(edited: Edit, rule: str, born: date, channel: str, expected: date) -> None:
    state = edited((OLD_AGE, rule))
    assert earliest_day(born, state, GENERAL, ON, channel) == expected  # type: ignore[arg-type]


def test_adult_citizen_is_eligible(jefferson: Jurisdiction) -> None:
    found = assess(
        Answers(citizen=True, birth_date=date(1990, 5, 1), resident=True, other_rule="no"), jefferson, GENERAL, ON
    )
    assert (found.outcome, codes(found)) == ("eligible", ["old_enough"])
    assert [source.key for source in found.reasons[0].sources] == ["ec-2-101"]


def test_too_young_person_learns_from_when(jefferson: Jurisdiction) -> None:
    found = assess(Answers(citizen=True, birth_date=date(2009, 3, 1)), jefferson, GENERAL, ON)
    assert (found.outcome, found.from_day, codes(found)) == ("not_yet", date(2026, 9, 1), ["too_young"])
    assert found.reasons[0].params == {"from_day": date(2026, 9, 1), "turns_18": date(2027, 3, 1), "votes": False}


def test_person_of_seventeen_may_register_and_votes_if_eighteen_by_the_election(jefferson: Jurisdiction) -> None:
    found = assess(Answers(citizen=True, birth_date=date(2008, 8, 1)), jefferson, GENERAL, ON)
    assert (found.outcome, codes(found)) == ("eligible", ["may_register_before_18"])
    assert found.reasons[0].params["votes"] is True


def test_person_of_sixteen_may_preregister(edited: Edit) -> None:
    state = edited((OLD_AGE, "min_years = 17\nmin_months = 6\npre_years = 16"))
    found = assess(Answers(birth_date=date(2009, 3, 1)), state, GENERAL, ON)
    assert (found.outcome, codes(found), found.reasons[0].params["votes"]) == ("eligible", ["may_preregister"], False)


@pytest.mark.parametrize(
    ("rule", "election", "votes"),
    [
        ("none", PRIMARY, False),
        ("primaries", PRIMARY, True),
        ("primaries", replace(PRIMARY, kind="special"), False),
        ("any", replace(PRIMARY, kind="special"), True),
    ],
)
def test_person_of_seventeen_votes_where_the_state_lets_them(
    edited: Edit, rule: str, election: Election, votes: bool
) -> None:
    state = edited(("[[voting_age]]", f'[[voting_age]]\nat_17 = "{rule}"'))
    found = assess(Answers(birth_date=date(2008, 8, 1)), state, election, ON)
    assert found.reasons[0].params["votes"] is votes


def test_next_election_far_away_lowers_the_confidence(edited: Edit) -> None:
    state = edited((OLD_AGE, 'turns_18_by = "next_election"'))
    born = Answers(birth_date=date(2008, 8, 1))
    assert [assess(born, state, GENERAL, on).reasons[0].confidence for on in (ON, date(2026, 7, 1))] == ["low", "high"]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (Answers(citizen=False, birth_date=date(1990, 5, 1)), ["old_enough", "not_a_citizen"]),
        (Answers(resident=False), ["not_resident"]),
        (Answers(other_rule="yes"), ["other_rule_applies"]),
        (Answers(other_rule="unsure"), ["other_rule_unsure"]),
        (Answers(citizen=False, birth_date=date(2015, 5, 1)), ["too_young", "not_a_citizen"]),
    ],
)
def test_answer_that_an_official_must_judge(jefferson: Jurisdiction, answers: Answers, expected: list[str]) -> None:
    found = assess(answers, jefferson, GENERAL, ON)
    assert (found.outcome, codes(found)) == ("ask_official", expected)
    assert all(reason.sources for reason in found.reasons)


def test_nothing_said_raises_no_reason(jefferson: Jurisdiction) -> None:
    found = assess(Answers(), jefferson, GENERAL, ON)
    assert (found.outcome, found.reasons, found.from_day) == ("eligible", (), None)
    assert (found.registering.reasons, found.voting.reasons, found.ask) == ((), (), ())


def test_citizenship_documents_are_a_reason_and_no_bar(edited: Edit) -> None:
    state = edited(('documents = "none"', 'documents = "state_elections"'))
    found = assess(Answers(citizen=True), state, GENERAL, ON)
    assert (found.outcome, codes(found)) == ("eligible", ["citizenship_documents"])
    assert found.reasons[0].params == {"documents": "state_elections"}


@given(st.dates(date(1905, 1, 1), date(2026, 1, 1)), st.sampled_from(["mail", "online", "in_person"]))
def test_assess_agrees_with_earliest_day(born: date, channel: str) -> None:
    state = load_file(FIXTURE)
    found = assess(Answers(birth_date=born), state, GENERAL, ON, channel)  # type: ignore[arg-type]
    from_day = earliest_day(born, state, GENERAL, ON, channel)  # type: ignore[arg-type]
    assert found.from_day == from_day
    assert from_day is not None
    assert (found.outcome == "eligible") == (from_day <= ON)
    assert from_day <= birthday(born, 18)


@pytest.mark.parametrize(
    ("birth_date", "sooner"),
    [
        (date(2010, 5, 1), {"in_person_from": date(2026, 5, 1), "in_person_now": True}),
        (date(2011, 5, 1), {"in_person_from": date(2027, 5, 1), "in_person_now": False}),
    ],
)
def test_too_young_by_mail_names_the_day_in_person(edited: Edit, birth_date: date, sooner: dict[str, object]) -> None:
    state = edited(("min_years = 17\nmin_months = 6", "min_years = 16\nmin_by_channel = { mail = 17 }"))
    election = Election(date(2026, 11, 3), "general", "General election", "JF")
    (reason,) = assess(Answers(citizen=True, birth_date=birth_date), state, election, date(2026, 9, 1)).reasons
    assert reason.code == "too_young"
    assert {key: value for key, value in reason.params.items() if key.startswith("in_person")} == sooner
