"""The forgetting: some rows at a time, each counted in the transaction that deletes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model, QuerySet

from registration.domain import print_batches
from registration.domain.outbox.queue import waiting
from registration.domain.outbox.withdrawing import withdraw
from registration.domain.retention.counted import Why, note
from registration.models import (
    Application,
    Document,
    Invitation,
    Membership,
    Outbox,
    Partner,
    PrintBatch,
    Subscription,
)

#: Deletes the rows with these keys, or what makes them somebody's. Returns how many, where it could not do all.
End = Callable[[list[Any], datetime], int | None]
Over = Callable[[datetime], "QuerySet[Any]"]


def forget(kind: str, over: Over, end: End | None, now: datetime, limit: int) -> int:
    """End at most ``limit`` rows that are over; how many. Rows that another process is forgetting just now are passed
    over, so that neither waits for the other."""
    with transaction.atomic():
        rows = over(now)
        found = list(rows.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:limit])
        if not found:
            return 0
        if end is None:
            cast("type[Model]", rows.model)._default_manager.filter(pk__in=found).delete()
        else:
            ended = end(found, now)
            found = found if ended is None else found[:ended]
        if found:
            note(kind, Why.SCHEDULE, len(found), now)
    return len(found)


def end_answers(keys: list[Any], _now: datetime) -> None:
    """The application's row stays for counts, marked purged."""
    Document.objects.filter(pk__in=keys).delete()
    Application.objects.filter(id__in=keys).update(status=Application.Status.PURGED)


def end_subscriptions(keys: list[Any], now: datetime) -> None:
    withdraw(keys, now)
    Subscription.objects.filter(pk__in=keys).delete()


def erase_payloads(keys: list[Any], now: datetime) -> None:
    """What waits for somebody's hand, or was never done, is over with it."""
    rows = Outbox.objects.filter(pk__in=keys)
    waiting().filter(pk__in=keys).update(done_at=now, outcome="too_late", queued_until=None, lease_until=None)
    rows.update(payload=None)


def erase_batches(keys: list[Any], _now: datetime) -> int:
    """The files for the print shop. What cannot be deleted here stays in the list, so that the public page says so,
    until its own machine or an operator ends it."""
    ended = [batch.pk for batch in PrintBatch.objects.filter(pk__in=keys) if print_batches.end(batch)]
    PrintBatch.objects.filter(pk__in=ended).delete()
    return len(ended)


def end_sessions(keys: list[Any], _now: datetime) -> None:
    """With the addresses that they came from."""
    Session.objects.filter(pk__in=keys).delete()
    origins = apps.get_model("usersessions", "UserSession").objects
    origins.exclude(session_key__in=Session.objects.values("session_key")).delete()


def end_sign_ups(keys: list[Any], _now: datetime) -> None:
    """Name, sites and people go. The row stays, nameless, since the audit, which is never changed, leads to it."""
    for partner in Partner.objects.filter(pk__in=keys):
        people = list(Membership.objects.filter(partner=partner).values_list("user", flat=True))
        Membership.objects.filter(partner=partner).delete()
        Invitation.objects.filter(partner=partner).delete()
        partner.sites.all().delete()
        unused = User.objects.filter(pk__in=people, memberships=None, is_staff=False, is_superuser=False)
        User.objects.filter(pk__in=list(unused.values_list("pk", flat=True))).delete()
        Partner.objects.filter(pk=partner.pk).update(name="", privacy_url="", slug=f"forgotten-{partner.pk}")
