"""When reminders are due: the clock on the wall, the rules, and the zone of whoever lives there."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from registration.domain.subscriptions import plan
from registration.domain.subscriptions.plan import Case, Reminder
from state_rules import load

ELECTION_DAY = date(2028, 11, 7)
NEW_YORK = "America/New_York"
LAST_DAY = date(2028, 10, 10)


def case(made_at: datetime, zone: str = NEW_YORK, code: str = "GA") -> Case:
    return Case(code, ELECTION_DAY, zone, made_at)


def local(year: int, month: int, day: int, hour: int = 0, zone: str = NEW_YORK) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZoneInfo(zone))


def kinds(made_at: datetime, last_day: date | None = LAST_DAY) -> list[str]:
    return [each.kind for each in plan.reminders(case(made_at), last_day)]


def test_reminders_come_at_ten_where_the_person_lives():
    made = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)
    assert plan.reminders(case(made), LAST_DAY) == (
        Reminder("remind_download", local(2028, 6, 2, 10), local(2028, 6, 5, 10)),
        Reminder("remind_mailed", local(2028, 6, 5, 10), local(2028, 6, 12, 10)),
        Reminder("remind_status", local(2028, 6, 22, 10), local(2028, 7, 6, 10)),
        Reminder("remind_deadline", local(2028, 10, 7, 10), local(2028, 10, 11)),
    )


def test_day_after_is_the_day_after_there_and_not_in_utc():
    made = local(2028, 6, 1, 22).astimezone(UTC)
    assert made.date() == date(2028, 6, 2)
    assert plan.reminders(case(made), LAST_DAY)[0].at == local(2028, 6, 2, 10)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (local(2028, 3, 11, 12), datetime(2028, 3, 12, 14, tzinfo=UTC)),  # clocks go forward on March 12
        (local(2028, 11, 4, 12), datetime(2028, 11, 5, 15, tzinfo=UTC)),  # and back on November 5
    ],
)
def test_r21_ten_is_ten_on_the_day_on_which_the_clocks_change(made, expected):
    assert plan.reminders(case(made), None)[0].at == expected


def test_r21_status_reminder_across_the_change_keeps_its_hour():
    [status] = [each for each in plan.reminders(case(local(2028, 10, 20, 9)), None) if each.kind == "remind_status"]
    assert status.at == datetime(2028, 11, 10, 15, tzinfo=UTC)
    assert status.at.astimezone(ZoneInfo(NEW_YORK)).hour == 10


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("AK", "America/Anchorage"), ("AZ", "America/Denver"), ("FL", "America/New_York"), ("ID", "America/Boise"),
        ("IN", "America/Indiana/Indianapolis"), ("KS", "America/Chicago"), ("KY", "America/New_York"),
        ("MI", "America/Detroit"), ("ND", "America/Chicago"), ("NE", "America/Chicago"), ("NV", "America/Denver"),
        ("OR", "America/Boise"), ("SD", "America/Chicago"), ("TN", "America/New_York"), ("TX", "America/Chicago"),
    ],
)  # fmt: skip
def test_r21_state_with_two_zones_counts_by_the_one_whose_day_ends_first(code, zone):
    place = load(code)
    assert plan.earliest_zone(place) == zone
    ends = [plan.end_of(LAST_DAY, each) for each in place.timezones]
    assert plan.end_of(LAST_DAY, zone) == min(ends)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (local(2028, 10, 7, 9), ["remind_deadline", "remind_download", "remind_status"]),
        (local(2028, 10, 7, 11), ["remind_download", "remind_status"]),
        (local(2028, 10, 9, 11), ["remind_download", "remind_status"]),
        (local(2028, 10, 10, 11), ["remind_status"]),
    ],
)
def test_nothing_is_planned_for_when_it_is_too_late(made, expected):
    assert kinds(made) == expected


def test_reminders_about_mailing_end_with_the_last_day():
    [download] = [
        each for each in plan.reminders(case(local(2028, 10, 8, 11)), LAST_DAY) if each.kind == "remind_download"
    ]
    assert download.until == local(2028, 10, 11)


@pytest.mark.parametrize(("days_before", "dropped"), [(4, "remind_download"), (7, "remind_mailed")])
def test_two_reminders_never_come_on_the_day_that_reminds_of_the_deadline(days_before, dropped):
    made = local(2028, 10, 10, 9) - timedelta(days=days_before)
    assert dropped not in kinds(made)
    assert "remind_deadline" in kinds(made)


def test_without_a_stated_day_there_is_no_reminder_of_it():
    assert kinds(local(2028, 6, 1, 9), None) == ["remind_download", "remind_mailed", "remind_status"]


def test_nothing_is_planned_after_the_subscription_ends():
    late = Case("GA", ELECTION_DAY, NEW_YORK, local(2028, 11, 20, 9))
    assert [each.kind for each in plan.reminders(late, None)] == ["remind_download", "remind_mailed"]
    assert plan.expiry(ELECTION_DAY, NEW_YORK) == local(2028, 12, 7)


def test_last_day_is_the_one_that_the_pages_name():
    georgia = case(datetime(2028, 6, 1, 15, 30, tzinfo=UTC))
    assert plan.last_day_to_mail(georgia, load("GA"), date(2028, 6, 1)) == LAST_DAY


@pytest.mark.parametrize("code", ["NH", "WY", "ND"])
def test_last_day_is_none_where_the_form_does_not_register(code):
    place = load(code)
    here = case(datetime(2028, 6, 1, 15, 30, tzinfo=UTC), plan.earliest_zone(place), code)
    assert plan.last_day_to_mail(here, place, date(2028, 6, 1)) is None
