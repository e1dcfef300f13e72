"""Reminders: what each says, when it is not sent, and that none is sent twice."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import translation

from registration.domain import subscriptions
from registration.domain.messages.quiet import wake_up
from registration.domain.subscriptions import Wish
from registration.models import Application, Delivery, Outbox
from state_rules import load
from tests.registration.messages.conftest import (
    NOON,
    SECRETS,
    Tags,
    addresses,
    due,
    html_of,
    row_of,
    subscription,
    text_of,
    work,
)

pytestmark = pytest.mark.django_db
FORM_REMINDERS = ("remind_download", "remind_mailed", "remind_deadline", "remind_status")


def token() -> str:
    return subscriptions.token_of(subscription())


def keep_birthday() -> None:
    wish = Wish("ann@example.org", "4045550123", remind_email=True, remind_sms=True)
    with translation.override("en"):
        assert subscriptions.keep_birthday(wish, date(2028, 9, 1), load("GA"), "abcdefghijklmnopqrstuvwx77", NOON)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", FORM_REMINDERS)
def test_reminder_by_email_is_plain_and_can_be_ended(mail_server, submit, name, language):
    server = mail_server()
    submit(language=language)
    kind = f"{name}_email"
    row = work(kind, due(kind))
    assert row.outcome == "sent"
    (message,) = server.behaviour.messages
    text, html = text_of(message), html_of(message)
    prefix = "" if language == "en" else "/es"
    mine = f"https://vote.example.org{prefix}/m/#{token()}"
    assert mine in text.splitlines()
    tags = Tags(html)
    assert mine in [each["href"] for each in tags.named("a")]
    assert tags.named("html") == [{"lang": language}]
    assert [tags.named(tag) for tag in ("img", "script", "style", "link", "table")] == [[]] * 5
    assert message["List-Unsubscribe"] == f"<{subscriptions.unsubscribe_url(subscription())}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert token() not in message["List-Unsubscribe"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{row.dedupe_key}@vote.example.org>"
    assert max(len(line) for line in text.splitlines() if not line.startswith("http")) <= 78
    assert [secret for secret in SECRETS if secret in text + html] == []
    assert "/d/#" not in text


def test_reminder_of_the_last_day_names_it_and_where_to_mail_the_form(mail_server, submit):
    server = mail_server()
    submit()
    work("remind_deadline_email", due("remind_deadline_email"))
    (message,) = server.behaviour.messages
    said = " ".join(text_of(message).split())
    assert message["Subject"] == "Mail your voter registration form by October 10, 2028"
    assert "Mail it so that it is postmarked by Tuesday, October 10, 2028." in said
    assert "2 Martin Luther King Jr. Drive" in said
    assert "You are not registered to vote until your election office confirms it." in said


def test_reminder_of_the_status_leads_to_the_state_s_own_page(submit):
    submit()
    work("remind_status_email", due("remind_status_email"))
    page = load("GA").pages.on(NOON.date()).value.status
    assert page
    assert page in addresses(mail.outbox[0].body)


@pytest.mark.parametrize("means", ["email", "sms"])
def test_reminder_of_the_birthday_leads_to_the_state_s_page_here(settings, tmp_path, means):
    settings.SMS_FOLDER = tmp_path
    keep_birthday()
    kind = f"remind_birthday_{means}"
    assert work(kind, due(kind)).outcome == "sent"
    said = mail.outbox[0].body if means == "email" else next(tmp_path.iterdir()).read_text()
    assert "https://vote.example.org/state/ga/" in addresses(said)
    if means == "email":
        assert "from Friday, September 1, 2028" in " ".join(said.split())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", FORM_REMINDERS[:3])
def test_reminder_by_sms_fits_one_message(submit, settings, tmp_path, name, language):
    settings.SMS_FOLDER = tmp_path
    submit(language=language)
    kind = f"{name}_sms"
    assert work(kind, due(kind)).outcome == "sent"
    text = next(tmp_path.iterdir()).read_text().partition("\n\n")[2].strip()
    assert text.endswith(f"/m/#{token()}")
    assert len(text) <= 160
    assert "October 10, 2028" in text or language == "es"
    assert Delivery.objects.get().channel == "sms"


@pytest.mark.parametrize("name", FORM_REMINDERS)
@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (lambda now: subscriptions.mailed(token(), now), "mailed"),
        (lambda now: subscriptions.unsubscribe(token(), None, now), "unsubscribed"),
        (lambda _now: Application.objects.update(status="withdrawn"), "withdrawn"),
        (lambda _now: subscription().delete(), "gone"),
    ],
)
def test_reminder_that_is_not_wanted_any_more_is_not_sent(submit, name, change, outcome):
    submit()
    kind = f"{name}_email"
    now = due(kind)
    change(now)
    assert work(kind, now).outcome == outcome
    assert mail.outbox == []


def test_reminders_to_mail_end_by_themselves_once_the_last_day_has_passed(submit):
    submit()
    after = datetime.fromisoformat("2028-10-11T12:00:00-04:00")
    Outbox.objects.update(useful_until=None)
    assert [work(f"{name}_email", after).outcome for name in FORM_REMINDERS[:3]] == ["last_day_passed"] * 3
    assert mail.outbox == []


def test_r21_last_day_is_that_of_the_person_s_own_zone(submit):
    submit()
    Outbox.objects.update(useful_until=None, available_at=NOON)
    last_evening = datetime.fromisoformat("2028-10-10T19:59:00-04:00")
    assert last_evening.astimezone().utcoffset() is not None
    assert work("remind_mailed_email", last_evening).outcome == "sent"


@pytest.mark.parametrize(
    ("now", "again"),
    [
        ("2028-06-05T08:59:59-04:00", "2028-06-05T09:00:00-04:00"),
        ("2028-06-05T20:00:00-04:00", "2028-06-06T09:00:00-04:00"),
        ("2028-06-06T02:00:00-04:00", "2028-06-06T09:00:00-04:00"),
        # the night in which the clocks are put back
        ("2028-11-04T22:00:00-04:00", "2028-11-05T09:00:00-05:00"),
    ],
)
def test_wake_up_is_nine_where_the_person_lives(now, again):
    assert wake_up(datetime.fromisoformat(now), "America/New_York") == datetime.fromisoformat(again)


@pytest.mark.parametrize("now", ["2028-06-05T09:00:00-04:00", "2028-06-05T19:59:59-04:00"])
def test_wake_up_is_none_by_day(now):
    assert wake_up(datetime.fromisoformat(now), "America/New_York") is None


def test_reminder_waits_for_the_morning_and_is_sent_then(submit):
    submit()
    night = due("remind_mailed_email").replace(hour=3) + timedelta(days=1)  # 23:00 there
    row = work("remind_mailed_email", night)
    morning = night.replace(hour=13)
    assert (row.outcome, row.done_at, row.available_at) == ("postponed", None, morning)
    assert (row.attempts, row.deferrals) == (0, 0)
    assert mail.outbox == []
    assert work("remind_mailed_email", morning).outcome == "sent"


def test_reminder_is_not_kept_for_a_morning_that_is_too_late(submit):
    submit()
    night = datetime.fromisoformat("2028-10-10T22:00:00-04:00")
    Outbox.objects.filter(kind="remind_deadline_email").update(available_at=NOON)
    assert work("remind_deadline_email", night).outcome == "too_late"
    Outbox.objects.filter(kind="remind_mailed_email").update(available_at=NOON, useful_until=None)
    assert work("remind_mailed_email", night).outcome == "passed"
    assert mail.outbox == []


def test_link_waits_for_no_morning(submit):
    submit(at=NOON.replace(hour=5))
    assert work("link_email", NOON.replace(hour=5)).outcome == "sent"


@pytest.mark.parametrize("data", ["drop"])
def test_r10_reminder_that_may_have_arrived_is_not_sent_again(mail_server, submit, data):
    server = mail_server(data=data)
    submit()
    now = due("remind_mailed_email")
    row = work("remind_mailed_email", now)
    assert (row.outcome, row.done_at) == ("unsure", now)
    server.behaviour.data = "250 OK"
    work("remind_mailed_email", now + timedelta(hours=1))
    assert len(server.behaviour.messages) == 1


def test_r10_reminder_is_tried_again_while_the_server_is_busy(mail_server, submit):
    server = mail_server(rcpt="421 later")
    submit()
    now = due("remind_mailed_email")
    row = work("remind_mailed_email", now)
    assert (row.outcome, row.done_at, row.deferrals) == ("away", None, 1)
    server.behaviour.rcpt = "250 OK"
    assert work("remind_mailed_email", now + timedelta(hours=1)).outcome == "sent"


def test_reminder_is_written_by_the_rules_of_the_day_on_which_it_is_sent(submit):
    submit(place="OH")
    kind = "remind_deadline_email"
    work(kind, due(kind))
    (message,) = mail.outbox
    assert "ARRIVE" in message.body or "postmarked" in message.body
    assert row_of(kind).outcome == "sent"
