"""Reminders: what each says is worked out when it is sent, by the rules of that day where the person lives.

None is sent twice: where it is not known whether one was taken, it counts as sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from registration import phrases
from registration.delivery.base import DeliveryError
from registration.delivery.email import one_click
from registration.domain import channels, subscriptions
from registration.domain.messages.facts import Facts, facts, in_words
from registration.domain.messages.links import language_of, links
from registration.domain.messages.quiet import wake_up
from registration.domain.messages.recipients import TOO_MANY, is_too_much
from registration.domain.messages.rendering import Envelope, letter
from registration.domain.outbox import Effect, Postponed, Skipped
from registration.domain.subscriptions.plan import day_of
from registration.domain.subscriptions.tokens import Means
from registration.models import SITE_SLUG, Outbox, Subscription
from registration.pdf.content import Language
from registration.phrases import letters, text_messages
from registration.phrases.letters import About, Links

#: What these urge to do is in vain once the last day to mail the form has passed.
ABOUT_MAILING = ("remind_download", "remind_mailed", "remind_deadline")
UNSURE = "unsure"
_LETTERS = {
    "remind_download": letters.download,
    "remind_mailed": letters.mailed,
    "remind_deadline": letters.deadline,
    "remind_status": letters.status,
}
_TEXTS = {
    "remind_download": text_messages.download,
    "remind_mailed": text_messages.mailed,
    "remind_deadline": text_messages.deadline,
    "remind_status": text_messages.status,
    "remind_birthday": text_messages.birthday,
}


@dataclass(frozen=True, slots=True, repr=False)
class _Ready:
    """``name``: the kind without its means."""

    row: Outbox
    name: str
    subscription: Subscription
    to: str
    language: Language
    found: Facts


def send_email(row: Outbox, now: datetime) -> Effect | Skipped:
    """Handler of every reminder by e-mail. Raises DeliveryError, Postponed, CannotRead."""
    return _send(row, now, "email", _email)


def send_sms(row: Outbox, now: datetime) -> Effect | Skipped:
    """Handler of every reminder by text message. Raises DeliveryError, Postponed, CannotRead."""
    return _send(row, now, "phone", _sms)


def _send(
    row: Outbox, now: datetime, means: Means, hand_over: Callable[[_Ready, About, Links], Effect]
) -> Effect | Skipped:
    ready = _prepare(row, now, means)
    if isinstance(ready, Skipped):
        return ready
    code = ready.subscription.jurisdiction
    addresses = links(code, ready.language, subscription=ready.subscription)
    try:
        with translation.override(ready.language):
            about = replace(in_words(ready.found, ready.language), asked=_asked(ready.subscription))
            return hand_over(ready, about, addresses)
    except DeliveryError as error:
        if error.code == UNSURE:
            return Skipped(UNSURE)
        raise


def _email(ready: _Ready, about: About, addresses: Links) -> Effect:
    key = channels.message_id(ready.row.dedupe_key)
    headers = one_click(subscriptions.unsubscribe_url(ready.subscription))
    channels.email().send(letter(_words(ready, about, addresses), Envelope(ready.to, key, headers, ready.language)))
    return Effect("email", key)


def _sms(ready: _Ready, about: About, addresses: Links) -> Effect:
    text = _TEXTS[ready.name](about, addresses, settings.SITE_NAME)
    channels.sms().send(ready.to, text, ready.row.dedupe_key)
    return Effect("sms", channels.message_id(ready.row.dedupe_key))


def _words(ready: _Ready, about: About, addresses: Links) -> letters.Said:
    if ready.name in _LETTERS:
        return _LETTERS[ready.name](about, addresses)
    first = ready.subscription.register_from or ready.found.on
    return letters.birthday(about, addresses, phrases.day(first))


def _asked(subscription: Subscription) -> str:
    application = subscription.application
    brought = application is not None and application.partner.slug != SITE_SLUG
    day = phrases.day(day_of(subscription.created_at, subscription.zone))
    return letters.asked(day, settings.SITE_NAME, application.partner.name if application and brought else "")


def _prepare(row: Outbox, now: datetime, means: Means) -> _Ready | Skipped:
    """Everything that speaks against it, first of all that it is not wanted. Raises Postponed."""
    subscription = Subscription.objects.select_related("application__partner").filter(pk=row.ref_id).first()
    if subscription is None:
        return Skipped("gone")
    why = subscriptions.why_not(subscription, row.kind, now)
    to = "" if why else subscriptions.address(subscription, means).strip()
    if not to:
        return Skipped(why or "no_address")
    name = row.kind.rpartition("_")[0]
    here = ZoneInfo(subscription.zone)
    found = facts(subscription.jurisdiction, subscription.election_day, now.astimezone(here).date())
    if name in ABOUT_MAILING and found.is_past:
        return Skipped("passed")
    later = subscriptions.moved_to(row, subscription, now)
    if later is not None:
        raise Postponed(later)
    morning = wake_up(now, subscription.zone)
    if morning is not None:
        return _at_morning(row, found, name, morning, here)
    if is_too_much(row, to, now):
        return Skipped(TOO_MANY)
    return _Ready(row, name, subscription, to, language_of(subscription.language), found)


def _at_morning(row: Outbox, found: Facts, name: str, morning: datetime, here: ZoneInfo) -> Skipped:
    """It waits until people are awake, unless it is of no use by then. Raises Postponed."""
    if row.useful_until is not None and row.useful_until <= morning:
        return Skipped("too_late")
    then = facts(found.jurisdiction.code, found.election.day, morning.astimezone(here).date())
    if name in ABOUT_MAILING and then.is_past:
        return Skipped("passed")
    raise Postponed(morning)
