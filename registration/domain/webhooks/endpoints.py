"""The addresses of a partner that are told what happens: made, changed, rotated, switched off and removed."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from registration.delivery.targets import LONGEST_URL, BadTarget, Resolver, Target, addresses_of, look_up, parse
from registration.domain.audit import Order, record
from registration.domain.validation.problem import Problem
from registration.domain.webhooks import signing
from registration.domain.webhooks.events import ENDPOINT_OFF, SELECTABLE, write_test
from registration.models import AuditEntry, Partner, WebhookDelivery, WebhookEndpoint

MOST_ENDPOINTS = 10
OVERLAP, LONGEST_OVERLAP = timedelta(days=1), timedelta(days=7)
#: A person waits for the answer, so that a name which is not found by then counts as not found.
LOOK_UP_SECONDS = 4.0
Because = WebhookEndpoint.DisabledBecause


@dataclass(frozen=True, slots=True)
class Wish:
    """What an endpoint is to be. ``events``: those of SELECTABLE that it wants."""

    url: str
    events: tuple[str, ...] = SELECTABLE
    enabled: bool = True


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """An endpoint with the secret that signs its messages, which is shown now and never again."""

    endpoint: WebhookEndpoint
    secret: str


Problems = tuple[Problem, ...]


def endpoints_of(partner: Partner) -> list[WebhookEndpoint]:
    return list(WebhookEndpoint.objects.filter(partner=partner, deleted_at=None).order_by("pk"))


def problems(wish: Wish, resolver: Resolver = look_up) -> Problems:
    """Everything that is wrong with a wish; its host is looked up. Empty: an endpoint can be made of it."""
    return (*_url_problems(wish.url.strip(), resolver), *_event_problems(wish.events))


def _event_problems(events: tuple[str, ...]) -> Problems:
    if not events:
        return (Problem("webhook_events_required", "events"),)
    unknown = [each for each in events if each not in SELECTABLE]
    return tuple(Problem("webhook_event_unknown", "events", {"event": each[:40]}) for each in unknown)


def _url_problems(url: str, resolver: Resolver) -> Problems:
    if not url:
        return (Problem("webhook_url_required", "url"),)
    allow = settings.WEBHOOK_ALLOW_LOOPBACK
    try:
        target = parse(url, allow_loopback=allow)
        _look_at(target, resolver, allow_loopback=allow)
    except BadTarget as bad:
        return (Problem(bad.code, "url", {"limit": LONGEST_URL} if bad.code == "webhook_url_too_long" else {}),)
    return ()


def _look_at(target: Target, resolver: Resolver, *, allow_loopback: bool) -> None:
    """Whether its addresses will do, in a thread that nobody waits for any longer than a person would.

    Raises BadTarget.
    """
    refusals: list[BadTarget] = []

    def look() -> None:
        try:
            addresses_of(target, resolver, allow_loopback=allow_loopback)
        except BadTarget as bad:
            refusals.append(bad)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(LOOK_UP_SECONDS)
    if thread.is_alive():
        raise BadTarget("webhook_url_unknown_host")
    if refusals:
        raise refusals[0]


def make(
    partner: Partner, wish: Wish, order: Order, resolver: Resolver = look_up, *, keep: bool = True
) -> Made | Problems:
    """A new endpoint and its secret; or what is wrong with the wish. Without ``keep`` all is as before afterwards.

    To be called outside of a transaction, since the host is looked up.
    """
    order.check()
    found = problems(wish, resolver)
    if found:
        return found
    secret = signing.new_secret()
    with transaction.atomic():
        Partner.objects.select_for_update().get(pk=partner.pk)  # one after the other, or the limit could be passed
        if len(endpoints_of(partner)) >= MOST_ENDPOINTS:
            return (Problem("webhook_too_many", "", {"limit": MOST_ENDPOINTS}),)
        endpoint = WebhookEndpoint(partner=partner, created_at=order.at)
        _take(endpoint, wish, order.at)
        endpoint.secret = signing.sealed(secret, endpoint.public_id)
        endpoint.save()
        record(order, AuditEntry.Action.WEBHOOK_MADE, endpoint, _details(endpoint), partner)
        if not keep:
            transaction.set_rollback(True)
    return Made(endpoint, secret)


def change(
    endpoint: WebhookEndpoint, wish: Wish, order: Order, resolver: Resolver = look_up, *, keep: bool = True
) -> WebhookEndpoint | Problems:
    """Make the endpoint what is wished; enabling one that was switched off gives it a fresh start.

    The address is looked at again only where it is a new one or the endpoint is enabled anew. Returns the problems
    where there are any. ``keep`` and transactions: as with ``make``.
    """
    order.check()
    looks = wish.url.strip() != endpoint.url or (wish.enabled and endpoint.disabled_at is not None)
    found = problems(wish, resolver) if looks else _event_problems(wish.events)
    if found:
        return found
    with transaction.atomic():
        row = _locked(endpoint)
        was_on = row.disabled_at is None
        _take(row, wish, order.at)
        row.save(update_fields=["url", "events", "disabled_at", "disabled_because", "failing_since"])
        if was_on and row.disabled_at is not None:
            give_up_waiting(row, order.at)
        record(order, AuditEntry.Action.WEBHOOK_CHANGED, row, _details(row), row.partner)
        if not keep:
            transaction.set_rollback(True)
    return row


def _take(endpoint: WebhookEndpoint, wish: Wish, at: datetime) -> None:
    endpoint.url = wish.url.strip()
    endpoint.events = [each for each in SELECTABLE if each in wish.events]
    if wish.enabled:
        if endpoint.disabled_at is not None:
            endpoint.failing_since = None
        endpoint.disabled_at, endpoint.disabled_because = None, ""
    elif endpoint.disabled_at is None:
        endpoint.disabled_at, endpoint.disabled_because = at, Because.PARTNER


def rotate(endpoint: WebhookEndpoint, overlap: timedelta, order: Order) -> Made:
    """A new secret. Messages are signed with the former one, too, until ``overlap`` is over; 0: not at all any more.

    A former one that cannot be read, since its key is not among FIELD_KEYS, signs nothing. Raises ValueError for an
    overlap that is negative or too long.
    """
    order.check()
    if not timedelta() <= overlap <= LONGEST_OVERLAP:
        raise ValueError("the overlap is from 0 to 7 days")
    secret = signing.new_secret()
    with transaction.atomic():
        row = _locked(endpoint)
        row.former_secret = signing.sealed_as_former(row) if overlap else None
        row.former_until = order.at + overlap if row.former_secret else None
        row.secret = signing.sealed(secret, row.public_id)
        row.save(update_fields=["secret", "former_secret", "former_until"])
        details = {"overlap_seconds": int(overlap.total_seconds())}
        record(order, AuditEntry.Action.WEBHOOK_ROTATED, row, details, row.partner)
    return Made(row, secret)


def remove(endpoint: WebhookEndpoint, order: Order) -> None:
    """Tell it nothing any more. Its log stays until its time is over; its secrets are deleted now."""
    order.check()
    with transaction.atomic():
        row = _locked(endpoint)
        if row.deleted_at is not None:
            return
        row.deleted_at = order.at
        row.secret, row.former_secret, row.former_until = b"", None, None
        row.save(update_fields=["deleted_at", "secret", "former_secret", "former_until"])
        give_up_waiting(row, order.at)
        record(order, AuditEntry.Action.WEBHOOK_REMOVED, row, _details(row), row.partner)


def send_test(endpoint: WebhookEndpoint, order: Order) -> WebhookDelivery:
    """Send a message that says nothing. Where the endpoint is switched off, the row says so."""
    order.check()
    with transaction.atomic():
        return write_test(_locked(endpoint), order.at)


def disable(endpoint: WebhookEndpoint, because: str, at: datetime) -> None:
    """Switch an endpoint off that wants no more or has not answered well for days. The caller holds the transaction."""
    row = _locked(endpoint)
    if row.disabled_at is not None or row.deleted_at is not None:
        return
    row.disabled_at, row.disabled_because = at, because
    row.save(update_fields=["disabled_at", "disabled_because"])
    give_up_waiting(row, at)
    reasons = {Because.GONE: "The server answered 410 Gone.", Because.FAILING: "No message arrived for days."}
    order = Order("delivery", reasons[Because(because)], at)
    record(order, AuditEntry.Action.WEBHOOK_CHANGED, row, _details(row), row.partner)


def give_up_waiting(endpoint: WebhookEndpoint, at: datetime) -> None:
    """What is on its way just now is left: whoever sends it writes down how it went."""
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint, delivered_at=None, given_up_at=None)
    waiting.exclude(lease_until__gt=at).update(given_up_at=at, lease_until=None, last_failure=ENDPOINT_OFF)


def _locked(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    rows = WebhookEndpoint.objects.select_related("partner").select_for_update(of=("self",))
    return rows.get(pk=endpoint.pk)


def _details(endpoint: WebhookEndpoint) -> dict[str, Any]:
    """The host and not the whole address, whose path and query may hold a word that only the partner knows."""
    host = endpoint.url.split("/")[2]
    return {"host": host, "events": endpoint.events, "disabled_because": endpoint.disabled_because}
