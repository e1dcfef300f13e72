"""The rules of a jurisdiction as sentences for whoever wants to read all of them."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from registration.phrases import facts
from registration.phrases.facts import standing, timing
from state_rules import Version
from state_rules.jurisdiction import Deadline, ExpectedDate, MailTo, NvraForm, Online, PartyRule, PrintedDeadline, Test
from state_rules.practice import (
    AddressConfidentiality,
    Drives,
    Holiday,
    Holidays,
    Languages,
    Office,
    Page,
    PartyChange,
    Primary,
    ReturnClock,
    SameDay,
)
from state_rules.printed import Compared, compare_printed
from state_rules.qualifications import AgeRule, Capacity, CitizenshipProof, Felony, Residency, VotingAge
from tests.registration.domain.jefferson import jefferson

RULES = jefferson()
MAILED = Test("postmarked", days_before=30)
IN_PERSON = Test("appeared", weekday="monday", nth_before=5, time="17:00")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("name", "value", "sentences"),
    [
        ("registration_required", True, ["In Jefferson you must register before you can vote."]),
        (
            "registration_required", False,
            ["Jefferson has no voter registration. If you may vote, you can go and vote."],
        ),
        (
            "age", AgeRule(min_years=16, min_by_channel=(("online", 17), ("mail", 17)), pre_years=15, pre_months=6),
            [
                "To register, this must be true:", "You are at least 16 years old.", "Online the age is 17 years.",
                "By mail the age is 17 years.",
                "Before that, you can sign up early from an age of 15 years and 6 months.",
            ],
        ),
        (
            "voting_age", VotingAge(at_17="primaries", nominations_only=True),
            [
                "You can vote from the age of 18.",
                "At 17 you can vote in a primary if you will be 18 by the general election.",
                "At 17 you vote on the candidates only, not on other questions.",
            ],
        ),
        (
            "voting_age", VotingAge(),
            ["You can vote from the age of 18.", "You cannot vote at 17, not even in a primary."],
        ),
        (
            "residency", Residency(level="state"),
            ["You live in Jefferson.", "How long you have lived there does not matter."],
        ),
        (
            "felony",
            Felony(
                "executive_order", ("arson",), parole="bars", probation="free", payment="needed",
                restoration="executive_order", rests_on="Executive Order 7", look_again=date(2027, 1, 15),
            ),
            [
                "To register, this must be true:",
                "If you were convicted of a felony, your right to vote was restored by the governor.",
                "After these crimes the right to vote does not come back by itself: arson.",
                "You cannot register while you are on parole.", "You can register while you are on probation.",
                "You must first pay what the court ordered.",
                "An order of the governor gives the right to vote back.",
                "This rests on Executive Order 7. A governor can end it.",
                "Ask again after January 15, 2027: it may have changed by then.",
            ],
        ),
        (
            "felony", Felony("never_lost", restoration="not_lost"),
            ["A criminal conviction does not take away your right to vote here."],
        ),
        ("capacity", Capacity("none"), ["No ruling of a court on your mental ability takes away your right to vote."]),
        (
            "citizenship_proof", CitizenshipProof("none"),
            ["You swear that you are a citizen. No document is asked for."],
        ),
        (
            "mail_to", MailTo(("Elections", "Monticello, JF 99901")),
            ["The form goes to: Elections, Monticello, JF 99901."],
        ),
        ("mail_to", MailTo(), ["We have no address to mail the national form to."]),
        (
            "nvra_form", NvraForm("registers", ("1", "A"), oath="I swear."),
            [
                "You can register in Jefferson with this form.", "Fill in these boxes: 1, A.",
                "The law sets the words that you sign. They are shown here in English:",
            ],
        ),
        (
            "party", PartyRule(True, ("Whig", "Federalist")),
            [
                "You may choose a political party. If you do not want a party, leave it blank.",
                "Parties that we know of: Whig, Federalist.",
                "We are not sure of this list. You may name another party.",
            ],
        ),
        (
            "same_day", SameDay(True, False, "president_only", ("general",), "provisional"),
            [
                "You can register and vote on one visit on election day.",
                "Only at elections of this kind: General election.",
                "If you register then, you can vote for president only.",
                "You get a provisional ballot. It counts when the office has checked it.",
            ],
        ),
        ("same_day", SameDay(), ["You cannot register and vote on one visit."]),
        (
            "primary", Primary("closed", (PartyChange("changes", 12, 31, 1, blocked=True),)),
            [
                "Only a party's members may vote in its primary.",
                "If you are a voter here and change your party, do it by December 31 of the year before the primary.",
                "After that, no change is taken until the primary is over.",
            ],
        ),
        (
            "primary", Primary("semi_closed", (PartyChange("switchers", months_before=3),)),
            [
                "A party's members, and voters of no party, may vote in its primary.",
                "If you leave one party for another, do it at least 3 months before the primary.",
            ],
        ),
        ("absentee", Page(), ["We know of no such page."]),
        ("absentee", Page("https://vote.example/"), ["See https://vote.example/."]),
        ("online", Online(False), ["There is no online registration here."]),
        (
            "languages", Languages(("Spanish",), ("Chinese",), ("Monticello",)),
            [
                "By federal law election offices must give help and papers in other languages, too.",
                "Everywhere they must help in: Spanish.", "In some places they must help in: Chinese.",
                "Such places are: Monticello. There may be more.",
            ],
        ),
        (
            "address_confidentiality", AddressConfidentiality("yes", "Safe at Home"),
            [
                "A program keeps the home address of people in danger out of public records.",
                "Its name is: Safe at Home.",
            ],
        ),
        (
            "drives",
            Drives(
                group="registers", volunteer="training", per_county=True, who_may="citizens",
                return_within=ReturnClock(5, "business_days", or_deadline=True),
                near_deadline=ReturnClock(48, "hours"), near_days=14, receipt=True, paid_per_form="banned",
                fines=("$50", "$100"),
            ),
            [
                "A group must sign up with the state first.", "Each volunteer must take a training first.",
                "This is needed in every county apart.", "Who may collect forms: citizens.",
                "Return each signed form within 5 business days, or by the registration deadline if that is sooner.",
                "In the last 14 days before the deadline, return it within 48 hours.",
                "Give each person a receipt.", "Nobody may be paid by the number of forms.", "Fines: $50; $100.",
            ],
        ),
        (
            "drives",
            Drives(
                group="nothing", volunteer="nothing", return_within=ReturnClock(7, "days"),
                near_deadline=ReturnClock(72, "hours"),
            ),
            [
                "A group needs no permission first.", "A volunteer needs no permission first.",
                "Return each signed form within 7 days.",
                "Close to the deadline, return it within 72 hours. Ask the election office from when.",
            ],
        ),
        ("drives", Drives(possible=False), ["A volunteer drive cannot register people here."]),
        (
            "holidays",
            Holidays(
                (
                    Holiday("Founders' Day", 4, 21), Holiday("Leap Day", 2, 29),
                    Holiday("Good Friday", days_after_easter=-2),
                    Holiday("Lincoln Day", 2, weekday=4, nth=-1),
                    Holiday("Election Day", 11, weekday=1, nth=1, every=2),
                ),
                ("Columbus Day",),
            ),
            [
                "Election offices are closed on federal holidays and on these days:", "Founders' Day (April 21)",
                "Leap Day (February 29)", "Good Friday (2 days before Easter)",
                "Lincoln Day (the last Friday of February)",
                "Election Day (the first Tuesday of November, in even years)",
                "These federal holidays are not kept here: Columbus Day.",
            ],
        ),
    ],
)  # fmt: skip
def test_a_rule_is_told_in_sentences(name, value, sentences):
    assert facts.said(name, value, RULES) == sentences


@pytest.mark.parametrize(
    ("deadline", "sentences"),
    [
        (Deadline(False), ["Registration by mail is not offered here."]),
        (Deadline(), ["No last day is set by law. Ask the election office."]),
        (
            Deadline(all_of=(MAILED,), if_closed="next_business_day"),
            [
                "The form must be postmarked by day 30 before the election.",
                "If that day is a weekend or a holiday, the next business day counts.",
            ],
        ),
        (
            Deadline(
                any_of=(MAILED, Test("received", business_days_before=11, time="close_of_business")),
                by_election_kind=(("special", Deadline(all_of=(Test("received", last_business_day_before=True),))),),
            ),
            [
                "Any one of these is enough.", "The form must be postmarked by day 30 before the election.",
                "The form must reach the election office by the end of office hours "
                "on business day 11 before the election.",
                "We do not know if a weekend or a holiday moves that day. Act sooner.",
                "Special election: The form must reach the election office "
                "by the last business day before the election.",
            ],
        ),
        (
            Deadline(
                all_of=(
                    MAILED, Test("received", days_after_first=5), Test("received", days_before=9, if_closed="same_day"),
                ),
                if_closed="previous_business_day", tell="Ask first.",
            ),
            [
                "You must meet each of these.",
                "The form must be postmarked by day 30 before the election. "
                "If that day is a weekend or a holiday, the business day before it counts.",
                "The form must reach the election office within 5 days after that.",
                "The form must reach the election office by day 9 before the election. "
                "A weekend or a holiday does not move that day.",
                "Ask first.",
            ],
        ),
        (
            Deadline(all_of=(Test("received", local_min_days=6, local_max_days=13),)),
            ["Your local office sets the last day, from 13 to 6 days before the election."],
        ),
    ],
)  # fmt: skip
def test_a_deadline_is_told_as_the_law_counts_it(deadline, sentences):
    assert facts.said("deadlines.mail", deadline, RULES) == sentences


def test_a_deadline_with_a_last_chance_tells_both():
    assert facts.said("deadlines.in_person", RULES.deadlines["in_person"].versions[0].value, RULES) == [
        "Go in person by 5 p.m. on day 30 before the election.",
        "If that day is a weekend or a holiday, the next business day counts.",
        "As a last chance, you can register in person by the time the polls close on election day.",
        "Where: your polling place.",
        "What to bring: photo identification and proof of where you live.",
    ]
    weekday = Deadline(all_of=(IN_PERSON,), if_closed="same_day")
    assert facts.said("deadlines.in_person", weekday, RULES) == [
        "Go in person by 5 p.m. on the fifth Monday before the election.",
        "A weekend or a holiday does not move that day.",
    ]


def test_the_printed_form_is_set_beside_ours():
    rule = RULES.printed_deadline
    assert timing.printed(rule) == ["The form must be postmarked by day 30 before the election."]
    assert timing.printed(PrintedDeadline(rule.source)) == ["The printed form says no last day."]
    election = date(2028, 11, 7)
    assert timing.compared(compare_printed(RULES, election), election) == [
        "For the election of Tuesday, November 7, 2028 the form says Sunday, October 8, 2028. "
        "Ours is Tuesday, October 10, 2028.",
        "Why they differ:",
        rule.differs,
    ]
    same = date(2027, 11, 4)
    assert timing.compared(compare_printed(RULES, same), same) == [
        "For the election of Thursday, November 4, 2027 that is Tuesday, October 5, 2027. Ours is the same."
    ]


ON = date(2026, 9, 1)
VERSION = Version(date(2020, 1, 1), True, ())


@pytest.mark.parametrize(
    ("version", "words"),
    [
        (VERSION, "Earlier rule. A later one has taken its place."),
        (replace(VERSION, until=date(2026, 8, 31)), "It was in force until its last day."),
        (replace(VERSION, effective=date(2027, 1, 1)), "It came later."),
        (
            replace(VERSION, effective=date(2027, 1, 1), status="future"),
            "This is law already. It starts on its day.",
        ),
        (replace(VERSION, effective=date(2027, 1, 1), status="pending"), "Not decided yet. It is not law."),
        (replace(VERSION, status="enjoined"), "A court has stopped it for now."),
        (replace(VERSION, status="struck_down"), "A court has ended it."),
        (replace(VERSION, status="not_operated"), "It is on the books, but it is not used."),
    ],
)
def test_standing_of_a_version_that_is_not_in_force(version, words):
    assert standing.standing(version, ON) == words


def test_days_of_a_version():
    ended = replace(VERSION, until=date(2026, 8, 31))
    assert (standing.since(VERSION), standing.since(ended)) == (
        "Since January 1, 2020.",
        "From January 1, 2020 until August 31, 2026.",
    )
    assert (standing.starting(VERSION), standing.starting(ended)) == (
        "From January 1, 2020",
        "From January 1, 2020 until August 31, 2026",
    )


def test_whom_to_ask():
    assert standing.ask(None) == "Ask the election office."
    office = Office("Elections", "(404) 555-0100", website="https://vote.example/")
    assert standing.ask(office) == "Ask the election office: (404) 555-0100 · https://vote.example/."


@pytest.mark.parametrize(
    ("value", "gaps"),
    [(Page(), True), (Page("https://x.example/"), False), (Drives(), True), (Capacity("none"), False), (True, False)],
)
def test_a_value_says_whether_it_leaves_something_open(value, gaps):
    assert facts.has_gaps(value) is gaps


def test_what_is_not_known_names_the_day_from_which_something_is():
    first = "We do not know the rule of that day. Our data begins on September 2, 2026."
    assert standing.unknown_on(date(2026, 9, 2), ON) == first
    assert standing.unknown_on(None, ON) == "We do not know this."


def test_crime_and_not_the_stage_of_the_sentence_is_told_where_it_decides():
    said = facts.said("felony", Felony("by_offence", ("murder",), parole="bars", probation="bars"), jefferson())
    assert [line for line in said if "parole" in line or "probation" in line] == []


def test_same_day_for_another_reason_is_said_so():
    days = (ExpectedDate("unstated", date(2028, 10, 16)),)
    both = Compared(days, (ExpectedDate("received", date(2028, 10, 16)),) * 2, "It must arrive.")
    assert timing.compared(both, date(2028, 11, 7)) == [
        "For the election of Tuesday, November 7, 2028 that is Monday, October 16, 2028. "
        "Ours is the same day, with one difference.",
        "Why they differ:",
        "It must arrive.",
    ]
