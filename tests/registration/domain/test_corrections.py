"""A correction is part of the rules on its days, and never more than a line in the log where it does not fit."""

import json
import logging
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import state_rules
from config.logs import JsonFormatter
from registration.domain import rules
from registration.domain.audit import Order, Refused
from registration.domain.corrections import Wanted, attempt, coming_and_active, correct, end_correction
from registration.domain.differences import Difference, differences
from registration.models import AuditEntry, Correction
from state_rules import form_needs
from state_rules.overlay import Fragment
from tests.registration.fragments import MAIL, OFFICE, SOURCE, stored

pytestmark = pytest.mark.django_db
NOW = datetime(2028, 6, 1, 15, 0, tzinfo=UTC)
STARTS, ENDS = date(2028, 6, 1), date(2028, 6, 30)
ORDER = Order("Ana Ruiz", "The office has a new telephone number.", NOW)
#: The fourth Thursday in October is a holiday: October 26, 2028, twelve days before the election.
HOLIDAYS = SOURCE + '[[holidays]]\nkept = [{ name = "Day", month = 10, weekday = 3, nth = 4 }]\nsources = ["notice"]\n'
WITHOUT_HOLIDAY = (
    MAIL.replace("days_before = 10", "days_before = 12")
    .replace("same_day", "next_business_day")
    .replace("2028-10-28", "2028-10-26")
)
WITH_HOLIDAY = WITHOUT_HOLIDAY.replace("by = 2028-10-26", "by = 2028-10-27")
WANTED = Wanted("GA", Fragment("office", OFFICE, STARTS, ENDS))


def telephone(on: date) -> str:
    return form_needs(rules.current("GA", on), on).office.value.telephone


def test_correction_holds_on_its_days_alone():
    before = form_needs(state_rules.load("GA"), STARTS).office.value.telephone
    correct(WANTED, ORDER)
    days = [date(2028, 5, 31), STARTS, ENDS, date(2028, 7, 1)]
    assert [telephone(day) for day in days] == [before, "(404) 555-0199", "(404) 555-0199", before]


def test_correction_leaves_other_jurisdictions_as_their_files_have_them():
    correct(WANTED, ORDER)
    assert rules.current("AL", STARTS) is state_rules.load("AL")


def test_ended_correction_holds_no_more_and_cannot_be_ended_twice():
    correction = correct(WANTED, ORDER)
    end_correction(correction.pk, ORDER)
    assert rules.current("GA", STARTS) is state_rules.load("GA")
    assert coming_and_active(NOW) == []
    with pytest.raises(Refused, match=rf"^Correction {correction.pk} is over already\.$"):
        end_correction(correction.pk, ORDER)


def test_correction_is_over_after_its_last_day_there():
    correction = correct(WANTED, ORDER)
    last_hour, next_day = (datetime(2028, 7, 1, hour, 30, tzinfo=UTC) for hour in (3, 4))
    assert [len(coming_and_active(at)) for at in (last_hour, next_day)] == [1, 0]
    with pytest.raises(Refused, match=r"is over already\.$"):
        end_correction(correction.pk, replace(ORDER, at=next_day))


def test_end_of_a_correction_that_is_none_is_refused():
    with pytest.raises(Refused, match=r"^There is no correction 7\.$"):
        end_correction(7, ORDER)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (replace(WANTED, jurisdiction="ZZ"), "There is no jurisdiction 'ZZ'."),
        (Wanted("GA", Fragment("office", OFFICE, date(2028, 5, 31), ENDS)), "The first day is past."),
        (Wanted("GA", Fragment("office", OFFICE, STARTS, date(2028, 5, 31))), "The last day comes before the first."),
        (Wanted("GA", Fragment("office", OFFICE, STARTS, date(2028, 11, 29))), "The last day is more than 180 days"),
        (Wanted("GA", Fragment("office", "x", STARTS, ENDS)), "correction of GA office: cannot be read: "),
        (replace(WANTED, reason_es="Sin punto"), "The reason must end like a sentence"),
    ],
)
def test_correction_that_cannot_be_is_refused_and_nothing_is_written(wanted, said):
    with pytest.raises(Refused) as refused:
        correct(wanted, ORDER)
    assert str(refused.value).startswith(said)
    assert (Correction.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_correction_and_its_end_are_written_down_without_the_fragment():
    correction = correct(WANTED, ORDER)
    end_correction(correction.pk, Order("Ben", "The release has it.", NOW))
    fields = ("who", "action", "subject_kind", "subject_id", "reason", "at")
    assert list(AuditEntry.objects.order_by("pk").values_list(*fields)) == [
        ("Ana Ruiz", "corrected", "correction", correction.pk, "The office has a new telephone number.", NOW),
        ("Ben", "correction_ended", "correction", correction.pk, "The release has it.", NOW),
    ]
    assert sorted(AuditEntry.objects.first().details) == ["ends_on", "jurisdiction", "rule", "sha256", "starts_on"]


def test_rules_are_the_same_object_while_the_corrections_are_the_same(django_assert_num_queries):
    correct(WANTED, ORDER)
    first = rules.current("GA", STARTS)
    with django_assert_num_queries(1):
        assert rules.current("GA", STARTS) is first


def test_version_names_the_corrections_in_force():
    numbers = [
        correct(WANTED, ORDER).pk,
        correct(Wanted("GA", Fragment("deadlines.mail", MAIL, STARTS, ENDS)), ORDER).pk,
    ]
    found = [rules.standing("GA", day).version for day in (date(2028, 5, 31), STARTS, date(2028, 7, 1))]
    plain = state_rules.rules_version()
    assert found == [plain, f"{plain}+{numbers[0]}.{numbers[1]}", plain]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([1000000000 + n for n in range(20)], ["1000000000", "1000000001", "1000000002", "1000000003", "more"]),
        ([100 + n for n in range(13)], [str(100 + n) for n in range(13)]),
        ([100 + n for n in range(14)], [*(str(100 + n) for n in range(11)), "more"]),
        ([100] * 12 + [1000], [*["100"] * 11, "more"]),
        ([10] * 17, ["10"] * 17),
        ([10] * 18, [*["10"] * 15, "more"]),
    ],
)
def test_version_fits_its_column_and_cuts_no_number_whatever_is_in_force(numbers, said):
    many = tuple(rules.Corrected(number, "office", OFFICE, STARTS, ENDS, "Why.", "") for number in numbers)
    version = rules.Standing(state_rules.load("GA"), many).version
    assert (version.split("+")[1].split("."), len(version) <= 64) == (said, True)


