"""One person who gave everything that can be given: a form, a contact, a subscription, a partner with a webhook."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from registration.domain import contacts, outbox, submission
from registration.domain.submission import Submission, Submitted, submit
from registration.domain.webhooks import SELECTABLE, signing
from registration.models import Delivery, OptInQuestion, Outbox, Partner, Subscription, WebhookEndpoint
from registration.models.identifiers import uuid7

ELECTION_DAY = date(2028, 11, 7)
TOKEN = "atokenthatnobodyguesses234"


@pytest.fixture(autouse=True)
def journal(settings, tmp_path) -> Path:
    settings.TOMBSTONES = tmp_path / "tombstones.jsonl"
    return settings.TOMBSTONES


@pytest.fixture
def acme(db, now) -> Partner:
    partner = Partner.objects.create(slug="acme", name="Acme", approved_at=now)
    OptInQuestion.objects.create(partner=partner, means="email", text="May we write?", created_at=now)
    made = WebhookEndpoint(partner=partner, url="https://hooks.example.org/v", events=list(SELECTABLE), created_at=now)
    made.secret = signing.sealed(signing.new_secret(), made.public_id)
    made.save()
    return partner


@pytest.fixture
def reference() -> str:
    return submission.new_reference()


@pytest.fixture
def kinds():
    """Two kinds of messages that nobody sends."""
    for name in ("test_link", "test_reminder"):
        outbox.register(outbox.Kind(name, "mail", lambda _row, _now: outbox.Skipped("never"), timedelta(days=3)))
    yield
    for name in ("test_link", "test_reminder"):
        outbox.kinds._kinds.pop(name)


@pytest.fixture
def everything(acme, applicant, now, reference, kinds) -> Callable[[], Submitted]:
    def make() -> Submitted:
        [question] = OptInQuestion.objects.all()
        wish = contacts.wish_of(applicant, (question.pk,), "luke@example.org", "")
        sent = Submission(applicant, "en", ELECTION_DAY, partner="acme", wish=wish)
        made = submit(sent, reference=reference, now=now)
        subscription = Subscription.objects.create(
            application=made.application,
            jurisdiction="GA",
            language="en",
            zone="America/New_York",
            election_day=ELECTION_DAY,
            email=b"encrypted",
            email_words="Yes, remind me.",
            token=b"encrypted",
            token_hash=hashlib.sha256(b"enfranchise subscription v1\0" + TOKEN.encode()).digest(),
            created_at=now,
            expires_at=datetime(2028, 12, 7, 5, tzinfo=UTC),
        )
        content = {"to": "luke@example.org", "reference": reference}
        outbox.add(outbox.Entry("test_link", made.application.pk, acme, content), now)
        soon = now + timedelta(days=1)
        outbox.add(outbox.Entry("test_reminder", subscription.pk, acme, at=soon), now)
        Delivery.objects.create(
            ref_id=subscription.pk, kind="test_welcome", channel="email", message_id="<x@localhost>", at=now
        )
        sent_before = {"created_at": now, "available_at": now, "done_at": now, "outcome": "sent"}
        key = uuid7()
        Outbox.objects.create(id=key, kind="test_welcome", ref_id=subscription.pk, dedupe_key=f"w.{key}", **sent_before)
        return made

    return make
