"""The one function behind every door: an applicant's answers are sealed and kept, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hmac import compare_digest

from django.conf import settings
from django.db import IntegrityError, InterfaceError, InternalError, OperationalError, transaction
from django.db.models import F

import state_rules
from registration.applicant import Applicant
from registration.domain import answers, contacts, counting, rules, sealing, storing, subscriptions, webhooks
from registration.domain.failpoints import failpoint
from registration.domain.happenings import told
from registration.models import SITE_SLUG, Application, Document, Partner, Subscription
from state_rules import Jurisdiction

new_reference = sealing.new_reference
BadReference = sealing.BadReference


class ReferenceReused(Exception):
    """The reference already sealed other answers, or its time is over. Nothing was changed."""


#: What the database raises while it is away, refuses to write, is full or is only to be read.
CANNOT_STORE = (OperationalError, InterfaceError, InternalError)


class NotFound(Exception):
    """No form waits under this reference: a wrong code, or one that was never submitted."""


class Expired(Exception):
    """The form's time is over, or it was withdrawn; its answers are gone."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a door hands in. ``applicant`` has passed ``validation.problems``.

    ``wish``: what the person lets the partner have, where they said yes to it; it has passed ``contacts.problems`` and
    is no part of the answers. ``messages``: what they want us to send; it has passed ``subscriptions.problems``.
    """

    applicant: Applicant
    language: str
    election_day: date
    channel: str = Application.Channel.WEB
    partner: str = SITE_SLUG
    wish: contacts.Wish | None = None
    messages: subscriptions.Wish | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """The record, until when its form can be had, and whether this call made it (False: it came again).

    ``carried``: set where nothing is stored. The page carries it to the download; ``application`` is then no row.
    ``wants_messages``: whether this call was asked to send any; ``subscription``: what it wrote down for that.
    """

    application: Application
    expires_at: datetime
    created: bool
    carried: str = ""
    wants_messages: bool = False
    subscription: Subscription | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """What a reference opens."""

    applicant: Applicant
    application: Application


@told(BadReference, ReferenceReused)
def submit(
    submission: Submission, *, reference: str, now: datetime, alongside: Callable[[Partner], None] | None = None
) -> Submitted:
    """Seal and store; returns only after the commit. ``alongside``: done for the partner in the same transaction
    where a record is made, or alone where nothing is kept, such as counting it.

    The same reference with the same answers gives the first record again, whatever the wish: that never makes a second
    contact, and takes the first one back where there is no wish any more. Which messages are sent, the first one alone
    decides. Raises BadReference, and ReferenceReused when the answers differ. Raises Partner.DoesNotExist for an
    unknown partner, and CANNOT_STORE.

    For a partner that keeps nothing, nothing is stored, nobody is told, and there is no contact and no message.
    """
    reference = sealing.normal_reference(reference)
    data = answers.to_bytes(submission.applicant)
    failpoint("submit.received")
    partner = Partner.objects.get(slug=submission.partner)
    if storing.keeps_nothing(partner):
        carried = carry(submission, reference=reference, now=now)
        if alongside is not None:
            alongside(partner)
        return carried
    earlier = _earlier(partner, reference, data, now)
    if earlier:
        return _again(submission, earlier, reference, now)
    failpoint("submit.before_store")
    try:
        with transaction.atomic():
            application = _store(submission, partner, sealing.seal(data, reference), reference, now)
            has_contact = _keep_contact(submission, application, reference)
            subscription = _keep_messages(submission, application, reference, now)
            if alongside is not None:
                alongside(partner)
            failpoint("submit.before_commit")
    except IntegrityError:
        # Another request with this reference committed between our look and our insert.
        earlier = _earlier(partner, reference, data, now)
        if not earlier:
            raise ReferenceReused from None
        return _again(submission, earlier, reference, now)
    failpoint("submit.after_commit")
    if has_contact:
        _count_contact(submission, application)
    failpoint("submit.before_answer")
    return Submitted(
        application,
        application.document.expires_at,
        created=True,
        wants_messages=submission.messages is not None,
        subscription=subscription,
    )


def carry(submission: Submission, *, reference: str, now: datetime) -> Submitted:
    """The answers sealed for the page to carry; nothing is stored, and no database is asked. Raises BadReference."""
    expires_at = now + timedelta(days=settings.SEALED_ANSWERS_DAYS)
    application = _unsaved(submission.applicant.jurisdiction, submission.language, submission.election_day)
    application.channel, application.created_at = submission.channel, now
    data = answers.to_bytes(submission.applicant)
    carried = storing.Carried(
        data, application.jurisdiction, application.language, application.election_day, expires_at
    )
    return Submitted(application, expires_at, created=True, carried=storing.pack(carried, reference))


def open_carried(text: str, reference: str, *, now: datetime) -> Opened:
    """What ``carry`` sealed, for drawing the form. Raises NotFound for anything else, and Expired."""
    try:
        found = storing.unpack(text, reference, now)
    except storing.CannotCarry:
        raise NotFound from None
    except storing.TooLate:
        raise Expired from None
    application = _unsaved(found.jurisdiction, found.language, found.election_day)
    return Opened(answers.from_bytes(found.answers), application)


def _unsaved(jurisdiction: str, language: str, election_day: date) -> Application:
    """What a record would say; it is no row and becomes none."""
    return Application(jurisdiction=jurisdiction, language=language, election_day=election_day)


def _again(submission: Submission, earlier: Submitted, reference: str, now: datetime) -> Submitted:
    """The record of a submission that came again. Who went back and unticked the boxes has taken their contact back."""
    if submission.wish is None:
        contacts.withdraw(reference, now)
    return earlier


def _keep_contact(submission: Submission, application: Application, reference: str) -> bool:
    if submission.wish is None:
        return False
    return contacts.keep(submission.wish, application, reference, _place_of(application))


def _keep_messages(
    submission: Submission, application: Application, reference: str, now: datetime
) -> Subscription | None:
    if submission.messages is None:
        return None
    return subscriptions.keep(submission.messages, application, reference, _place_of(application), now)


def _place_of(application: Application) -> Jurisdiction:
    """The state's rules as they stand when it is made."""
    here = rules.local_day(application.created_at, state_rules.load(application.jurisdiction))
    return rules.current(application.jurisdiction, here)


