"""The one function behind every door: an applicant's answers are sealed and kept, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

import state_rules
from registration.applicant import Applicant
from registration.domain import answers, retention, sealing
from registration.models import SITE_SLUG, Application, Document, Partner

new_reference = sealing.new_reference
BadReference = sealing.BadReference


class ReferenceReused(Exception):
    """The reference already sealed other answers. Nothing was changed."""


class NotFound(Exception):
    """No form waits under this reference: a wrong code, or one that was never submitted."""


class Expired(Exception):
    """The form's time is over, or it was withdrawn; its answers are gone."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a door hands in. ``applicant`` has passed ``validation.problems``."""

    applicant: Applicant
    language: str
    election_day: date
    channel: str = Application.Channel.WEB
    partner: str = SITE_SLUG


@dataclass(frozen=True, slots=True)
class Submitted:
    """The record, and whether this call made it (False: the same submission came again)."""

    application: Application
    created: bool


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """What a reference opens."""

    applicant: Applicant
    application: Application


def submit(submission: Submission, *, reference: str, now: datetime) -> Submitted:
    """Seal and store; returns only after the commit.

    The same reference with the same answers gives the first record again. Raises BadReference, and
    ReferenceReused when the answers differ. Raises Partner.DoesNotExist for an unknown partner.
    """
    reference = sealing.normal_reference(reference)
    data = answers.to_bytes(submission.applicant)
    partner = Partner.objects.get(slug=submission.partner)
    earlier = _earlier(partner, reference, data)
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            application = _store(submission, partner, sealing.seal(data, reference), reference, now)
            retention.forget_expired(now, limit=20)
    except IntegrityError:
        # Another request with this reference committed between our look and our insert.
        earlier = _earlier(partner, reference, data)
        if not earlier:
            raise ReferenceReused from None
        return earlier
    return Submitted(application, created=True)


def _store(submission: Submission, partner: Partner, sealed: bytes, reference: str, now: datetime) -> Application:
    digest = sealing.reference_hash(reference)
    application = Application.objects.create(
        partner=partner,
        reference_hash=digest,
        jurisdiction=submission.applicant.jurisdiction,
        channel=submission.channel,
        language=submission.language,
        rules_version=state_rules.rules_version(),
        election_day=submission.election_day,
        created_at=now,
    )
    expires_at = now + timedelta(days=settings.SEALED_ANSWERS_DAYS)
    Document.objects.create(application=application, reference_hash=digest, sealed=sealed, expires_at=expires_at)
    return application


def _earlier(partner: Partner, reference: str, data: bytes) -> Submitted | None:
    digest = sealing.reference_hash(reference)
    application = Application.objects.filter(partner=partner, reference_hash=digest).select_related("document").first()
    if not application:
        return None
    try:
        kept = sealing.unseal(bytes(application.document.sealed), reference)
    except Document.DoesNotExist:
        raise ReferenceReused from None
    if not compare_digest(kept, data):
        raise ReferenceReused
    return Submitted(application, created=False)


def open_form(reference: str, *, now: datetime) -> Opened:
    """The applicant's answers, for drawing the form. Raises NotFound (also for text that is no reference),
    Expired, and sealing.CannotOpen when the stored bytes were changed."""
    try:
        reference = sealing.normal_reference(reference)
    except BadReference:
        raise NotFound from None
    digest = sealing.reference_hash(reference)
    document = Document.objects.filter(reference_hash=digest).select_related("application").first()
    if not document:
        if Application.objects.filter(reference_hash=digest).exists():
            raise Expired
        raise NotFound
    if document.expires_at <= now:
        raise Expired
    applicant = answers.from_bytes(sealing.unseal(bytes(document.sealed), reference))
    Document.objects.filter(pk=document.pk).update(times_drawn=F("times_drawn") + 1)
    ready = Application.objects.filter(pk=document.pk, status=Application.Status.FORM_READY)
    ready.update(status=Application.Status.DELIVERED)
    return Opened(applicant, document.application)
