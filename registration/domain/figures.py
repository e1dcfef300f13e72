"""How the service is, in numbers: what waits, how long, what was given up, what is late, and how much room is left.

Numbers of rows and seconds alone; nothing in them is of any person.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Min, Q

import state_rules
from registration.domain import chores, outbox, rules, webhooks
from registration.models import (
    Application,
    AuditEntry,
    Chore,
    Contact,
    Delivery,
    Document,
    Mail,
    Outbox,
    Subscription,
)  # fmt: skip

#: Every number, with what it is.
FIGURES = {
    "outbox_waiting": "Rows of the outbox that are due, by kind.",
    "outbox_later": "Rows of the outbox whose time is still to come, by kind.",
    "outbox_oldest_seconds": "How long the row that waits longest has been due, by kind.",
    "outbox_deferred": "Rows that wait since another service was away, by kind.",
    "outbox_most_deferrals": "How often such a row was put off at most, by kind.",
    "outbox_dead": "Rows that were set aside after failing again and again, by kind.",
    "webhooks_waiting": "Webhooks that are due.",
    "webhooks_oldest_seconds": "How long the webhook that waits longest has been due.",
    "mail_waiting": "Emails to partners' people and operators that are not sent yet.",
    "mail_oldest_seconds": "How long ago the oldest of them was written.",
    "deliveries": "What was handed over, by kind, as far as it is still on record.",
    "applications": "Applications by door and status.",
    "audit_head": "The number of the last entry of the audit.",
    "forgetting_due": "Rows whose time is over and that are still there, by kind.",
    "chore_late_seconds": "How long a chore has been due.",
    "deadline_days": "Days until the last day of each way to register for the next election, by jurisdiction.",
    "disk_free_bytes": "Free space, by place.",
    "disk_used_ratio": "The part of the disk that is full, from 0 to 1, by place.",
    "build_info": "1; the release and the version of the rules are its labels.",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. ``labels``: (name, value) pairs."""

    name: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()

    def label(self, name: str) -> str:
        return dict(self.labels).get(name, "")


def all_figures(now: datetime, release: str) -> list[Figure]:
    """Every number as it is at ``now``. Raises DatabaseError."""
    return [
        *of_outbox(now),
        *of_queues(now),
        *of_records(now),
        *of_chores(now),
        *of_deadlines(now.date()),
        *of_disks(),
        Figure("build_info", 1, (("release", release), ("rules", state_rules.rules_version()))),
    ]


def of_outbox(now: datetime) -> Iterator[Figure]:
    """Two questions, each with an index of its own: what is done is not read through."""
    due = Q(available_at__lte=now)
    rows = (
        outbox.waiting()
        .values("kind")
        .annotate(
            due=Count("pk", filter=due),
            later=Count("pk", filter=~due),
            since=Min("available_at", filter=due),
            deferred=Count("pk", filter=Q(deferrals__gt=0)),
            most=Max("deferrals"),
        )
    )
    waiting = {row["kind"]: row for row in rows.order_by("kind")}
    dead = dict(Outbox.objects.filter(dead_at__isnull=False).values_list("kind").annotate(n=Count("pk")).order_by())
    nothing: dict[str, Any] = {"due": 0, "later": 0, "since": None, "deferred": 0, "most": 0}
    for kind in sorted({*waiting, *dead}):
        row, of_kind = waiting.get(kind, nothing), (("kind", kind),)
        yield Figure("outbox_waiting", row["due"], of_kind)
        yield Figure("outbox_later", row["later"], of_kind)
        yield Figure("outbox_oldest_seconds", _age(row["since"], now), of_kind)
        yield Figure("outbox_deferred", row["deferred"], of_kind)
        yield Figure("outbox_most_deferrals", row["most"], of_kind)
        yield Figure("outbox_dead", dead.get(kind, 0), of_kind)


def of_queues(now: datetime) -> Iterator[Figure]:
    # A partner's server that fails makes its own wait: that is no fault of ours.
    answering = Q(endpoint__failing_since=None)
    found = webhooks.due(now).aggregate(count=Count("pk"), since=Min("available_at", filter=answering))
    yield Figure("webhooks_waiting", found["count"])
    yield Figure("webhooks_oldest_seconds", _age(found["since"], now))
    letters = Mail.objects.aggregate(count=Count("pk"), since=Min("created_at"))
    yield Figure("mail_waiting", letters["count"])
    yield Figure("mail_oldest_seconds", _age(letters["since"], now))


def of_records(now: datetime) -> Iterator[Figure]:
    for kind, count in Delivery.objects.values_list("kind").annotate(n=Count("pk")).order_by("kind"):
        yield Figure("deliveries", count, (("kind", kind),))
    doors = Application.objects.values_list("channel", "status").annotate(n=Count("pk"))
    for door, status, count in doors.order_by("channel", "status"):
        yield Figure("applications", count, (("door", door), ("status", status)))
    yield Figure("audit_head", AuditEntry.objects.aggregate(last=Max("pk"))["last"] or 0)
    for name, model in (("documents", Document), ("contacts", Contact), ("subscriptions", Subscription)):
        yield Figure("forgetting_due", model.objects.filter(expires_at__lte=now).count(), (("kind", name),))


def of_chores(now: datetime) -> Iterator[Figure]:
    """One that was never done is not late yet: its row is made when it is first looked at."""
    due = dict(Chore.objects.values_list("name", "due_at"))
    for work in chores.known():
        yield Figure("chore_late_seconds", _age(due.get(work.name), now), (("chore", work.name),))


def of_disks() -> Iterator[Figure]:
    for name, place in places():
        try:
            usage = shutil.disk_usage(place)
        except OSError:
            continue
        yield Figure("disk_free_bytes", usage.free, (("place", name),))
        yield Figure("disk_used_ratio", 1 - usage.free / usage.total if usage.total else 0, (("place", name),))


def places() -> list[tuple[str, Path]]:
    """The folders whose disks matter here: our own, and that of a database which is a file."""
    found = [("var", Path(settings.VAR_DIR))]
    if connection.vendor == "sqlite" and os.path.exists(connection.settings_dict["NAME"]):
        found.append(("database", Path(connection.settings_dict["NAME"]).resolve().parent))
    return found


def of_deadlines(on: date) -> Iterator[Figure]:
    for code, way, day in _last_days(on):
        yield Figure("deadline_days", (day - on).days, (("jurisdiction", code), ("way", way)))


@lru_cache(maxsize=2)
def _last_days(on: date) -> tuple[tuple[str, str, date], ...]:
    """(jurisdiction, way, last day) of what is still open there; looked up once a day."""
    found = []
    for code in state_rules.JURISDICTIONS:
        place = rules.current(code, on)
        election = state_rules.target_election(place, on)
        for way in state_rules.ways(place, election, on):
            if way.is_open and way.name != "same_day" and way.last_day is not None:
                found.append((code, way.name, way.last_day))
    return tuple(found)


def awaited(kind: str) -> bool:
    """Whether rows of this kind are done by a worker, and not by somebody's hand in their own time."""
    known = outbox.kind_of(kind)
    return known is None or not known.by_hand


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
