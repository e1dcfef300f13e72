"""The link to a person's form, which waits wrapped in its row and is erased with it.

It may be sent twice where a mail server took it and could not say so: better than not at all, and under the same
Message-ID. It asks for no hour of the day, since it was asked for just now; only a text that comes late waits for day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import translation

from registration import phrases
from registration.delivery.base import DeliveryError
from registration.domain import channels, rules, subscriptions
from registration.domain.messages.facts import facts, in_words
from registration.domain.messages.links import language_of, links
from registration.domain.messages.quiet import wake_up
from registration.domain.messages.recipients import TOO_MANY, is_too_much
from registration.domain.messages.rendering import Envelope, letter
from registration.domain.outbox import Effect, Postponed, Skipped
from registration.domain.wrapping import unwrap
from registration.models import Application, Outbox, Subscription
from registration.phrases import letters, text_messages
from registration.phrases.letters import About, Links
from state_rules import load

UNSURE = "unsure"
#: How often a message may have arrived before it is not sent again.
MOST_UNSURE = 3
BY_SMS = "link_sms"
#: Whoever asked for a message so long ago is still there.
JUST_NOW = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, repr=False)
class _Ready:
    """What a message with a link is made from, in words of its language."""

    to: str
    language: str
    about: About
    links: Links
    kept_until: str


def send_email(row: Outbox, now: datetime) -> Effect | Skipped:
    """Handler of "link_email". Raises DeliveryError, CannotRead."""
    ready = _prepare(row, now)
    if isinstance(ready, Skipped):
        return ready
    key = channels.message_id(row.dedupe_key)
    with translation.override(ready.language):
        said = letters.link(ready.about, ready.links, ready.kept_until)
        finished = letter(said, Envelope(ready.to, key, {}, ready.language))
    return _handed_over(row, Effect("email", key), lambda: channels.email().send(finished))


def send_sms(row: Outbox, now: datetime) -> Effect | Skipped:
    """Handler of "link_sms". Raises DeliveryError, Postponed, CannotRead."""
    ready = _prepare(row, now)
    if isinstance(ready, Skipped):
        return ready
    with translation.override(ready.language):
        text = text_messages.link(ready.about, ready.links)
    effect = Effect("sms", channels.message_id(row.dedupe_key))
    return _handed_over(row, effect, lambda: channels.sms().send(ready.to, text, row.dedupe_key))


def _handed_over(row: Outbox, effect: Effect, send: Callable[[], None]) -> Effect | Skipped:
    """Raises DeliveryError. A server that never says what became of a message gets it a few times and no more."""
    try:
        send()
    except DeliveryError as error:
        if error.code == UNSURE and row.outcome == UNSURE and row.deferrals >= MOST_UNSURE:
            return Skipped(UNSURE)
        raise
    return effect


def _prepare(row: Outbox, now: datetime) -> _Ready | Skipped:
    application = Application.objects.select_related("document", "subscription").filter(pk=row.ref_id).first()
    why = _why_not(application, row.kind, now)
    if application is None or why:
        return Skipped(why)
    if row.payload is None:
        raise DeliveryError("nothing_kept", permanent=True)
    content = unwrap(bytes(row.payload), row.pk)
    to = content["to"].strip()
    language = language_of(application.language)
    subscription = _subscription(application)
    plain = load(application.jurisdiction)
    zone = subscription.zone if subscription else plain.timezones[0]
    if row.kind == BY_SMS:
        _wait_for_day(row, zone, now)
    if is_too_much(row, to, now):
        return Skipped(TOO_MANY)
    found = facts(application.jurisdiction, application.election_day, now.astimezone(ZoneInfo(zone)).date())
    with translation.override(language):
        about = in_words(found, language)
        kept_until = phrases.day(rules.local_day(application.document.expires_at, plain))
    return _Ready(
        to,
        language,
        about,
        links(application.jurisdiction, language, content["reference"], subscription),
        kept_until,
    )


def _wait_for_day(row: Outbox, zone: str, now: datetime) -> None:
    """Raises Postponed for what was asked for a while ago and would come at night, unless it were too late by day."""
    morning = wake_up(now, zone)
    if morning is None or now - row.created_at <= JUST_NOW:
        return
    if row.useful_until is None or morning < row.useful_until:
        raise Postponed(morning)


def _why_not(application: Application | None, kind: str, now: datetime) -> str:
    if application is None:
        return "gone"
    if application.status == Application.Status.WITHDRAWN:
        return "withdrawn"
    if not hasattr(application, "document") or application.document.expires_at <= now:
        return "expired"
    subscription = _subscription(application)
    return subscriptions.why_not(subscription, kind, now) if subscription is not None else ""


def _subscription(application: Application) -> Subscription | None:
    return getattr(application, "subscription", None)
