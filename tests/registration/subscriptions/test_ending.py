"""Why a message is not sent any more, who can end them, and what moves when the rules do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import TestCase

from registration.domain import subscriptions, tombstones
from registration.domain.subscriptions import Wish, find, moved_to, replan, stop_code, token_of, why_not
from registration.models import Application, Outbox, Subscription, Tombstone
from tests.registration.fragments import SOURCE, stored
from tests.registration.subscriptions.conftest import EVERYTHING

pytestmark = pytest.mark.django_db
SOON = datetime(2028, 6, 5, 14, tzinfo=UTC)
ALL = [f"remind_{name}_email" for name in ("download", "mailed", "deadline", "status")]


def reasons(subscription: Subscription, at: datetime) -> list[str]:
    subscription.refresh_from_db()
    return [why_not(subscription, kind, at) for kind in ALL]


def test_nothing_stands_against_what_is_due(subscribed):
    assert reasons(subscribed, SOON) == ["", "", "", ""]


def test_nothing_comes_after_i_mailed_it_and_the_addresses_are_gone(subscribed):
    assert subscriptions.mailed(token_of(subscribed), SOON) == subscribed
    assert reasons(subscribed, SOON) == ["mailed"] * 4
    assert why_not(subscribed, "link_email", SOON) == "mailed"
    assert (subscribed.mailed_at, subscribed.email) == (SOON, None)
    subscriptions.mailed(token_of(subscribed), SOON + timedelta(days=1))
    subscribed.refresh_from_db()
    assert subscribed.mailed_at == SOON


def test_stopping_one_means_leaves_the_other(send, settings):
    settings.OFFER_SMS = True
    send(EVERYTHING)
    row = Subscription.objects.get()
    subscriptions.unsubscribe(token_of(row), "email", SOON)
    row.refresh_from_db()
    assert (why_not(row, "remind_mailed_email", SOON), why_not(row, "remind_mailed_sms", SOON)) == ("unsubscribed", "")
    assert (row.email, subscriptions.address(row, "phone")) == (None, "+14045550177")
    subscriptions.unsubscribe(token_of(row), None, SOON)
    row.refresh_from_db()
    assert (why_not(row, "remind_mailed_sms", SOON), row.phone) == ("unsubscribed", None)


def test_form_that_was_opened_needs_no_reminder_to_open_it(subscribed):
    Application.objects.update(status=Application.Status.DELIVERED)
    assert reasons(Subscription.objects.get(), SOON) == ["delivered", "", "", ""]


def test_withdrawn_application_ends_everything(subscribed):
    Application.objects.update(status=Application.Status.WITHDRAWN)
    assert reasons(Subscription.objects.get(), SOON) == ["withdrawn"] * 4


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2028, 10, 11, 3, 59, tzinfo=UTC), ["", "", "", ""]),
        (datetime(2028, 10, 11, 4, 0, tzinfo=UTC), ["last_day_passed"] * 3 + [""]),
        (datetime(2028, 12, 7, 5, 0, tzinfo=UTC), ["expired"] * 4),
    ],
)
def test_r21_nothing_about_mailing_comes_after_the_last_day_there(subscribed, at, expected):
    assert reasons(subscribed, at) == expected


def test_token_finds_its_row_until_it_is_over_and_nothing_else_does(subscribed):
    token = token_of(subscribed)
    assert find(f" {token.upper()} ", SOON) == subscribed
    assert find(token, datetime(2028, 12, 7, 5, tzinfo=UTC)) is None
    for other in ("", "x", token[:-1], str(subscribed.pk), stop_code(subscribed)):
        assert find(other, SOON) is None


def test_s23_stop_code_stops_emails_and_opens_nothing(subscribed):
    code = stop_code(subscribed)
    assert token_of(subscribed) not in code
    assert subscriptions.mailed(code, SOON) is None
    assert subscriptions.unsubscribe(code, None, SOON) is None
    assert subscriptions.stop_emails(code, SOON) is True
    assert reasons(subscribed, SOON) == ["unsubscribed"] * 4
    assert subscriptions.stop_emails(code, SOON) is True


def test_s23_wrong_stop_code_stops_nothing(subscribed):
    code = stop_code(subscribed)
    flipped = code[:-2] + ("A" if code[-2] != "A" else "B") + code[-1]
    for wrong in ("", "é", code[:-4], flipped, "A" * 43):
        assert subscriptions.stop_emails(wrong, SOON) is False
    assert reasons(subscribed, SOON) == [""] * 4


def test_address_that_stops_emails_is_in_the_language_of_the_person(send, settings):
    settings.SITE_URL = "https://vote.example"
    send(Wish("luke@example.org", remind_email=True), language="es")
    row = Subscription.objects.get()
    assert subscriptions.unsubscribe_url(row) == f"https://vote.example/es/m/unsubscribe/{stop_code(row)}/"


# A backup from before is brought back


@pytest.mark.parametrize(
    ("end", "why", "left"),
    [
        (lambda token: subscriptions.unsubscribe(token, "email", SOON), ("unsubscribed", ""), (False, True)),
        (lambda token: subscriptions.unsubscribe(token, "phone", SOON), ("", "unsubscribed"), (True, False)),
        (lambda token: subscriptions.unsubscribe(token, None, SOON), ("unsubscribed",) * 2, (False, False)),
        (lambda token: subscriptions.mailed(token, SOON), ("mailed",) * 2, (False, False)),
    ],
    ids=["email", "sms", "both", "mailed"],
)
def test_s31_messages_that_were_ended_stay_ended_after_a_restore(send, settings, tmp_path, end, why, left):
    settings.OFFER_SMS, settings.TOMBSTONES = True, tmp_path / "tombstones.jsonl"
    send(EVERYTHING)
    before = Subscription.objects.get()
    with TestCase.captureOnCommitCallbacks(execute=True):
        end(token_of(before))
    Tombstone.objects.all().delete()
    before.save()
    found = tombstones.replay(settings.TOMBSTONES.read_text().splitlines(), SOON)
    assert found.deleted == len(settings.TOMBSTONES.read_text().splitlines())
    now = Subscription.objects.get()
    assert tuple(why_not(now, f"remind_mailed_{means}", SOON) for means in ("email", "sms")) == why
    assert (now.email is not None, now.phone is not None) == left
    assert tombstones.replay(settings.TOMBSTONES.read_text().splitlines(), SOON).deleted == 0


# The rules change


def deadline_row() -> Outbox:
    return Outbox.objects.get(kind="remind_deadline_email")


def correct(days: int) -> None:
    """Correct Georgia's last day by mail to so many days before the election."""
    fragment = (
        SOURCE
        + f'[[deadlines.mail]]\nall_of = [{{ event = "postmarked", days_before = {days} }}]\nif_closed = "same_day"\n'
        + 'sources = ["notice"]\n[[examples]]\ndeadline = "mail"\nelection_day = 2028-11-07\n'
        + f'expect = [{{ event = "postmarked", by = {date(2028, 11, 7) - timedelta(days=days)} }}]\nsource = "notice"\n'
    )
    stored("deadlines.mail", fragment, ends_on=date(2028, 12, 31))