def _count_contact(submission: Submission, application: Application) -> None:
    """What stays when the contact is gone: that there was one."""
    words = counting.tracking(submission.wish.source if submission.wish else "")
    visit = counting.Visit(
        application.partner, application.channel, application.jurisdiction, application.language, words
    )
    counting.count(visit, counting.Kind.CONTACT, application.created_at)


def _store(submission: Submission, partner: Partner, sealed: bytes, reference: str, now: datetime) -> Application:
    digest = sealing.reference_hash(reference)
    code = submission.applicant.jurisdiction
    application = Application.objects.create(
        partner=partner,
        reference_hash=digest,
        jurisdiction=code,
        channel=submission.channel,
        language=submission.language,
        rules_version=rules.standing(code, rules.local_day(now, state_rules.load(code))).version,
        election_day=submission.election_day,
        created_at=now,
    )
    expires_at = now + timedelta(days=settings.SEALED_ANSWERS_DAYS)
    Document.objects.create(application=application, reference_hash=digest, sealed=sealed, expires_at=expires_at)
    webhooks.announce(application, webhooks.FORM_READY, now)
    return application


def _earlier(partner: Partner, reference: str, data: bytes, now: datetime) -> Submitted | None:
    digest = sealing.reference_hash(reference)
    application = Application.objects.filter(partner=partner, reference_hash=digest).select_related("document").first()
    if not application:
        return None
    try:
        document = application.document
    except Document.DoesNotExist:
        raise ReferenceReused from None
    if document.expires_at <= now or not compare_digest(sealing.unseal(bytes(document.sealed), reference), data):
        raise ReferenceReused
    return Submitted(application, document.expires_at, created=False)


def was_submitted(reference: str) -> bool:
    """Whether a form was made with this reference; False also for text that is no reference."""
    try:
        digest = sealing.reference_hash(sealing.normal_reference(reference))
    except BadReference:
        return False
    return Application.objects.filter(reference_hash=digest).exists()


def was_submitted_by(partner: Partner, reference: str) -> bool:
    """Whether a form was made with this reference through this partner."""
    try:
        digest = sealing.reference_hash(sealing.normal_reference(reference))
    except BadReference:
        return False
    return Application.objects.filter(partner=partner, reference_hash=digest).exists()


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
    return Opened(applicant, document.application)


def mark_delivered(application: Application, now: datetime) -> None:
    """Note that the applicant was given the form. The first time, the partner's servers are told."""
    with transaction.atomic():
        Document.objects.filter(pk=application.pk).update(times_drawn=F("times_drawn") + 1)
        ready = Application.objects.filter(pk=application.pk, status=Application.Status.FORM_READY)
        if ready.update(status=Application.Status.DELIVERED):
            application.status = Application.Status.DELIVERED
            webhooks.announce(application, webhooks.DELIVERED, now)
