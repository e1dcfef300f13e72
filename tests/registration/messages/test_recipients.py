"""One address or number gets few messages a day, whoever asks for them."""

from datetime import date, timedelta

import pytest
from django.core import mail

from registration.domain import outbox, subscriptions
from registration.domain.rates import guest_of_recipient
from registration.domain.sealing import new_reference
from registration.domain.subscriptions import Wish
from registration.models import Outbox, Partner, RateWindow
from state_rules import load
from tests.registration.messages.conftest import NOON, row_of, text_of, work

pytestmark = pytest.mark.django_db
#: 10:00 in Georgia.
MORNING = NOON - timedelta(hours=2)
TODAY = MORNING.date()


@pytest.fixture(autouse=True)
def _two_a_day(settings) -> None:
    settings.RECIPIENT_RATE = "2/86400"


def remind(wish: Wish, on: date = TODAY) -> Outbox:
    """What waits for one who asked to be reminded on that day."""
    made = subscriptions.keep_birthday(wish, on, load("GA"), new_reference(), NOON - timedelta(days=30))
    return Outbox.objects.get(ref_id=made.pk)


def outcome(row: Outbox, now=MORNING) -> str:
    outbox.work(row.pk, lambda: now)
    row.refresh_from_db()
    return row.outcome


def test_s07_one_mailbox_gets_few_reminders_a_day_whoever_asked(caplog):
    typed = ("ann@example.org", "Ann@Example.ORG", "ann+1@example.org", "ann+2@example.org", "bob@example.org")
    rows = [remind(Wish(email, remind_email=True)) for email in typed]
    assert [outcome(row) for row in rows] == ["sent", "sent", "too_many", "too_many", "sent"]
    assert len(mail.outbox) == 3
    warned = [each for each in caplog.records if each.msg == "many messages to one recipient"]
    assert [(each.code, each.kind) for each in warned] == [("too_many", "remind_birthday_email")]
    tomorrow = MORNING + timedelta(days=1)
    assert outcome(remind(Wish(typed[0], remind_email=True), tomorrow.date()), tomorrow) == "sent"


def test_s07_one_telephone_gets_few_text_messages_a_day(settings, tmp_path):
    settings.SMS_FOLDER = tmp_path
    typed = ("404-555-0177", "(404) 555 0177", "+1 404 555 0177", "404-555-0178")
    rows = [remind(Wish(phone=phone, remind_sms=True)) for phone in typed]
    assert [outcome(row) for row in rows] == ["sent", "sent", "too_many", "sent"]


def test_link_above_the_limit_is_not_sent_and_its_code_is_erased(submit, settings):
    settings.RECIPIENT_RATE = "1/86400"
    assert outcome(remind(Wish("ann@example.org", remind_email=True))) == "sent"
    submit()
    row = work("link_email", NOON)
    assert (row.outcome, row.payload, row.done_at) == ("too_many", None, NOON)
    assert len(mail.outbox) == 1


def test_message_that_is_tried_again_counts_once(mail_server, submit, settings):
    settings.RECIPIENT_RATE = "1/86400"
    server = mail_server(rcpt="421 later")
    submit()
    assert work("link_email", NOON).outcome == "away"
    server.behaviour.rcpt = "250 OK"
    assert work("link_email", NOON + timedelta(hours=1)).outcome == "sent"


def test_reminder_of_the_night_counts_when_it_is_sent(settings):
    settings.RECIPIENT_RATE = "1/86400"
    row = remind(Wish("ann@example.org", remind_email=True))
    assert outcome(row, MORNING + timedelta(hours=14)) == "postponed"
    assert outcome(row, MORNING + timedelta(hours=24)) == "sent"


def test_what_is_counted_holds_no_address():
    outcome(remind(Wish("ann@example.org", remind_email=True)))
    (counted,) = RateWindow.objects.values_list("guest", "count")
    assert counted == (f"recipient:{guest_of_recipient('ann@example.org')}", 1)
    assert "ann" not in counted[0]


@pytest.mark.parametrize(
    ("one", "another", "same"),
    [
        ("ann@example.org", " ANN+news@example.org ", True),
        ("ann@example.org", "ann@example.com", False),
        ("ann@example.org", "anna@example.org", False),
        ("+14045550177", "+14045550178", False),
        ("+14045550177", "+14045550177", True),
    ],
)
def test_guest_of_a_recipient(one, another, same):
    assert (guest_of_recipient(one) == guest_of_recipient(another)) is same


def test_reminder_says_where_and_when_somebody_asked_and_how_it_ends(mail_server, submit):
    server = mail_server()
    submit()
    work("remind_mailed_email", row_of("remind_mailed_email").available_at)
    (message,) = server.behaviour.messages
    said = " ".join(text_of(message).split())
    assert "On Thursday, June 1, 2028, somebody asked on Enfranchise that we remind you at this address." in said
    assert "If that was not you, stop our messages. It takes one press, and we erase your address." in said
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_reminder_names_the_partner_that_brought_them(mail_server, submit):
    server = mail_server()
    application = submit()
    application.partner = Partner.objects.create(slug="acme", name="Acme & Sons")
    application.save()
    work("remind_mailed_email", row_of("remind_mailed_email").available_at)
    said = " ".join(text_of(server.behaviour.messages[0]).split())
    assert "On Thursday, June 1, 2028, somebody came from Acme & Sons to Enfranchise and asked us to remind you" in said