def test_r21_reminder_waits_when_a_correction_moves_the_day_later(subscribed):
    row = deadline_row()
    assert moved_to(row, subscribed, row.available_at) is None
    correct(20)
    later = datetime(2028, 10, 15, 14, tzinfo=UTC)  # three days before October 18
    assert moved_to(row, subscribed, row.available_at) == later
    assert why_not(subscribed, row.kind, row.available_at) == ""
    row.refresh_from_db()
    assert row.useful_until == datetime(2028, 10, 19, 4, tzinfo=UTC)
    assert moved_to(row, subscribed, later) is None


def test_r21_reminder_is_not_sent_when_a_correction_moved_the_day_before_it(subscribed):
    row = deadline_row()
    correct(33)  # October 5; it was planned for October 7
    assert why_not(subscribed, row.kind, row.available_at) == "last_day_passed"


def test_r21_waiting_reminders_move_with_a_correction_in_both_directions(subscribed):
    correct(33)
    replan(SOON)
    assert (deadline_row().available_at, deadline_row().useful_until) == (
        datetime(2028, 10, 2, 14, tzinfo=UTC),
        datetime(2028, 10, 6, 4, tzinfo=UTC),
    )


def test_r21_reminder_whose_own_time_is_over_comes_as_soon_as_people_are_awake(subscribed):
    correct(33)
    replan(datetime(2028, 10, 4, 2, tzinfo=UTC))  # ten in the evening of October 3
    assert deadline_row().available_at == datetime(2028, 10, 4, 14, tzinfo=UTC)


def test_replanning_leaves_what_is_right_and_what_is_done(subscribed):
    before = deadline_row().available_at
    replan(SOON)
    assert deadline_row().available_at == before
    Outbox.objects.update(done_at=SOON)
    correct(33)
    replan(SOON)
    assert deadline_row().available_at == before
