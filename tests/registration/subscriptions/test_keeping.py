"""A wish for messages: kept with the submission or not at all, encrypted, no more of it than is needed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from registration.domain import submission, subscriptions
from registration.domain.field_encryption import CannotRead, Place, decrypt
from registration.domain.subscriptions import Wish, address, promised, token_of
from registration.domain.validation import Problem
from registration.domain.wrapping import unwrap
from registration.models import Application, Outbox, Partner, Subscription
from state_rules import keeping, load
from tests.registration.subscriptions.conftest import EVERYTHING

pytestmark = pytest.mark.django_db
SECRETS = ("luke@example.org", "4045550177", "404-555-0177")


@pytest.fixture(autouse=True)
def _everything_offered(settings):
    settings.OFFER_SMS = settings.PRINT_SHOP = True


def kinds() -> list[str]:
    return sorted(Outbox.objects.exclude(kind="webhook").values_list("kind", flat=True))


def test_everything_that_was_said_yes_to_is_kept_and_planned(send, now, reference):
    made = send(EVERYTHING)
    row = Subscription.objects.get()
    assert (row.application_id, row.jurisdiction, row.language, row.zone, row.election_day) == (
        made.application.pk, "GA", "en", "America/New_York", date(2028, 11, 7),
    )  # fmt: skip
    assert row.expires_at == datetime(2028, 12, 7, 5, tzinfo=UTC)
    assert (address(row, "email"), address(row, "phone")) == ("luke@example.org", "+14045550177")
    assert kinds() == sorted(set(subscriptions.KINDS) - {"remind_birthday_email", "remind_birthday_sms"})
    link = Outbox.objects.get(kind="link_email")
    assert link.ref_id == made.application.pk
    assert unwrap(bytes(link.payload), link.pk) == {"to": "luke@example.org", "reference": reference}
    text = Outbox.objects.get(kind="link_sms")
    assert unwrap(bytes(text.payload), text.pk) == {"to": "+14045550177", "reference": reference}
    paper = Outbox.objects.get(kind="print_post")
    assert unwrap(bytes(paper.payload), paper.pk) == {"reference": reference}
    reminder = Outbox.objects.get(kind="remind_mailed_email")
    assert (reminder.ref_id, reminder.payload) == (row.pk, None)
    assert (reminder.available_at, reminder.useful_until) == (
        datetime(2028, 6, 5, 14, tzinfo=UTC),
        datetime(2028, 6, 12, 14, tzinfo=UTC),
    )


def test_words_agreed_to_are_kept_for_each_means_in_the_language_read(send):
    send(EVERYTHING)
    row = Subscription.objects.get()
    assert row.email_words == "Email me a link to my form. Remind me by email, 4 times at most."
    assert row.sms_words == (
        "Text me a link to my form. Remind me by text message, 4 times at most. "
        "Text messages are sent by a machine. Your phone company may charge for them."
    )


def test_link_alone_leaves_the_address_in_the_outbox_only(send):
    send(Wish("luke@example.org", link_email=True))
    row = Subscription.objects.get()
    assert (row.email, row.phone, kinds()) == (None, None, ["link_email"])


def test_paper_alone_makes_no_subscription(send):
    send(Wish(print_post=True))
    assert (Subscription.objects.count(), kinds()) == (0, ["print_post"])


def test_address_without_a_yes_is_not_kept(send):
    send(Wish("luke@example.org", "404-555-0177"))
    assert (Subscription.objects.count(), kinds()) == (0, [])


def test_what_is_not_offered_is_not_kept(send, settings):
    settings.OFFER_SMS = settings.PRINT_SHOP = False
    send(EVERYTHING)
    row = Subscription.objects.get()
    assert (row.phone, row.sms_words) == (None, "")
    assert [kind for kind in kinds() if not kind.endswith("_email")] == []


def test_partner_that_keeps_nothing_offers_nothing(send, now):
    partner = Partner.objects.create(slug="acme", name="Acme", approved_at=now, keeps_nothing=True)
    assert subscriptions.offered(partner, load("GA"), date(2028, 6, 1)) == ()
    send(EVERYTHING, partner="acme")
    assert (Subscription.objects.count(), kinds()) == (0, [])


def test_k29_partner_offers_nothing_where_the_state_forbids_to_keep(now):
    on = date(2028, 6, 1)
    partner = Partner.objects.create(slug="acme", name="Acme", approved_at=now)
    forbids = [code for code in ("FL", "TN", "GA", "OH", "TX") if keeping(load(code), on) == "forbidden"]
    for code in ("FL", "TN", "GA", "OH", "TX"):
        assert bool(subscriptions.offered(partner, load(code), on)) is (code not in forbids)
        assert "remind_email" in subscriptions.offered(None, load(code), on)


def test_s01_addresses_and_token_stand_encrypted_and_bound_to_row_and_column(send, reference):
    send(EVERYTHING)
    row = Subscription.objects.get()
    assert decrypt(bytes(row.email), Place("subscription", "email", str(row.pk))) == "luke@example.org"
    for place in (Place("subscription", "phone", str(row.pk)), Place("subscription", "email", "1")):
        with pytest.raises(CannotRead):
            decrypt(bytes(row.email), place)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = [cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}").fetchall() for name in tables]  # noqa: S608  names from the database itself
    secrets = (*SECRETS, token_of(row), reference)
    assert [secret for secret in secrets if secret in repr(rows) or secret.encode() in _bytes(rows)] == []


def _bytes(rows) -> bytes:
    return b"\0".join(bytes(v) for table in rows for row in table for v in row if isinstance(v, bytes | memoryview))


@pytest.mark.parametrize("again", [EVERYTHING, Wish("other@example.org", link_email=True, remind_email=True), None])
def test_r11_same_submission_again_changes_nothing(send, now, again):
    first = send(Wish("luke@example.org", remind_email=True))
    before = (list(Subscription.objects.values()), kinds())
    second = send(again, at=now + timedelta(minutes=1))
    assert (second.created, second.application) == (False, first.application)
    assert (list(Subscription.objects.values()), kinds()) == before


def test_reused_reference_with_other_answers_changes_nothing(send, applicant, now, reference):
    send(Wish("luke@example.org", remind_email=True))
    before = (list(Subscription.objects.values()), kinds())
    other = submission.Submission(
        replace(applicant, telephone=""), "en", date(2028, 11, 7), messages=Wish("x@example.org", link_email=True)
    )
    with pytest.raises(submission.ReferenceReused):
        submission.submit(other, reference=reference, now=now)
    assert (list(Subscription.objects.values()), kinds()) == before


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_wish_and_record_stand_or_fall_together(send, monkeypatch):
    def dies(name: str) -> None:
        if name == "submit.before_commit":
            raise DatabaseError

    monkeypatch.setattr(submission, "failpoint", dies)
    with pytest.raises(DatabaseError):
        send(EVERYTHING)
    assert (Application.objects.count(), Subscription.objects.count(), kinds()) == (0, 0, [])


def test_promised_is_what_waits_the_soonest_first(send, now):
    made = send(Wish("luke@example.org", link_email=True, remind_email=True))
    assert [(each.kind, each.at.isoformat()) for each in promised(made.application, made.subscription)][1:] == [
        ("remind_download_email", "2028-06-02T14:00:00+00:00"),
        ("remind_mailed_email", "2028-06-05T14:00:00+00:00"),
        ("remind_status_email", "2028-06-22T14:00:00+00:00"),
        ("remind_deadline_email", "2028-10-07T14:00:00+00:00"),
    ]
    assert promised(made.application, made.subscription)[0].kind == "link_email"


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(), []),
        (Wish("not an address", "12"), []),
        (Wish(remind_email=True), [("email_required", "messages_email")]),
        (Wish(" ", link_email=True), [("email_required", "messages_email")]),
        (Wish("luke(at)example.org", link_email=True), [("email_shape", "messages_email")]),
        (Wish("l" * 255 + "@example.org", link_email=True), [("too_long", "messages_email")]),
        (Wish(link_sms=True), [("phone_required", "messages_phone")]),
        (Wish(phone="12", remind_sms=True), [("phone_shape", "messages_phone")]),
        (Wish("luke@example.org", "404-555-0177", True, True, True, True, True), []),
    ],
)
def test_problems_are_those_of_what_was_said_yes_to(wish, expected):
    assert [(each.code, each.field) for each in subscriptions.problems(wish)] == expected


def test_problem_of_what_is_not_offered():
    assert subscriptions.problems(Wish(print_post=True), ("link_email",)) == (
        Problem("message_not_offered", "print_post"),
    )
