"""E-mail that waits in rows: sent once, encrypted while it waits, tried again, and given up in the end."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from registration.domain.mail import MOST_ATTEMPTS, Letter, post, send_due
from registration.models import Mail

pytestmark = pytest.mark.django_db
LETTER = Letter("ann@example.org", "Hello", "A secret link")


class Away(EmailBackend):
    def send_messages(self, _messages):
        raise ConnectionRefusedError


@pytest.fixture
def away(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Away"


def test_post_sends_after_the_commit_and_keeps_nothing(now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post(LETTER, now)
        assert mail.outbox == []
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["ann@example.org"], "Hello", "A secret link")
    assert not Mail.objects.exists()


def test_post_stores_nothing_that_can_be_read(now):
    post(LETTER, now)
    stored = bytes(Mail.objects.get().sealed)
    assert b"ann@example.org" not in stored
    assert b"secret" not in stored


def test_send_due_tries_again_later_while_the_server_is_away(now, away, settings):
    post(LETTER, now)
    assert send_due(now) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(now + timedelta(minutes=1)) == 0
    assert send_due(now + timedelta(minutes=2)) == 1


def test_server_that_is_away_is_waited_for_once_and_not_by_each_letter(now, away, settings, caplog):
    for _ in range(3):
        post(LETTER, now)
    assert send_due(now) == 0
    assert caplog.messages == ["an e-mail was not sent; it is tried again"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(now) == 2


def test_send_due_gives_up_in_the_end(now, away, caplog):
    post(LETTER, now)
    for attempt in range(MOST_ATTEMPTS):
        send_due(now + timedelta(days=attempt))
    assert not Mail.objects.exists()
    assert caplog.messages[-1] == "an e-mail is given up"
    assert "ann@example.org" not in caplog.text


class Confused(EmailBackend):
    def send_messages(self, messages):
        if messages[0].subject == "Odd":
            raise ValueError(f"Invalid address {messages[0].to[0]}")
        return super().send_messages(messages)


def test_send_due_goes_on_after_a_letter_that_nobody_can_send(now, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Confused"
    post(Letter("ann@example.org", "Odd", "x"), now)
    post(LETTER, now)
    assert send_due(now) == 1
    assert Mail.objects.get().attempts == 1
    for attempt in range(1, MOST_ATTEMPTS):
        send_due(now + timedelta(days=attempt))
    assert not Mail.objects.exists()
    assert "ann@example.org" not in caplog.text
