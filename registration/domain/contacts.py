"""People who let a partner write to them: asked apart from the form, kept apart from it, and gone again on a known day.

A contact is made in the transaction of the submission and only then. The same submission again never makes, adds to or
brings back a contact: the first answer stands. Sent again without a wish, it takes the contact back.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, QuerySet

import state_rules
from registration.applicant import Applicant
from registration.domain import phones, sealing, storing, tombstones
from registration.domain.field_encryption import CannotRead, Place, decrypt, encrypt
from registration.domain.last_known import LastKnown
from registration.domain.questions import active
from registration.domain.retention import Why, lasts, note
from registration.domain.rules import local_day
from registration.domain.validation.problem import Problem
from registration.domain.validation.text import NUMBER, is_blank, text_problems
from registration.models import SITE_SLUG, Application, Consent, Contact, OptInQuestion, Partner
from state_rules import Jurisdiction

logger = logging.getLogger(__name__)
_last_known: LastKnown[int, OptInQuestion] = LastKnown("questions")
Means = OptInQuestion.Means
#: The longest address that mail can be sent to (RFC 5321).
LONGEST_EMAIL = 254
#: The encrypted columns, in the order in which people read them.
COLUMNS = ("name", "email", "phone", "zip_code")
#: Rows read at once: what an export holds in memory.
BATCH = 500


@dataclass(frozen=True, slots=True, repr=False)
class Wish:
    """What a person who said yes to ``questions`` gives the partner. ``source``: the partner's own tracking word."""

    questions: tuple[int, ...]
    name: str = ""
    email: str = ""
    phone: str = ""
    zip_code: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in a contact, without a value: whose it is, the words agreed to, the filled columns, its last day."""

    partner: Partner
    said: tuple[str, ...]
    columns: tuple[str, ...]
    jurisdiction: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """One contact as its partner reads it."""

    given_at: datetime
    jurisdiction: str
    language: str
    source: str
    name: str
    email: str
    phone: str
    zip_code: str
    said: tuple[str, ...]


def asked(partner: Partner | None, jurisdiction: Jurisdiction, on: date) -> tuple[OptInQuestion, ...]:
    """The questions that ``partner`` may ask there on ``on``: none on our own pages, none of a partner that is not
    active, none of one that keeps nothing, none where the state forbids that anything of the applicants' is kept. As
    last known, while the database is away. Raises LookupError before the data begins."""
    if partner is None or partner.slug == SITE_SLUG or not partner.is_active or storing.keeps_nothing(partner):
        return ()
    if state_rules.keeping(jurisdiction, on) == "forbidden":
        return ()
    return _last_known.read(partner.pk, lambda: tuple(active(partner)))


def words(question: OptInQuestion, language: str) -> str:
    """The question as a reader of ``language`` sees it."""
    return question.text_es if language_of(question, language) == "es" else question.text


def language_of(question: OptInQuestion, language: str) -> str:
    """The language in which a reader of ``language`` sees the question: English where it is in no other."""
    return "es" if language == "es" and question.text_es else "en"


def wish_of(applicant: Applicant, ticked: tuple[int, ...], email: str, phone: str, source: str = "") -> Wish:
    """A wish with the two things that it takes from the form: the name, and the five digits of the home's ZIP code."""
    name = " ".join(part for part in (applicant.name.first, applicant.name.last, applicant.name.suffix) if part)
    return Wish(ticked, name, email, phone, applicant.home.zip_code[:5], source)


def problems(wish: Wish, questions: Sequence[OptInQuestion]) -> tuple[Problem, ...]:
    """Everything that keeps ``wish`` from being kept, where ``questions`` are those asked. Nothing for no tick."""
    means = {question.pk: question.means for question in questions}
    unknown = any(number not in means for number in wish.questions)
    found = [Problem("question_unknown", "contact_questions")] if unknown else []
    said = {means[number] for number in wish.questions if number in means}
    if Means.EMAIL in said:
        found += _email_problems(wish.email)
    if Means.PHONE in said:
        found += _phone_problems(wish.phone)
    return tuple(found)


def _email_problems(email: str) -> list[Problem]:
    if is_blank(email):
        return [Problem("email_required", "contact_email")]
    found = list(text_problems(email, "contact_email", LONGEST_EMAIL))
    if found:
        return found
    try:
        validate_email(email)
    except ValidationError:
        return [Problem("email_shape", "contact_email")]
    return []


def _phone_problems(phone: str) -> list[Problem]:
    if is_blank(phone):
        return [Problem("phone_required", "contact_phone")]
    found = list(text_problems(phone, "contact_phone", NUMBER))
    return found or ([Problem("phone_shape", "contact_phone")] if phones.is_impossible(phone) else [])


def withdrawal_hash(reference: str) -> bytes:
    """Names a contact to whoever has the reference. From it follows neither that nor the application's own hash."""
    return hashlib.sha256(b"enfranchise contact v1\0" + reference.encode()).digest()


