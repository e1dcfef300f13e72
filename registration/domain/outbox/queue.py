"""The rows that are due: handed to a broker or worked on under a lease, and written down by who holds the lease.

Any number of processes may do this at once. ``now`` is the database's time (``database_now``), so that clocks that
differ take no lease away from anybody.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F, Q, QuerySet

from registration.domain.outbox.kinds import Effect, Queue, names_of
from registration.models import Delivery, Outbox

logger = logging.getLogger(__name__)
#: Longer than any attempt takes.
LEASE = timedelta(minutes=2)
#: A broker that was told of a row is told again after so long, should no worker have taken it.
TOLD_AGAIN = timedelta(minutes=2)
MOST_ATTEMPTS = 5
#: Rows of a queue that are with the broker and the workers at once: so a broker never holds more than it can lose.
MOST_IN_FLIGHT = 400
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=20), timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Held:
    """A row that this process holds, and which holding it is."""

    row: Outbox
    lease: int


def database_now() -> datetime:
    """The database's clock, in UTC."""
    on_server = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()" if on_server else "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        value = cursor.fetchone()[0]
    return value if on_server else datetime.fromisoformat(value).replace(tzinfo=UTC)


def waiting() -> QuerySet[Outbox]:
    """Rows that are not over."""
    return Outbox.objects.filter(done_at=None, dead_at=None)


def holds(ref_id: UUID) -> bool:
    """Whether what a message about ``ref_id`` needs of the person is still here."""
    return Outbox.objects.filter(ref_id=ref_id, payload__isnull=False).exists()


def _free(rows: QuerySet[Outbox], now: datetime) -> QuerySet[Outbox]:
    return rows.filter(Q(lease_until=None) | Q(lease_until__lte=now), available_at__lte=now)


def hand_over(queue: Queue, limit: int, now: datetime) -> list[UUID]:
    """Mark up to ``limit`` due rows as told to the broker and return their ids, the longest waiting first.

    Each partner gets its share where more is due than there is room for.
    """
    rows = waiting().filter(kind__in=names_of(queue), available_at__lte=now)
    until = now + TOLD_AGAIN
    untold = _free(rows, now).filter(Q(queued_until=None) | Q(queued_until__lte=now))
    taken: list[UUID] = []
    with transaction.atomic():
        _by_index()
        # What is told or held was due: without saying so, every reminder of the months to come would be read for it.
        busy = rows.filter(Q(queued_until__gt=now) | Q(lease_until__gt=now)).count()
        room = min(limit, MOST_IN_FLIGHT - busy)
        for partner, share in _shares(untold, room) if room > 0 else ():
            mine = untold.filter(partner=partner).select_for_update(skip_locked=True, of=("self",))
            taken += mine.order_by("available_at", "id").values_list("id", flat=True)[:share]
        Outbox.objects.filter(id__in=taken).update(queued_until=until)
    return taken


def _by_index() -> None:
    """For the rest of this transaction. Of millions of rows few are due; PostgreSQL cannot know that, takes many for
    due, and would read all of them each second."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


def _shares(rows: QuerySet[Outbox], room: int) -> list[tuple[int | None, int]]:
    """(partner, how many) so that nobody's crowd holds up the others."""
    counts = dict(rows.order_by().values_list("partner").annotate(number=Count("pk")))
    shares: list[tuple[int | None, int]] = []
    for left, (partner, number) in zip(
        range(len(counts), 0, -1), sorted(counts.items(), key=lambda each: each[1]), strict=True
    ):
        share = min(number, max(1, room // left))
        if share > room:
            break
        shares.append((partner, share))
        room -= share
    return shares


def take_back(ids: Iterable[UUID]) -> None:
    """The broker did not take them after all."""
    Outbox.objects.filter(id__in=list(ids)).update(queued_until=None)


def due(queue: Queue, limit: int, now: datetime) -> list[UUID]:
    """Ids of rows that may be worked on now, the longest waiting first, whatever a broker was told."""
    rows = _free(waiting().filter(kind__in=names_of(queue)), now)
    return list(rows.order_by("available_at", "id").values_list("id", flat=True)[:limit])


def claim(row_id: UUID, now: datetime) -> Held | None:
    """Hold a row for LEASE; None where it is over, not due, or somebody else's."""
    rows = _free(waiting().filter(id=row_id), now)
    if not rows.update(lease_until=now + LEASE, lease=F("lease") + 1, attempts=F("attempts") + 1):
        return None
    row = Outbox.objects.select_related("partner").get(id=row_id)
    held = Held(row, row.lease)
    if row.attempts > MOST_ATTEMPTS:
        fail(held, "killed_its_worker", now)
        return None
    return held


def finish(held: Held, outcome: str, now: datetime, effect: Effect | None = None) -> bool:
    """It is done, or need not be done: effect, end and erasure in one transaction.

    False, and nothing is changed, where the row is another's by now.
    """
    over = {"done_at": now, "outcome": outcome, "payload": None, "lease_until": None, "queued_until": None}
    with transaction.atomic():
        if not _held(held).update(**over):
            return _lost()
        if effect is not None:
            _deliver(held.row, effect, now)
    return True


def _deliver(row: Outbox, effect: Effect, now: datetime) -> None:
    values = {"channel": effect.channel, "message_id": effect.message_id, "at": now}
    try:
        with transaction.atomic():
            Delivery.objects.create(ref_id=row.ref_id, kind=row.kind, **values)
    except IntegrityError:
        logger.warning("it was delivered before", extra={"code": row.kind})


def defer(held: Held, code: str, until: datetime, *, counts: bool = True) -> bool:
    """Another service is away, or it is not the time: it counts as no attempt. False where the row is another's."""
    later = {"available_at": until, "outcome": code, "lease_until": None, "queued_until": None}
    return (
        bool(_held(held).update(attempts=F("attempts") - 1, deferrals=F("deferrals") + (1 if counts else 0), **later))
        or _lost()
    )


def fail(held: Held, code: str, now: datetime) -> bool:
    """The work itself failed: again later, and set aside after MOST_ATTEMPTS. False where the row is another's."""
    row = held.row
    if row.attempts >= MOST_ATTEMPTS:
        if not _held(held).update(dead_at=now, outcome=code, lease_until=None, queued_until=None):
            return _lost()
        logger.error("an outbox row is set aside", extra={"code": code, "kind": row.kind, "row": str(row.pk)})
        return True
    again = now + pause(row.attempts)
    return bool(_held(held).update(available_at=again, outcome=code, lease_until=None, queued_until=None)) or _lost()


def pause(tries: int) -> timedelta:
    """Longer after each try, and never the same for many rows at once."""
    longest: timedelta = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries, 10))
    return longest * random.uniform(0.5, 1)  # noqa: S311  it spreads, it hides nothing


def _held(held: Held) -> QuerySet[Outbox]:
    return waiting().filter(pk=held.row.pk, lease=held.lease)


def _lost() -> bool:
    logger.warning("an outbox row came back after its lease was over")
    return False
