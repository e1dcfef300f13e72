"""Who may register, what the boxes want and how the form is taken, as sentences."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from registration import phrases
from state_rules import Answers as Said
from state_rules import assess, form_needs, load
from state_rules.jurisdiction import IdNumberRule, PartyRule, RaceRule
from state_rules.qualifications import AgeRule
from tests.registration.domain.jefferson import ELECTION, ON, jefferson

RULES = jefferson()


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


READING = "This is our reading of the rules. Only an election official can decide."


@pytest.mark.parametrize(
    ("answers", "title", "paragraphs"),
    [
        (
            Said(True, date(1990, 5, 17)), "It looks like you can register",
            ["You are old enough to register in Jefferson."],
        ),
        (
            Said(True, date(2010, 5, 1)), "You can register from Monday, November 1, 2027",
            ["By your date of birth, you can register in Jefferson from Monday, November 1, 2027."],
        ),
        (
            Said(True, date(2009, 3, 1)), "It looks like you can register",
            [
                "You can register in Jefferson now, before you turn 18. "
                "You can vote from Monday, March 1, 2027, when you are 18."
            ],
        ),
        (
            Said(True, date(2008, 10, 1)), "It looks like you can register",
            ["You can register in Jefferson now, before you turn 18."],
        ),
        (
            Said(False, date(1990, 5, 17)), "You can register when you are a citizen",
            [
                "Only United States citizens can register. Please do not fill in this form unless you are one.",
                "Come back when you are a citizen.",
            ],
        ),
        (
            Said(True, None, other_rule="unsure"), "Ask the election office first",
            [
                "You are not sure about one of the rules of Jefferson. "
                "The election office can tell you, and asking is free."
            ],
        ),
    ],
)  # fmt: skip
def test_assessment_is_a_reading_and_never_a_verdict(answers, title, paragraphs):
    assert phrases.assessment(assess(answers, RULES, ELECTION, ON), RULES) == (title, [*paragraphs, READING])


def test_too_young_by_mail_and_not_in_person_is_told_both():
    rules = jefferson(age={"min_years": 16, "min_months": 0, "min_by_channel": (("mail", 17),)})
    title, said = phrases.assessment(assess(Said(True, date(2010, 5, 1)), rules, ELECTION, ON), rules)
    assert (title, said[0]) == (
        "You can register in person now, and by mail later",
        "By your date of birth, you can register by mail from Saturday, May 1, 2027. In person you can register now.",
    )
    title, said = phrases.assessment(assess(Said(True, date(2011, 5, 1)), rules, ELECTION, ON), rules)
    assert (title, said[0]) == (
        "You can register from Monday, May 1, 2028",
        "By your date of birth, you can register by mail from Monday, May 1, 2028. "
        "In person you can register from Saturday, May 1, 2027.",
    )


def test_requirements_come_from_the_rules():
    assert phrases.requirements(form_needs(RULES, ON), RULES) == [
        "You are a United States citizen.",
        "You live in Jefferson, in the county where you want to vote.",
        "You will have lived there for at least 30 days by election day.",
        "You are at least 17 years and 6 months old.",
        "If you were convicted of a felony, you have finished your sentence, parole and probation.",
        "No court has taken away your right to vote because of a mental disability.",
        "You can sign up before you are 18. You can vote when you are 18.",
    ]


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (AgeRule(), ["You are at least 18 years old."]),
        (AgeRule(min_years=17), ["You are at least 17 years old."]),
        (AgeRule(min_years=17, min_months=1), ["You are at least 17 years and 1 month old."]),
        (AgeRule(pre_years=16, turns_18_by="next_general"), ["You are at least 16 years old."]),
        (AgeRule(turns_18_by="next_election"), ["You will be 18 by the next election."]),
        (AgeRule(days_before_18=90), ["You are 18, or will be within 90 days."]),
        (AgeRule(min_years=16, min_by_channel=(("mail", 17),)), ["You are at least 17 years old."]),
    ],
)
def test_conditions_name_the_age_from_which_one_may_sign(age, said):
    rules = jefferson()
    needs = form_needs(rules, ON)
    needs = replace(needs, age=replace(needs.age, value=age))
    assert phrases.conditions(needs, rules)[3:-2] == said


@pytest.mark.parametrize(
    ("also", "said"),
    [
        (("no_vote_elsewhere",), ["You do not claim the right to vote in any other place."]),
        (
            ("no_other_residence", "precinct_ten_days"),
            [
                "You claim no other place as your legal home.",
                "You will have lived in your precinct for at least 10 days by election day.",
            ],
        ),
        (("citizen_one_month",), ["You will have been a citizen for at least one month by election day."]),
    ],
)
def test_conditions_hold_what_else_the_form_has_a_person_swear(also, said):
    rules = jefferson(residency={"also": also})
    assert phrases.conditions(form_needs(rules, ON), rules)[3 : 3 + len(also)] == said


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("AK", {"not_registered_elsewhere"}), ("AR", {"no_vote_elsewhere", "lives_at_home_address"}),
        ("DC", {"no_vote_elsewhere"}), ("IA", {"no_vote_elsewhere"}), ("IL", {"no_vote_elsewhere"}),
        ("KS", {"no_vote_elsewhere", "no_other_name"}), ("KY", {"no_vote_elsewhere"}), ("NY", {"no_vote_elsewhere"}),
        ("LA", {"homestead_address"}), ("MN", {"lives_at_home_address"}), ("WV", {"lives_at_home_address"}),
        ("NV", {"no_other_residence", "precinct_ten_days"}), ("SC", {"no_other_residence"}),
        ("PA", {"citizen_one_month"}), ("GA", set()),
    ],
)  # fmt: skip
def test_instructions_of_the_form_that_go_beyond_the_usual(code, words):
    version = load(code).residency.on(date(2026, 11, 22))
    assert set(version.value.also) == words
    assert not words or any(source.kind == "form-instructions" for source in version.sources)


def test_waiting_time_is_said_in_years():
    rules = jefferson(felony={"category": "waiting_period", "years": 5, "tell": "Ask."}, capacity={"category": "none"})
    needs = form_needs(rules, ON)
    assert phrases.conditions(needs, rules)[-2:] == [
        "If you were convicted of a felony, your sentence is over. "
        "Or you were not in prison for it in the last 5 years.",
        "Ask.",
    ]
    assert phrases.other_rules(needs, rules)[0] == (
        "I was convicted of a felony and my sentence is not over. I was in prison for it in the last 5 years."
    )


def test_sentence_told_by_a_rule_is_shown_with_it():
    rules = jefferson(
        id_number={"tell": "One."}, party={"tell": "Two."}, nvra_form={"tell": "Three."}, age={"tell": "Four."},
    )  # fmt: skip
    needs = form_needs(rules, ON)
    said = [
        phrases.id_number_help(needs.id_number.value), phrases.party_help(needs.party.value),
        phrases.acceptance(needs, rules), phrases.requirements(needs, rules)[-1],
    ]  # fmt: skip
    assert [word in text for word, text in zip(("One.", "Two.", "Three.", "Four."), said, strict=True)] == [True] * 4


def test_every_told_sentence_is_for_translation():
    assert "Without a number, your form may not be processed." in phrases.texts_of_rules()


def test_other_rules_are_statements_that_one_says_yes_or_no_to():
    assert phrases.other_rules(form_needs(RULES, ON), RULES) == [
        "I was convicted of a felony, and my sentence, parole or probation is not over.",
        "A court has taken away my right to vote because of a mental disability.",
        "By election day I will have lived in my county for fewer than 30 days.",
    ]
    free = jefferson(felony={"category": "never_lost"}, capacity={"category": "none"}, residency={"days": 0})
    assert phrases.other_rules(form_needs(free, ON), free) == []


@pytest.mark.parametrize(
    ("felony", "condition", "statement"),
    [
        ({"category": "never_lost"}, [], []),
        (
            {"category": "incarceration"},
            ["You are not in prison or jail for a felony."], ["I am in prison or jail for a felony."],
        ),
        (
            {"category": "incarceration", "any_conviction": True},
            ["You are not in prison or jail after a conviction."], ["I am in prison or jail after a conviction."],
        ),
        (
            {"category": "full_sentence", "any_conviction": True},
            [
                "If you were convicted of a felony, you have finished your sentence, parole and probation.",
                "You are not in prison or jail after a conviction.",
            ],
            [
                "I was convicted of a felony, and my sentence, parole or probation is not over.",
                "I am in prison or jail after a conviction.",
            ],
        ),
        (
            {"category": "by_offence", "offences": ("murder", "arson")},
            [
                "You were not convicted of a felony that takes away the right to vote, or it was restored.",
                "These crimes take away the right to vote: murder; arson.",
            ],
            ["I was convicted of one of these crimes: murder; arson."],
        ),
        (
            {"category": "executive_order", "offences": ("homicide",)},
            [
                "If you were convicted of a felony, your right to vote was restored by the governor.",
                "After these crimes the right to vote does not come back by itself: homicide.",
            ],
            [
                "I was convicted of a felony, and the governor may not have restored my right to vote.",
                "I was convicted of one of these crimes, and my right was not restored: homicide.",
            ],
        ),
    ],
)  # fmt: skip
def test_convictions_are_said_as_the_rule_has_them(felony, condition, statement):
    rules = jefferson(felony=felony, capacity={"category": "none"}, residency={"days": 0})
    needs = form_needs(rules, ON)
    assert phrases.conditions(needs, rules)[3:] == condition
    assert phrases.other_rules(needs, rules) == statement


@pytest.mark.parametrize(
    ("proof", "said"),
    [
        ({"documents": "state_elections"},
         "Without a document that proves you are a citizen, you can vote in federal races only."),
        ({"documents": "all"},
         "You must also show a document that proves you are a citizen. Ask the office which ones count."),
        ({"documents": "all", "checked_first": True},
         "The state looks for proof that you are a citizen in its own records. If it finds none, it asks you."),
    ],
)  # fmt: skip
def test_documents_of_citizenship_are_said_as_the_rule_has_them(proof, said):
    rules = jefferson(citizenship_proof=proof)
    assert phrases.requirements(form_needs(rules, ON), rules)[-1] == said


def test_id_number_help_follows_the_rule():
    purpose = "The election office uses the number to tell people with the same name apart."
    assert phrases.id_number_help(IdNumberRule("full_ssn")) == (
        f"Enter your full Social Security number. If you have no such number, the box must say NONE. {purpose}"
    )
    assert phrases.id_number_help(IdNumberRule("full_ssn", required=False)) == (
        "Enter your full Social Security number. You may leave this blank. "
        f"Your form cannot be refused for that. {purpose}"
    )
    assert phrases.id_number_help(IdNumberRule("not_asked")) == "No ID number is asked for. Leave box 6 empty."


def test_party_and_race_help_follow_the_rule():
    assert phrases.party_help(PartyRule(False)) == "You do not choose a party here. Leave box 7 empty."
    assert phrases.party_help(PartyRule(True, no_party="Unenrolled")) == (
        "You may choose a political party. If you do not want a party, choose “Unenrolled.”"
    )
    assert phrases.race_help(RaceRule("optional")) == "You may give your race or ethnic group. You do not have to."


@pytest.mark.parametrize(
    ("acceptance", "said"),
    [
        ("registers", "You can register in Jefferson with this form."),
        ("refused", "Jefferson does not accept this form."),
        ("no_registration", "Jefferson has no voter registration. You do not need this form."),
        ("not_covered", "This form is not used in Jefferson."),
    ],
)
def test_acceptance_is_said_plainly(acceptance, said):
    rules = jefferson(nvra_form={"acceptance": acceptance})
    assert phrases.acceptance(form_needs(rules, ON), rules) == said


def test_no_form_says_what_to_do_instead():
    rules = jefferson(nvra_form={"acceptance": "no_registration", "boxes": ()})
    assert phrases.no_form(form_needs(rules, ON), rules) == (
        "You do not need to register in Jefferson",
        [
            "Jefferson has no voter registration. If you may vote, you can go and vote.",
            "Bring the ID that Jefferson asks for, with your current address.",
            "The election office can tell you which ID counts and where to vote.",
        ],
    )
