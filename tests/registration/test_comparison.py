"""The few words of the table of all jurisdictions."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from registration.phrases import comparison
from state_rules import Rule, ways
from state_rules.jurisdiction import IdNumberRule
from state_rules.practice import SameDay
from state_rules.qualifications import AgeRule
from tests.registration.domain.jefferson import ELECTION, jefferson

RULES = jefferson()


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def column(channel: str, on: date, rules=RULES) -> tuple[list[str], date | None]:
    found = next(way for way in ways(rules, ELECTION, on) if way.name == channel)
    return comparison.way(found, on), comparison.last_day_to_act(found, on)


def received(**changed):
    """Jefferson where the form must arrive by day 30, and offices stay open whatever the day."""
    version = RULES.deadlines["mail"].versions[0]
    test = replace(version.value.all_of[0], event="received")
    deadline = replace(version.value, all_of=(test,), **changed)
    mail = Rule((replace(version, value=deadline),))
    return replace(RULES, deadlines={**RULES.deadlines, "mail": mail})


@pytest.mark.parametrize(
    ("channel", "on", "said", "day"),
    [
        ("online", date(2026, 9, 1), ["October 5, 2026", "34 days left"], date(2026, 10, 5)),
        ("online", date(2026, 10, 4), ["October 5, 2026", "1 day left"], date(2026, 10, 5)),
        ("online", date(2026, 10, 5), ["October 5, 2026", "today"], date(2026, 10, 5)),
        ("online", date(2026, 10, 6), ["Closed"], None),
        ("mail", date(2026, 9, 1), ["Mail it by October 5, 2026", "34 days left"], date(2026, 10, 5)),
        ("mail", date(2026, 10, 6), ["Closed"], None),
        ("in_person", date(2026, 9, 1), ["October 5, 2026", "34 days left"], date(2026, 10, 5)),
        ("in_person", date(2026, 10, 6), ["Closed"], None),
        ("same_day", date(2026, 9, 1), ["Opens later"], None),
        ("same_day", date(2026, 10, 6), ["Last chance", "November 3, 2026", "28 days left"], date(2026, 11, 3)),
    ],
)
def test_a_way_names_its_last_day_and_the_days_left(channel, on, said, day):
    assert column(channel, on) == (said, day)


def test_a_form_that_must_arrive_leaves_a_week_for_the_mail_and_is_handed_in_after_that():
    early, late = date(2026, 9, 1), date(2026, 10, 1)
    assert column("mail", early, received()) == (["Mail it by September 28, 2026", "27 days left"], date(2026, 9, 28))
    assert column("mail", late, received()) == (["Hand it in by October 5, 2026", "4 days left"], date(2026, 10, 5))


def test_a_form_is_handed_in_on_a_day_on_which_offices_are_open():
    sunday_stays = received(if_closed="same_day")
    assert column("mail", date(2026, 10, 1), sunday_stays) == (
        ["Hand it in by October 2, 2026", "1 day left"],
        date(2026, 10, 2),
    )


def test_a_day_that_is_not_certain_says_so():
    assert column("mail", date(2026, 9, 1), received(if_closed="unstated"))[0][-1] == "Not certain: confirm it"


def test_a_way_that_is_not_offered():
    online = Rule((replace(RULES.deadlines["online"].versions[0], value=replace(
        RULES.deadlines["online"].versions[0].value, available=False, all_of=()
    )),))  # fmt: skip
    rules = replace(RULES, deadlines={**RULES.deadlines, "online": online})
    assert column("online", date(2026, 9, 1), rules) == (["Not offered"], None)


@pytest.mark.parametrize(
    ("age", "lines", "early"),
    [
        (AgeRule(min_years=17, min_months=6), ["17 and 6 months"], ""),
        (AgeRule(pre_years=16), ["18"], "Early from 16"),
        (AgeRule(min_years=17, turns_18_by="next_general"), ["17", "18 by the next general election"], ""),
        (AgeRule(days_before_18=90), ["90 days before turning 18"], ""),
        (AgeRule(min_years=16, min_by_channel=(("mail", 17),)), ["16", "By mail: 17"], ""),
    ],
)
def test_age_in_few_words(age, lines, early):
    assert (comparison.register_from(age), comparison.sign_up_from(age)) == (lines, early)


@pytest.mark.parametrize(
    ("age", "groups", "months"),
    [
        (AgeRule(), {"from_18"}, 216),
        (AgeRule(min_years=18), {"from_18"}, 216),
        (AgeRule(min_years=17, min_months=6), {"before_18"}, 210),
        (AgeRule(min_years=17, min_months=6, pre_years=16), {"early", "before_18"}, 192),
        (AgeRule(pre_years=17, pre_months=6), {"early"}, 210),
        (AgeRule(turns_18_by="next_general"), {"before_18"}, 204),
        (AgeRule(days_before_18=90), {"before_18"}, 213),
    ],
)
def test_age_rule_has_its_groups_and_its_place_in_the_order(age, groups, months):
    assert (comparison.age_groups(age), comparison.youngest(age)) == (groups, months)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (SameDay(), "No"),
        (SameDay(True, True, "all"), "Yes, on election day and in early voting"),
        (SameDay(False, True, "all"), "Yes, in early voting"),
        (SameDay(True, False, "president_only"), "Yes, on election day, for president only"),
        (SameDay(True, False, "all", ("general",)), "Yes, on election day, in some elections"),
    ],
)
def test_same_day_in_few_words(rule, words):
    assert comparison.same_day(rule) == words


@pytest.mark.parametrize(
    ("rule", "acceptance", "words"),
    [
        (IdNumberRule("full_ssn"), "registers", "Full Social Security number"),
        (IdNumberRule("full_ssn", required=False), "registers", "Full Social Security number (you may leave it blank)"),
        (IdNumberRule("not_asked", required=False), "registers", "Not asked"),
        (IdNumberRule("full_ssn"), "refused", "The national form is not used"),
    ],
)
def test_id_number_in_few_words(rule, acceptance, words):
    assert comparison.id_number(rule, acceptance) == words