def keep(wish: Wish, application: Application, reference: str, place: Jurisdiction) -> bool:
    """Make the contact of a submission; whether there is one. The caller holds the transaction that makes the record.

    Only what the questions asked for is kept: no telephone number where nobody asked to call. ``place``: the state's
    rules as they stand.
    """
    now = application.created_at
    allowed = asked(application.partner, place, local_day(now, place))
    questions = [question for question in allowed if question.pk in wish.questions]
    if not questions:
        return False
    means = {question.means for question in questions}
    values = {
        "name": wish.name,
        "email": wish.email if Means.EMAIL in means else "",
        "phone": (phones.e164(wish.phone) or "") if Means.PHONE in means else "",
        "zip_code": wish.zip_code,
    }
    contact = Contact(
        partner=application.partner,
        jurisdiction=application.jurisdiction,
        language=application.language,
        source=wish.source,
        withdrawal_hash=withdrawal_hash(reference),
        created_at=now,
        expires_at=_expiry(application, place),
    )
    for column, value in values.items():
        setattr(contact, column, encrypt(value, _place(contact, column)) if value else None)
    contact.save(force_insert=True)
    Consent.objects.bulk_create(
        Consent(
            contact=contact,
            question=question,
            means=question.means,
            text=words(question, application.language),
            given_at=now,
        )
        for question in questions
    )
    return True


def last_day(election_day: date) -> date:
    """The day on which what was given before an election is deleted."""
    return election_day + lasts("contacts")


def _expiry(application: Application, place: Jurisdiction) -> datetime:
    """The first moment of the day on which a contact goes, where its owner lives."""
    return datetime.combine(last_day(application.election_day), time.min, ZoneInfo(place.timezones[0]))


def _place(contact: Contact, column: str) -> Place:
    return Place("contact", column, str(contact.pk))


def given(reference: str, now: datetime) -> Given | None:
    """What the owner of ``reference`` gave a partner; None also for text that is no reference."""
    contact = _of(reference, now)
    return _as_given(contact) if contact else None


def withdraw(reference: str, now: datetime) -> Given | None:
    """Delete what the owner of ``reference`` gave a partner, and say what it was; None where there is nothing."""
    with transaction.atomic():
        contact = _of(reference, now)
        if contact is None:
            return None
        was = _as_given(contact)
        tombstones.bury(tombstones.Kind.CONTACT, contact.pk, now)
        contact.delete()
        note("contacts", Why.REQUEST, 1, now)
    return was


def _of(reference: str, now: datetime) -> Contact | None:
    try:
        digest = withdrawal_hash(sealing.normal_reference(reference))
    except sealing.BadReference:
        return None
    return Contact.objects.filter(withdrawal_hash=digest, expires_at__gt=now).select_related("partner").first()


def _as_given(contact: Contact) -> Given:
    return Given(
        partner=contact.partner,
        said=_said(contact),
        columns=tuple(column for column in COLUMNS if getattr(contact, column) is not None),
        jurisdiction=contact.jurisdiction,
        expires_at=contact.expires_at,
    )


def _said(contact: Contact) -> tuple[str, ...]:
    return tuple(consent.text for consent in sorted(contact.consents.all(), key=lambda each: each.pk))


def waiting(partner: Partner, now: datetime) -> QuerySet[Contact]:
    """The contacts that ``partner`` may read now, the oldest first."""
    return Contact.objects.filter(partner=partner, expires_at__gt=now).order_by("id")


def by_question(partner: Partner, now: datetime) -> list[tuple[str, str, int]]:
    """(means, words, how many) of each wording that somebody agreed to, the most agreed to first."""
    consents = Consent.objects.filter(contact__in=waiting(partner, now)).values_list("means", "text")
    return list(consents.annotate(number=Count("pk")).order_by("-number", "text", "means"))


def page_of(partner: Partner, now: datetime, number: int, size: int) -> list[Person]:
    """The ``number``th page, from 1, the newest contact first."""
    rows = waiting(partner, now).order_by("-id").prefetch_related("consents")
    return [person(row) for row in rows[(number - 1) * size : number * size]]


def everyone(partner: Partner, now: datetime) -> Iterator[Person]:
    """All of them, the oldest first, read a batch at a time; those that come meanwhile are among them."""
    last: Contact | None = None
    while True:
        rows = waiting(partner, now).prefetch_related("consents")
        batch = list((rows.filter(id__gt=last.pk) if last else rows)[:BATCH])
        for row in batch:
            yield person(row)
        if len(batch) < BATCH:
            return
        last = batch[-1]


def person(contact: Contact) -> Person:
    values = {column: _read(contact, column) for column in COLUMNS}
    return Person(
        given_at=contact.created_at,
        jurisdiction=contact.jurisdiction,
        language=contact.language,
        source=contact.source,
        said=_said(contact),
        **values,
    )


def _read(contact: Contact, column: str) -> str:
    """A value in clear; "" for none, and for one that does not open, which is logged: the others are still read."""
    value = getattr(contact, column)
    if value is None:
        return ""
    try:
        return decrypt(bytes(value), _place(contact, column))
    except CannotRead:
        logger.exception("a value of a contact could not be read")
        return ""
