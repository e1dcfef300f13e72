"""The three answers: registering, signing up early, voting; the ballot; what to ask next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state_rules import (
    CHANNELS,
    JURISDICTIONS,
    Answers,
    Election,
    Jurisdiction,
    assess,
    due_dates,
    load,
    upcoming,
    ways,
)
from state_rules.answers import Reading
from tests.state_rules.conftest import Edit

ON = date(2026, 3, 2)
GENERAL = Election(date(2026, 11, 3), "general", "General election", "JF")
PRESIDENTIAL = Election(date(2028, 11, 7), "general", "General election", "JF")
PRIMARY = Election(date(2026, 6, 2), "primary", "Primary", "JF")
ADULT = Answers(citizen=True, birth_date=date(1990, 5, 1), resident=True, conviction="none", court_finding="no")


def said(reading: Reading) -> tuple[str, list[str], date | None]:
    return reading.outcome, [reason.code for reason in reading.reasons], reading.from_day


def test_adult_may_register_and_vote_and_needs_no_early_sign_up(edited: Edit) -> None:
    found = assess(ADULT, edited(("min_months = 6", "min_months = 6\npre_years = 16")), GENERAL, ON)
    assert said(found.registering) == ("eligible", ["old_enough"], date(2007, 11, 1))
    assert said(found.preregistering) == ("not_needed", [], None)
    assert said(found.voting) == ("eligible", [], date(2008, 5, 1))
    assert found.voting.ballot == "full"


def test_three_answers_differ_for_a_person_of_sixteen(edited: Edit) -> None:
    state = edited(("min_months = 6", "min_months = 6\npre_years = 16"))
    found = assess(Answers(birth_date=date(2009, 9, 1)), state, GENERAL, ON)
    assert said(found.registering) == ("not_yet", ["may_preregister"], date(2027, 3, 1))
    assert said(found.preregistering) == ("eligible", [], date(2025, 9, 1))
    assert said(found.voting) == ("not_yet", ["too_young_to_vote"], date(2027, 9, 1))


def test_early_sign_up_begins_on_its_day(edited: Edit) -> None:
    state = edited(("min_months = 6", "min_months = 6\npre_years = 16"))
    found = assess(Answers(birth_date=date(2010, 9, 1)), state, GENERAL, ON).preregistering
    assert said(found) == ("not_yet", ["too_young"], date(2026, 9, 1))


def test_no_early_sign_up_is_said(jefferson: Jurisdiction) -> None:
    assert assess(Answers(), jefferson, GENERAL, ON).preregistering.outcome == "not_offered"


@pytest.mark.parametrize(
    ("rule", "election", "outcome", "codes", "ballot"),
    [
        ('at_17 = "none"', PRIMARY, "not_yet", ["too_young_to_vote"], "full"),
        ('at_17 = "primaries"', PRIMARY, "eligible", ["votes_at_17"], "full"),
        ('at_17 = "primaries"\nnominations_only = true', PRIMARY, "eligible", ["votes_at_17"], "nominations_only"),
        ('at_17 = "primaries"', replace(PRIMARY, kind="special"), "not_yet", ["too_young_to_vote"], "full"),
    ],
)
def test_vote_at_seventeen_may_be_limited(
    edited: Edit, rule: str, election: Election, outcome: str, codes: list[str], ballot: str
) -> None:
    state = edited(("[[voting_age]]", f"[[voting_age]]\n{rule}"))
    found = assess(Answers(birth_date=date(2008, 8, 1)), state, election, ON).voting
    assert (found.outcome, [reason.code for reason in found.reasons], found.ballot) == (outcome, codes, ballot)


@pytest.mark.parametrize(
    ("documents", "has", "registering", "ballot"),
    [
        ("none", False, "eligible", "full"),
        ("state_elections", None, "eligible", "full"),
        ("state_elections", True, "eligible", "full"),
        ("state_elections", False, "eligible", "federal_only"),
        ("all", False, "ask_official", "full"),
    ],
)
def test_documents_of_citizenship_decide_the_ballot(
    edited: Edit, documents: str, has: bool | None, registering: str, ballot: str
) -> None:
    state = edited(('documents = "none"', f'documents = "{documents}"'))
    found = assess(replace(ADULT, has_documents=has), state, GENERAL, ON)
    assert (found.registering.outcome, found.voting.ballot) == (registering, ballot)


PRISON_ONLY = 'category = "incarceration"\nparole = "free"\nprobation = "free"'
WHOLE = 'category = "full_sentence"\nparole = "bars"\nprobation = "bars"'
PAROLE = 'category = "full_sentence"\nparole = "bars"\nprobation = "free"\npayment = "not_needed"'


def test_federal_ballot_is_of_no_use_where_no_federal_race_is_held(edited: Edit) -> None:
    state = edited(('documents = "none"', 'documents = "state_elections"'))
    found = assess(replace(ADULT, has_documents=False), state, replace(GENERAL, kind="local"), ON).voting
    assert (found.outcome, found.ballot) == ("ask_official", "federal_only")
    assert [reason.code for reason in found.reasons] == ["citizenship_documents", "no_federal_race"]


CONVICTIONS = [
    ('category = "never_lost"', "incarcerated", None, "eligible", []),
    (PRISON_ONLY, "incarcerated", None, "not_yet", ["in_prison"]),
    (PRISON_ONLY, "parole", None, "eligible", ["conviction_no_bar"]),
    (WHOLE, "parole", None, "not_yet", ["sentence_not_over"]),
    (PAROLE, "probation", None, "eligible", ["conviction_no_bar"]),
    ('category = "full_sentence"', "probation", None, "ask_official", ["conviction_depends"]),
    ('category = "full_sentence"\npayment = "not_needed"', "completed", None, "eligible", ["conviction_no_bar"]),
    ('category = "full_sentence"', "completed", None, "ask_official", ["conviction_depends"]),
    ('category = "full_sentence"', "completed", True, "ask_official", ["conviction_depends"]),
    ('category = "full_sentence"', "completed", False, "eligible", ["conviction_no_bar"]),
    ('category = "incarceration"', "completed", True, "eligible", ["conviction_no_bar"]),
    ('category = "full_sentence"\noffences = ["murder"]', "completed", None, "ask_official", ["conviction_depends"]),
    ('category = "full_sentence_and_payment"', "completed", True, "not_yet", ["payment_not_made"]),
    ('category = "full_sentence_and_payment"', "completed", False, "eligible", ["conviction_no_bar"]),
    ('category = "full_sentence_and_payment"', "completed", None, "ask_official", ["conviction_depends"]),
    ('category = "full_sentence"\npayment = "victim_restitution"', "completed", True, "not_yet", ["payment_not_made"]),
    ('category = "waiting_period"\nyears = 5', "completed", False, "eligible", ["conviction_no_bar"]),
    ('category = "by_offence"', "incarcerated", None, "ask_official", ["conviction_depends"]),
    ('category = "executive_order"', "completed", None, "ask_official", ["conviction_depends"]),
    ('category = "individual_restoration"', "completed", None, "ask_official", ["conviction_depends"]),
    ('category = "first_offence_automatic"', "completed", None, "ask_official", ["conviction_depends"]),
    ('category = "incarceration"', "unsure", None, "ask_official", ["conviction_depends"]),
    ('category = "unknown"', "completed", None, "ask_official", ["conviction_depends"]),
]  # fmt: skip
OLD_FELONY = 'category = "full_sentence"\nparole = "bars"\nprobation = "bars"\npayment = "not_needed"'


@pytest.mark.parametrize(("rule", "conviction", "owes", "outcome", "codes"), CONVICTIONS)
def test_conviction_is_read_by_the_states_rule(
    edited: Edit, rule: str, conviction: str, owes: bool | None, outcome: str, codes: list[str]
) -> None:
    state = edited((OLD_FELONY, rule))
    answers = replace(ADULT, conviction=conviction, owes_payment=owes)  # type: ignore[arg-type]
    found = assess(answers, state, GENERAL, ON)
    assert (found.registering.outcome, found.voting.outcome) == (outcome, outcome)
    assert [reason.code for reason in found.registering.reasons] == ["old_enough", *codes]


@pytest.mark.parametrize(
    ("category", "answer", "outcome"),
    [
        ("none", "yes", "eligible"),
        ("court_finding", "yes", "ask_official"),
        ("court_finding", "unsure", "ask_official"),
        ("court_finding", "no", "eligible"),
    ],
)
def test_court_finding_goes_to_an_official(edited: Edit, category: str, answer: str, outcome: str) -> None:
    state = edited(('category = "court_finding_on_voting"', f'category = "{category}"'))
    found = assess(replace(ADULT, court_finding=answer), state, GENERAL, ON)  # type: ignore[arg-type]
    assert found.registering.outcome == outcome


@pytest.mark.parametrize(
    ("election", "since", "outcome", "ballot", "codes"),
    [
        (GENERAL, date(2026, 10, 4), "eligible", "full", []),
        (GENERAL, date(2026, 10, 5), "not_yet", "full", ["lives_there_too_short"]),
        (PRESIDENTIAL, date(2028, 10, 9), "eligible", "president_only", ["president_only_short_residence"]),
    ],
)
def test_short_residence_never_costs_the_vote_for_president(
    jefferson: Jurisdiction, election: Election, since: date, outcome: str, ballot: str, codes: list[str]
) -> None:
    on = election.day - timedelta(days=30)
    found = assess(replace(ADULT, resident_since=since), jefferson, election, on).voting
    assert (found.outcome, found.ballot, [reason.code for reason in found.reasons]) == (outcome, ballot, codes)


NO_LAST_CHANCE = (
    'all_of = [{ event = "appeared", election_day = true, time = "close_of_polls" }]\n'
    'ordinary = [{ event = "appeared", days_before = 30, time = "17:00" }]',
    'all_of = [{ event = "appeared", days_before = 30, time = "17:00" }]',
)
EXAMPLE = (
    'expect = [{ event = "appeared", by = 2026-11-03 }]\nordinary = [{ event = "appeared", by = 2026-10-05 }]',
    'expect = [{ event = "appeared", by = 2026-10-05 }]',
)


@pytest.mark.parametrize(
    ("on", "registered", "outcome", "codes"),
    [
        (date(2026, 10, 5), None, "eligible", []),
        (date(2026, 10, 6), None, "not_yet", ["books_closed"]),
        (date(2026, 10, 6), False, "not_yet", ["books_closed"]),
        (date(2026, 10, 6), True, "eligible", []),
    ],
)
def test_closed_books_end_the_vote_of_who_is_not_registered(
    edited: Edit, on: date, registered: bool | None, outcome: str, codes: list[str]
) -> None:
    state = edited(NO_LAST_CHANCE, EXAMPLE)
    found = assess(replace(ADULT, registered=registered), state, GENERAL, on).voting
    assert (found.outcome, [reason.code for reason in found.reasons]) == (outcome, codes)


def test_last_chance_for_president_alone_is_a_ballot_for_president_alone(edited: Edit) -> None:
    state = edited(('last_chance_scope = "all"', 'last_chance_scope = "president_only"'), EXAMPLE)
    on = PRESIDENTIAL.day - timedelta(days=3)
    found = assess(ADULT, state, PRESIDENTIAL, on).voting
    assert (found.outcome, found.ballot) == ("eligible", "president_only")
    assert [reason.code for reason in found.reasons] == ["president_only_last_chance"]


def test_who_moved_too_late_is_sent_to_the_former_home_for_president(edited: Edit) -> None:
    state = edited(NO_LAST_CHANCE, EXAMPLE, ("days = 30\nlevel", "level"))
    on = PRESIDENTIAL.day - timedelta(days=10)
    found = assess(replace(ADULT, resident_since=on), state, PRESIDENTIAL, on).voting
    assert (found.outcome, found.ballot) == ("ask_official", "president_only")
    assert [reason.code for reason in found.reasons] == ["president_in_former_home"]
    assert [source.key for source in found.reasons[0].sources] == ["usc-52-10502"]


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        (Answers(), "citizen"),
        (Answers(citizen=False), None),
        (Answers(citizen=True), "birth_date"),
        (Answers(citizen=True, birth_date=date(1990, 5, 1)), "resident"),
        (Answers(citizen=True, birth_date=date(1990, 5, 1), resident=False), None),
        (Answers(citizen=True, birth_date=date(1990, 5, 1), resident=True), "conviction"),
        (replace(ADULT, court_finding=""), "court_finding"),
        (ADULT, "resident_since"),
        (replace(ADULT, resident_since=date(2020, 1, 1)), None),
        (Answers(citizen=True, birth_date=date(1990, 5, 1), resident=True, other_rule="no"), None),
    ],
)
def test_next_question_is_the_one_that_matters_most(
    jefferson: Jurisdiction, answers: Answers, question: str | None
) -> None:
    assert assess(answers, jefferson, GENERAL, ON).next_question == question


def test_question_that_the_state_does_not_ask_is_passed_over(edited: Edit) -> None:
    state = edited(
        (OLD_FELONY, 'category = "never_lost"'),
        ('category = "court_finding_on_voting"', 'category = "none"'),
        ("days = 30\nlevel", "level"),
        ('documents = "none"', 'documents = "state_elections"'),
    )
    answers = Answers(citizen=True, birth_date=date(1990, 5, 1), resident=True)
    assert assess(answers, state, GENERAL, ON).next_question == "has_documents"
    assert assess(replace(answers, has_documents=True), state, GENERAL, ON).next_question is None


def test_registered_is_asked_only_when_the_books_have_closed(edited: Edit) -> None:
    state = edited(NO_LAST_CHANCE, EXAMPLE)
    answers = replace(ADULT, resident_since=date(2020, 1, 1))
    found = [assess(answers, state, GENERAL, date(2026, 10, day)).next_question for day in (5, 6)]
    assert found == [None, "registered"]


def test_what_to_ask_the_office_is_what_only_it_decides(jefferson: Jurisdiction) -> None:
    answers = replace(ADULT, conviction="unsure", court_finding="yes")
    assert [reason.code for reason in assess(answers, jefferson, GENERAL, ON).ask] == [
        "conviction_depends",
        "court_finding",
    ]


def test_where_nobody_registers_registering_is_not_needed_and_books_do_not_close() -> None:
    nowhere = next(load(code) for code in JURISDICTIONS if not load(code).registration_required.versions[-1].value)
    election = upcoming(nowhere.code, date(2028, 6, 1))[0]
    found = assess(ADULT, nowhere, election, election.day)
    assert (found.registering.outcome, found.voting.outcome) == ("not_needed", "eligible")


@given(st.sampled_from(JURISDICTIONS), st.integers(0, 700), st.integers(0, 5))
def test_assess_never_contradicts_due_dates(code: str, days: int, which: int) -> None:
    """Who is not registered may vote only while some way to register is open, and is told so while one is."""
    state, on = load(code), date(2026, 11, 26) + timedelta(days=days)
    election = upcoming(code, on, 6)[which]
    voting = assess(replace(ADULT, registered=False), state, election, on).voting
    offered = [due for channel in CHANNELS if (due := due_dates(state, election, channel, on)).available]
    if not offered:
        assert "books_closed" not in [reason.code for reason in voting.reasons]
        return
    assert (voting.outcome == "eligible") == any(way.is_open for way in ways(state, election, on))
    assert {reason.code for reason in voting.reasons} <= {
        "books_closed", "president_only_last_chance", "citizenship_documents",
    }  # fmt: skip


@given(st.sampled_from(JURISDICTIONS), st.integers(1980, 2012))
def test_birthday_on_the_29th_of_february_counts_from_the_first_of_march(code: str, year: int) -> None:
    leap = year - year % 4
    state, on = load(code), date(2026, 11, 26)
    election = Election(date(leap + 18, 2, 28), "special", "", code)
    later = replace(election, day=date(leap + 18, 3, 1))
    answers = Answers(birth_date=date(leap, 2, 29), registered=True)
    of_age = [assess(answers, state, each, on).voting.from_day for each in (election, later)]
    if rule_without_17(state, on):
        assert of_age == [date(leap + 18, 3, 1)] * 2
        assert "too_young_to_vote" in [r.code for r in assess(answers, state, election, on).voting.reasons]
    assert assess(answers, state, later, on).voting.outcome == "eligible"


def rule_without_17(state: Jurisdiction, on: date) -> bool:
    version = state.voting_age.on(on)
    return version is not None and version.value.at_17 != "any"


@pytest.mark.parametrize("rule", ["next_election", "next_general"])
def test_next_election_is_the_next_whatever_later_one_is_asked_about(edited: Edit, rule: str) -> None:
    state = edited(("min_years = 17\nmin_months = 6", f'turns_18_by = "{rule}"'))
    later = Election(date(2030, 11, 5), "general", "General election", "JF")
    found = assess(Answers(birth_date=date(2012, 6, 1)), state, later, date(2026, 12, 1)).registering
    assert said(found) == ("not_yet", ["too_young"], date(2028, 11, 8))
    assert found.reasons[0].confidence == "low"  # what elections come before 2030 is not listed


@pytest.mark.parametrize("answers", [Answers(birth_date=date(9998, 5, 1)), Answers(resident_since=date.max)])
def test_days_at_the_end_of_the_calendar_are_no_error(jefferson: Jurisdiction, answers: Answers) -> None:
    assert assess(answers, jefferson, GENERAL, ON).registering.outcome in ("eligible", "not_yet")


def test_payment_is_asked_about_where_it_is_not_known_to_be_free(edited: Edit) -> None:
    answers = replace(ADULT, conviction="completed")
    rules = {"unknown": "owes_payment", "needed": "owes_payment", "not_needed": "resident_since"}
    for payment, question in rules.items():
        state = edited(('payment = "not_needed"', f'payment = "{payment}"'))
        assert assess(answers, state, GENERAL, ON).next_question == question
