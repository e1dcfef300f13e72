"""The link to the form, by e-mail and by text message."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from registration.domain import outbox, subscriptions
from registration.domain.sealing import new_reference
from registration.domain.submission import Submission, Submitted, submit
from registration.domain.subscriptions import Wish
from registration.models import Application, Delivery, Outbox
from tests.registration.messages.conftest import (
    NOON,
    REFERENCE,
    SECRETS,
    Tags,
    addresses,
    html_of,
    row_of,
    subscription,
    text_of,
    work,
)

pytestmark = pytest.mark.django_db


def test_link_email_says_what_when_where_and_what_it_is_not(mail_server, submit):
    server = mail_server()
    submit()
    row = work("link_email", NOON)
    assert (row.outcome, row.payload, row.done_at) == ("sent", None, NOON)
    (message,) = server.behaviour.messages
    text = text_of(message)
    assert message["Subject"] == "Your voter registration form for Georgia"
    said = " ".join(text.split())
    assert "Federal general election on Tuesday, November 7, 2028." in said
    assert "Mail it so that it is postmarked by Tuesday, October 10, 2028." in said
    assert "2 Martin Luther King Jr. Drive" in said
    assert "You are not registered to vote until your election office confirms it." in said
    assert "If you did not ask for this email, delete it." in said
    assert "We cannot send the link again" in said
    assert "We delete them on Saturday, July 1, 2028." in said
    assert f"https://vote.example.org/d/#{REFERENCE}" in text.splitlines()
    assert f"https://vote.example.org/m/#{subscriptions.token_of(subscription())}" in text.splitlines()
    assert message["Message-ID"] == f"<{row.dedupe_key}@vote.example.org>"
    effect = Delivery.objects.get()
    assert (effect.channel, effect.message_id) == ("email", message["Message-ID"])


@pytest.mark.parametrize("language", ["en", "es"])
def test_link_email_is_plain_in_both_languages(mail_server, submit, language):
    server = mail_server()
    submit(language=language)
    work("link_email", NOON)
    (message,) = server.behaviour.messages
    text, html = text_of(message), html_of(message)
    prefix = "" if language == "en" else "/es"
    link = f"https://vote.example.org{prefix}/d/#{REFERENCE}"
    assert link in addresses(text)
    tags = Tags(html)
    assert link in [each["href"] for each in tags.named("a")]
    assert tags.named("html") == [{"lang": language}]
    assert message["Content-Language"] == language
    assert [tags.named(tag) for tag in ("img", "script", "style", "link", "table", "form")] == [[]] * 6
    assert "url(" not in html
    assert {each.split("/")[2] for each in (each["href"] for each in tags.named("a"))} == {"vote.example.org"}
    assert max(len(line) for line in text.splitlines() if not line.startswith("http")) <= 78


def test_s40_link_messages_hold_no_answer_of_the_person(mail_server, submit, settings, tmp_path):
    settings.SMS_FOLDER = tmp_path
    server = mail_server()
    submit()
    work("link_email", NOON)
    work("link_sms", NOON)
    said = text_of(server.behaviour.messages[0]) + html_of(server.behaviour.messages[0])
    said += server.behaviour.raw[0].decode() + next(tmp_path.iterdir()).read_text()
    assert [secret for secret in SECRETS if secret in said] == []


def test_r10_link_is_sent_again_under_the_same_message_id_where_it_is_unsure(mail_server, submit):
    server = mail_server(data="drop")
    submit()
    row = work("link_email", NOON)
    assert (row.outcome, row.done_at, row.attempts) == ("unsure", None, 0)
    server.behaviour.data = "250 OK"
    assert work("link_email", NOON + timedelta(hours=1)).outcome == "sent"
    first, second = server.behaviour.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert text_of(first) == text_of(second)


def test_r10_server_that_never_answers_gets_the_link_a_few_times_and_no_more(mail_server, submit):
    server = mail_server(data="drop")
    submit()
    for hour in range(8):
        row = work("link_email", NOON + timedelta(hours=hour))
    assert (row.outcome, row.payload, row.done_at) == ("unsure", None, NOON + timedelta(hours=3))
    assert len(server.behaviour.messages) == 4
    assert len({message["Message-ID"] for message in server.behaviour.messages}) == 1


def test_r10_bounced_link_is_over_and_erased(mail_server, submit):
    mail_server(rcpt="550 no")
    submit()
    row = work("link_email", NOON)
    assert (row.outcome, row.payload, row.dead_at) == ("refused", None, None)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (lambda: Application.objects.update(status="withdrawn"), "withdrawn"),
        (lambda: Application.objects.get().document.delete(), "expired"),
        (lambda: subscriptions.mailed(subscriptions.token_of(subscription()), NOON), "mailed"),
        (lambda: subscriptions.unsubscribe(subscriptions.token_of(subscription()), None, NOON), "unsubscribed"),
    ],
)
def test_link_is_not_sent_where_it_is_not_wanted_any_more(submit, change, outcome):
    submit()
    change()
    assert work("link_email", NOON).outcome == outcome
    assert mail.outbox == []
    assert row_of("link_email").payload is None


def test_link_without_a_subscription_has_no_link_to_end_it(submit):
    submit(subscriptions.Wish("ann@example.org", link_email=True))
    subscription().delete()
    assert work("link_email", NOON).outcome == "sent"
    assert "/m/" not in mail.outbox[0].body


def test_link_sms_fits_one_message(submit, settings, tmp_path):
    settings.SMS_FOLDER = tmp_path
    submit()
    assert work("link_sms", NOON).outcome == "sent"
    (file,) = tmp_path.iterdir()
    head, _, text = file.read_text().partition("\n\n")
    assert file.stat().st_mode & 0o777 == 0o600
    assert head.splitlines()[0] == "To: +14045550123"
    assert f"https://vote.example.org/d/#{REFERENCE}" in text
    assert len(text.strip()) <= 160
    assert Delivery.objects.get().channel == "sms"


@pytest.mark.parametrize(
    ("asked", "sent", "outcome", "again"),
    [
        # 22:00 in Georgia: whoever asked just now is awake
        (26, 26.4, "sent", None),
        (26, 26.6, "postponed", 37),
        (12, 26.6, "sent", None),  # by day it would be too late
        (12, 22, "sent", None),
    ],
)
def test_link_sms_that_comes_late_does_not_come_at_night(submit, settings, tmp_path, asked, sent, outcome, again):
    settings.SMS_FOLDER = tmp_path
    day = datetime(2028, 6, 1, 0, 0, tzinfo=UTC)
    submit(at=day + timedelta(hours=asked))
    row = work("link_sms", day + timedelta(hours=sent))
    assert row.outcome == outcome
    if again:
        assert row.available_at == day + timedelta(hours=again)
        assert work("link_sms", row.available_at).outcome == "sent"


def test_s40_nothing_of_a_person_is_logged(mail_server, submit, settings, tmp_path, caplog):
    settings.SMS_FOLDER = tmp_path
    mail_server(data="drop")
    submit()
    with caplog.at_level("DEBUG"):
        work("link_email", NOON)
        work("link_sms", NOON)
    # the mail server of the test, which is not ours, has a log of its own
    ours = [record for record in caplog.records if record.name != "mail.log"]
    logged = "".join(str(vars(record)) for record in ours)
    assert [each for each in ("ann@", "Ann@", "4045550123", REFERENCE, *SECRETS) if each in logged] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_link_leads_to_the_page_that_takes_the_code(client, submit, settings, tmp_path, language):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES, settings.STATIC_ROOT = {**settings.STORAGES, "staticfiles": plain}, tmp_path
    submit(language=language)
    work("link_email", NOON)
    link = next(each for each in addresses(mail.outbox[0].body) if "/d/#" in each)
    path, _, code = link.removeprefix("https://vote.example.org").partition("#")
    page = client.get(path)
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()
    assert code == REFERENCE
    action = "/form/" if language == "en" else "/es/form/"
    assert f'action="{action}"' in page.content.decode()


def test_rows_are_known_to_the_workers_of_their_queues():
    assert {"link_email", "remind_birthday_email"} <= set(outbox.names_of("mail"))
    assert {"link_sms", "remind_deadline_sms"} <= set(outbox.names_of("sms"))
    assert outbox.names_of("print") == []


def test_s24_each_new_form_under_an_address_leads_to_an_email_there(mail_server, applicant):
    """The notice: whoever makes another form under a person's address has them told."""
    server = mail_server()
    made = []
    for reference in (REFERENCE, REFERENCE, new_reference()):
        wish = Wish("ann@example.org", link_email=True)
        made.append(submit_once(Submission(applicant, "en", date(2028, 11, 7), messages=wish), reference))
    for row in Outbox.objects.filter(kind="link_email"):
        outbox.work(row.pk, lambda: NOON)
    assert [each.created for each in made] == [True, False, True]
    assert [message["To"] for message in server.behaviour.messages] == ["ann@example.org"] * 2
    assert all("If you did not ask for this email" in text_of(message) for message in server.behaviour.messages)


def test_s24_form_without_a_yes_leads_to_no_email(mail_server, applicant):
    mail_server()
    submit_once(Submission(applicant, "en", date(2028, 11, 7), messages=Wish("ann@example.org")), REFERENCE)
    assert Outbox.objects.count() == 0


def submit_once(submission: Submission, reference: str) -> Submitted:
    return submit(submission, reference=reference, now=NOON)
