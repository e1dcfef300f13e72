"""Rows that an operator looks at: set aside, waiting, tried again, dropped. Never what they hold of a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from registration.domain.audit import Order, Refused, record
from registration.domain.outbox.queue import waiting
from registration.models import SITE_SLUG, AuditEntry, Outbox, Partner

DROPPED = "dropped"


def dead() -> QuerySet[Outbox]:
    return Outbox.objects.filter(dead_at__isnull=False).order_by("dead_at", "id")


def late(now: datetime) -> QuerySet[Outbox]:
    """Rows that are due, or were put off since another service was away."""
    return waiting().filter(Q(available_at__lte=now) | Q(deferrals__gt=0)).order_by("created_at", "id")


def retry(ids: list[UUID], order: Order) -> int:
    """Put rows that were set aside back, due at once and as if never tried; returns how many."""
    order.check()
    again = {"dead_at": None, "attempts": 0, "outcome": "", "available_at": order.at}
    with transaction.atomic():
        done = dead().filter(id__in=ids).order_by().update(**again, lease_until=None, queued_until=None)
        _note(order, AuditEntry.Action.OUTBOX_RETRIED, done)
    return done


def drop(ids: list[UUID], order: Order) -> int:
    """End rows that were set aside, and erase what they held; returns how many. Nothing is sent for them any more."""
    order.check()
    over = {"dead_at": None, "done_at": order.at, "outcome": DROPPED, "payload": None}
    with transaction.atomic():
        done = dead().filter(id__in=ids).order_by().update(**over)
        _note(order, AuditEntry.Action.OUTBOX_DROPPED, done)
    return done


def _note(order: Order, action: AuditEntry.Action, rows: int) -> None:
    if not rows:
        raise Refused("None of these rows was set aside. See: manage.py outbox list")
    record(order, action, Partner.objects.get(slug=SITE_SLUG), {"rows": rows})
