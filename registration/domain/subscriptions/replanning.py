"""Moving reminders of the last day that wait, when the law or a correction has moved that day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from registration.domain.subscriptions import plan
from registration.domain.subscriptions.ending import case_of
from registration.domain.subscriptions.plan import Case, Reminder
from registration.models import Outbox, Subscription

KINDS = ("remind_deadline_email", "remind_deadline_sms")
BATCH = 500
#: Until this hour of a day a reminder whose own time is over is still sent on that day.
LATEST_HOUR = 19


def replan(now: datetime) -> None:
    """Look through all that wait, some at a time. One that a worker holds is left to its handler (``moved_to``)."""
    last = UUID(int=0)
    known: dict[tuple[str, date, date], date | None] = {}
    while True:
        rows = list(_waiting(now).filter(pk__gt=last).order_by("pk")[:BATCH])
        of_row = Subscription.objects.in_bulk([row.ref_id for row in rows])
        for row in rows:
            case = case_of(of_row[row.ref_id]) if row.ref_id in of_row else None
            if case is not None:
                _move(row, case, known, now)
        if len(rows) < BATCH:
            return
        last = rows[-1].pk


def _waiting(now: datetime) -> QuerySet[Outbox]:
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    return Outbox.objects.filter(free, kind__in=KINDS, done_at=None, dead_at=None)


def _move(row: Outbox, case: Case, known: dict[tuple[str, date, date], date | None], now: datetime) -> None:
    key = (case.code, case.election_day, case.made_on)
    if key not in known:
        known[key] = plan.current_last_day(case, now)
    last_day = known[key]
    found = _still(case, last_day, now) if last_day else None
    if found is None or (row.available_at, row.useful_until) == (found.at, found.until):
        return
    waiting = Outbox.objects.filter(pk=row.pk, done_at=None, lease=row.lease)
    waiting.update(available_at=found.at, useful_until=found.until)


def _still(case: Case, last_day: date, now: datetime) -> Reminder | None:
    """The reminder of ``last_day``: at its own time, or as soon as people are awake where that is over. None when it is
    too late."""
    until = plan.end_of(last_day, case.zone)
    own = plan.morning(last_day - plan.BEFORE_LAST_DAY, case.zone)
    today = plan.day_of(now, case.zone)
    if own >= plan.morning(today, case.zone):
        return Reminder("remind_deadline", own, until)
    late = now > plan.morning(today, case.zone) + timedelta(hours=LATEST_HOUR - plan.HOUR.hour)
    at = plan.morning(today + timedelta(days=1) if late else today, case.zone)
    return Reminder("remind_deadline", at, until) if at < until else None
