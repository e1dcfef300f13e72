"""Writing down who wants messages, and which, in the transaction of the submission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, override

from registration.domain import outbox, phones
from registration.domain.outbox import Entry
from registration.domain.rules import local_day
from registration.domain.subscriptions import plan
from registration.domain.subscriptions.kinds import KINDS
from registration.domain.subscriptions.plan import Case, Reminder
from registration.domain.subscriptions.tokens import address, fill, new_token, normal_token, token_hash
from registration.domain.subscriptions.wishes import Wish, narrowed, offered
from registration.models import Application, Outbox, Subscription
from registration.phrases.messages import consent
from state_rules import Jurisdiction

LONGEST_WORDS = 300
#: A reminder of the first day on which one may register is forgotten so long after it.
AFTER_FIRST_DAY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Promised:
    """One message that is waiting: its kind ("remind_mailed_email"), and from when it is due."""

    kind: str
    at: datetime


def keep(
    wish: Wish, application: Application, reference: str, place: Jurisdiction, now: datetime
) -> Subscription | None:
    """Write down what is to be sent, and to whom. The caller holds the transaction that makes ``application``.

    Only what is offered, and no address that nothing needs: for a link alone, it stands in the outbox until the link
    is sent and nowhere else. ``place``: the state's rules as they stand. None where no message of ours is wanted.
    """
    wish = narrowed(wish, offered(application.partner, place, local_day(now, place)))
    phone = phones.e164(wish.phone) or ""
    for kind, to in (("link_email", wish.email), ("link_sms", phone)):
        if getattr(wish, kind) and to:
            content = {"to": to, "reference": reference}
            outbox.add(Entry(kind, application.pk, application.partner, content), now)
    if wish.print_post:
        outbox.add(Entry("print_post", application.pk, application.partner, {"reference": reference}), now)
    if not (wish.by_email or wish.by_sms):
        return None
    zone = plan.earliest_zone(place)
    case = Case(application.jurisdiction, application.election_day, zone, now)
    subscription = Subscription(
        application=application,
        jurisdiction=application.jurisdiction,
        language=application.language,
        zone=zone,
        election_day=application.election_day,
        created_at=now,
        expires_at=plan.expiry(application.election_day, zone),
    )
    _agreed(subscription, wish)
    fill(subscription, wish.email if wish.remind_email else "", phone if wish.remind_sms else "", new_token())
    subscription.save(force_insert=True)
    last_day = plan.last_day_to_mail(case, place, case.made_on)
    _plan(subscription, wish, plan.reminders(case, last_day), now)
    return subscription


def keep_birthday(wish: Wish, first_day: date, place: Jurisdiction, token: str, now: datetime) -> Subscription | None:
    """Remind who is too young yet on ``first_day``; when they were born is not kept. The same ``token`` again makes
    no second reminder: what was corrected takes the place of the first. ``wish`` has an address and says
    ``remind_email`` or ``remind_sms``. None where ``token`` is none, or of what was ended.
    """
    token = normal_token(token)
    if not token:
        return None
    made = _with_token(token)
    if made is not None and (made.application_id or made.email_ended_at or made.sms_ended_at or made.mailed_at):
        return None
    if made is not None and _says(made) == (first_day, *_addresses(wish)):
        return made
    try:
        with transaction.atomic():
            if made is not None:
                outbox.withdraw([made.pk], now)
                made.delete()
            return _keep_birthday(wish, first_day, place, token, now)
    except IntegrityError:
        # The same page was sent twice at once, and the other one came first.
        made = _with_token(token)
        if made is None:
            raise
        return made


def _says(made: Subscription) -> tuple[date | None, str, str]:
    return made.register_from, address(made, "email"), address(made, "phone")


def _addresses(wish: Wish) -> tuple[str, str]:
    """(e-mail, telephone), "" where nothing is wanted there."""
    return wish.email if wish.remind_email else "", (phones.e164(wish.phone) or "") if wish.remind_sms else ""


def _with_token(token: str) -> Subscription | None:
    return Subscription.objects.filter(token_hash=token_hash(token)).first()


def _keep_birthday(wish: Wish, first_day: date, place: Jurisdiction, token: str, now: datetime) -> Subscription:
    zone = plan.earliest_zone(place)
    at = plan.morning(first_day, zone)
    subscription = Subscription(
        jurisdiction=place.code,
        language=get_language() or "en",
        zone=zone,
        register_from=first_day,
        created_at=now,
        expires_at=at + AFTER_FIRST_DAY,
    )
    _agreed(subscription, wish)
    fill(subscription, *_addresses(wish), token)
    subscription.save(force_insert=True)
    _plan(subscription, wish, (Reminder("remind_birthday", at, at + plan.BIRTHDAY_LASTS),), now)
    return subscription


def _agreed(subscription: Subscription, wish: Wish) -> None:
    """The words that they said yes to, in the language in which they read them."""
    names = wish.said if subscription.application is not None else tuple(f"{name}_birthday" for name in wish.said)
    with override(subscription.language):
        subscription.email_words = consent([name for name in names if "email" in name])[:LONGEST_WORDS]
        subscription.sms_words = consent([name for name in names if "sms" in name])[:LONGEST_WORDS]


def _plan(subscription: Subscription, wish: Wish, reminders: tuple[Reminder, ...], now: datetime) -> None:
    application = subscription.application
    partner = application.partner if application is not None else None
    for suffix, wanted in (("email", wish.remind_email), ("sms", wish.remind_sms)):
        for each in reminders if wanted else ():
            kind = f"{each.kind}_{suffix}"
            outbox.add(Entry(kind, subscription.pk, partner, at=each.at, until=each.until), now)


def promised(application: Application, subscription: Subscription | None) -> tuple[Promised, ...]:
    """What was planned for the person of ``application``, with their ``subscription`` if there is one, and was not
    refused or ended, the soonest first. Rows of other kinds, such as a newer release's, are no promise that this one
    has words for."""
    about = [each.pk for each in (application, subscription) if each is not None]
    rows = Outbox.objects.filter(ref_id__in=about, kind__in=KINDS, dead_at=None, outcome__in=("", "sent"))
    said = rows.values_list("kind", "available_at", "created_at")
    found = [Promised(kind, available_at or created_at) for kind, available_at, created_at in said]
    return tuple(sorted(found, key=lambda each: (each.at, each.kind)))