def test_correction_that_no_longer_fits_is_left_out_and_logged_once(caplog):
    broken = stored(fragment=OFFICE.replace("telephone", "fax"))
    fitting = stored("deadlines.mail", MAIL)
    with caplog.at_level(logging.ERROR, logger="registration.domain.rules"):
        found = [rules.standing("GA", STARTS) for _ in range(2)]
    assert [[each.number for each in standing.corrections] for standing in found] == [[fitting.pk]] * 2
    assert [(each.msg, each.correction) for each in caplog.records] == [("a correction is left out", broken.pk)]
    assert [(each.correction.pk, each.problem) for each in coming_and_active(NOW)] == [
        (broken.pk, "correction of GA office: office.fax: unknown key"),
        (fitting.pk, ""),
    ]


def test_correction_that_has_not_begun_takes_nothing_from_one_in_force():
    coming = stored("holidays", HOLIDAYS, starts_on=date(2028, 6, 20))
    now = stored("deadlines.mail", WITHOUT_HOLIDAY, ends_on=date(2028, 6, 19))
    assert [(each.correction.pk, each.problem) for each in coming_and_active(NOW)] == [(now.pk, ""), (coming.pk, "")][
        ::-1
    ]


def test_correction_that_will_not_fit_once_another_begins_is_listed_with_the_day():
    stored("holidays", HOLIDAYS, starts_on=date(2028, 6, 20))
    fitting_today = stored("deadlines.mail", WITHOUT_HOLIDAY)
    problem = {each.correction.pk: each.problem for each in coming_and_active(NOW)}[fitting_today.pk]
    assert problem.startswith("From 2028-06-20 on: correction of GA deadlines.mail: examples[0]")
    assert [len(rules.standing("GA", date(2028, 6, day)).corrections) for day in (19, 20)] == [1, 1]


def test_correction_that_does_not_fit_on_a_later_one_of_its_days_is_refused():
    correct(Wanted("GA", Fragment("holidays", HOLIDAYS, date(2028, 6, 20), ENDS)), ORDER)
    mail = Wanted("GA", Fragment("deadlines.mail", WITHOUT_HOLIDAY, STARTS, ENDS))
    with pytest.raises(Refused) as refused:
        correct(mail, ORDER)
    assert str(refused.value).startswith(
        "From 2028-06-20 on, with the corrections of then: correction of GA deadlines.mail: examples[0]"
    )
    correct(replace(mail, overlay=replace(mail.overlay, ends=date(2028, 6, 19))), ORDER)
    assert Correction.objects.count() == 2


def test_correction_is_tried_again_when_another_is_over():
    correct(Wanted("GA", Fragment("holidays", HOLIDAYS, STARTS, date(2028, 6, 19))), ORDER)
    with pytest.raises(Refused, match=r"^From 2028-06-20 on, with the corrections of then: "):
        correct(Wanted("GA", Fragment("deadlines.mail", WITH_HOLIDAY, STARTS, ENDS)), ORDER)


def test_log_line_of_a_correction_that_is_left_out_has_its_number():
    broken = stored(fragment=OFFICE.replace("telephone", "telex"))
    lines = []
    handler = logging.Handler()
    handler.setFormatter(JsonFormatter())
    handler.emit = lambda record: lines.append(json.loads(handler.format(record)))
    rules.logger.addHandler(handler)
    rules.standing("GA", STARTS)
    rules.logger.removeHandler(handler)
    assert [(line["jurisdiction"], line["correction"]) for line in lines] == [("GA", broken.pk)]


def test_differences_name_each_answer_that_changes():
    tried = attempt(Wanted("GA", Fragment("deadlines.mail", MAIL, STARTS, ENDS)), NOW)
    changed = [each for each in differences(tried.before, tried.after, STARTS) if "2028-11-07" in each.what]
    assert [(each.what.split(",")[0], each.after) for each in changed] == [("mail", "postmarked by 2028-10-28")]
    assert Correction.objects.count() == 0


def test_differences_of_values_name_rule_and_part():
    tried = attempt(WANTED, NOW)
    changed = differences(tried.before, tried.after, STARTS)
    old = form_needs(tried.before, STARTS).office.value
    assert Difference("office.telephone", repr(old.telephone), "'(404) 555-0199'") in changed
    assert {each.what.split(".")[0] for each in changed} == {"office"}


def test_nothing_differs_between_the_same_rules():
    assert differences(state_rules.load("GA"), state_rules.load("GA"), STARTS) == ()
