"""What people had deleted or stopped stays so, also when a backup from before is brought back.

A row is written in the transaction that deletes. Once that is committed its ids go, synced to the disk, into a file
that no backup of the database holds. Only ids stand there, of rows that are gone or empty.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from registration.delivery.durable import sync_folder
from registration.domain import outbox
from registration.models import Application, Contact, Delivery, Document, Subscription, Tombstone

logger = logging.getLogger(__name__)
Kind = Tombstone.Kind
AT_ONCE = 500
#: What a subscription's end by its owner sets, and which addresses it erases.
_ENDS: dict[str, tuple[str, tuple[str, ...]]] = {
    Kind.STOP_EMAIL: ("email_ended_at", ("email",)),
    Kind.STOP_SMS: ("sms_ended_at", ("phone",)),
    Kind.MAILED: ("mailed_at", ("email", "phone")),
}


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many lines of the journal led to something that was there again, to nothing, or could not be read."""

    deleted: int
    nothing: int
    unreadable: int


def bury(kind: Tombstone.Kind, subject: UUID, now: datetime) -> None:
    """Write down, in the caller's transaction, that ``subject`` was deleted because somebody asked."""
    stone, made = Tombstone.objects.get_or_create(kind=kind, subject=subject, defaults={"at": now})
    if made:
        transaction.on_commit(lambda: _journal_soon([stone], now))


def _journal_soon(stones: Sequence[Tombstone], now: datetime) -> None:
    """The person's deletion stands. A disk that fails here is tried again by ``write_left``."""
    try:
        _journal(stones, now)
    except (OSError, DatabaseError):
        logger.exception("the journal of deletions could not be written; it is tried again")


def write_left(now: datetime) -> int:
    """Write into the journal what a crash or a full disk left out; how many. Raises OSError."""
    left = list(Tombstone.objects.filter(journaled_at=None).order_by("id")[:AT_ONCE])
    if left:
        _journal(left, now)
    return len(left)


def write_all(lines: Iterable[str]) -> int:
    """Write down every deletion that the database knows of and ``lines``, the journal's, lack; how many.

    Of a database without such a table there is nothing to write. Raises OSError and DatabaseError.
    """
    if Tombstone._meta.db_table not in connection.introspection.table_names():
        return 0
    written = _written(lines)
    known = Tombstone.objects.only("kind", "subject", "at").order_by("id").iterator()
    left = [line_of(stone) for stone in known if (str(stone.kind), stone.subject) not in written]
    if left:
        _append(left)
    return len(left)


def _journal(stones: Sequence[Tombstone], now: datetime) -> None:
    """First the disk, then the row: a crash between the two writes a line twice, which does no harm."""
    _append([line_of(each) for each in stones])
    Tombstone.objects.filter(pk__in=[each.pk for each in stones]).update(journaled_at=now)


def line_of(stone: Tombstone) -> str:
    return json.dumps({"kind": str(stone.kind), "subject": str(stone.subject), "at": stone.at.isoformat()})


def _append(lines: Sequence[str]) -> None:
    """In one write under a lock; a line that a crash cut short is ended first, so that it spoils no other one."""
    path: Path = settings.TOMBSTONES
    new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        size = os.fstat(descriptor).st_size
        is_cut = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        data = ("\n" if is_cut else "") + "".join(f"{line}\n" for line in lines)
        with os.fdopen(os.dup(descriptor), "ab") as file:
            file.write(data.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if new:
        sync_folder(path.parent)


def can_be_written(path: Path) -> bool:
    """Whether the journal is a file that this process may write, or can be made."""
    if path.exists():
        return path.is_file() and os.access(path, os.R_OK | os.W_OK)
    return path.parent.is_dir() and os.access(path.parent, os.W_OK)


def replay(lines: Iterable[str], now: datetime) -> Replayed:
    """Delete again what the journal names, after a backup was brought back. Doing it twice does no harm."""
    deleted = nothing = unreadable = 0
    for line in lines:
        if not line.strip():
            continue
        stone = _read(line)
        if stone is None:
            unreadable += 1
            continue
        with transaction.atomic():
            found = delete_again(stone.kind, stone.subject, now)
            defaults = {"at": stone.at, "journaled_at": now}
            Tombstone.objects.get_or_create(kind=stone.kind, subject=stone.subject, defaults=defaults)
        deleted += found
        nothing += not found
    if unreadable:
        logger.error("lines of the journal of deletions could not be read", extra={"count": unreadable})
    return Replayed(deleted, nothing, unreadable)


def missing(lines: Iterable[str]) -> int:
    """How many deletions the database knows of, and the journal should and does not: it is another one, or cut."""
    written = _written(lines)
    known = Tombstone.objects.filter(journaled_at__isnull=False).values_list("kind", "subject")
    return sum(each not in written for each in known.iterator())


def _written(lines: Iterable[str]) -> set[tuple[str, UUID]]:
    stones = [stone for stone in map(_read, lines) if stone is not None]
    return {(str(stone.kind), stone.subject) for stone in stones}


def _read(line: str) -> Tombstone | None:
    try:
        said = json.loads(line)
        at = datetime.fromisoformat(said["at"])
        stone = Tombstone(kind=Kind(said["kind"]), subject=UUID(said["subject"]), at=at)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return stone if at.tzinfo else None


def delete_again(kind: str, subject: UUID, now: datetime) -> bool:
    """Delete or end what is left of ``subject``; whether there was something. The caller holds the transaction."""
    if kind == Kind.CONTACT:
        return bool(Contact.objects.filter(pk=subject).delete()[0])
    if kind == Kind.SUBSCRIPTION:
        return _without_subscriptions([subject], now)
    if kind in _ENDS:
        column, addresses = _ENDS[kind]
        ended = {column: now, **dict.fromkeys(addresses)}
        return bool(Subscription.objects.filter(pk=subject, **{column: None}).update(**ended))
    applications = Application.objects.filter(pk=subject)
    was = bool(Document.objects.filter(application_id=subject).delete()[0])
    was |= bool(outbox.withdraw([subject], now))
    was |= bool(Delivery.objects.filter(ref_id=subject).delete()[0])
    subscriptions = list(Subscription.objects.filter(application_id=subject).values_list("pk", flat=True))
    was |= _without_subscriptions(subscriptions, now)
    was |= bool(applications.exclude(status=Application.Status.WITHDRAWN).update(status=Application.Status.WITHDRAWN))
    return was


def _without_subscriptions(keys: Sequence[UUID], now: datetime) -> bool:
    ended = outbox.withdraw(keys, now)
    delivered = Delivery.objects.filter(ref_id__in=keys).delete()[0]
    return bool(Subscription.objects.filter(pk__in=keys).delete()[0] or ended or delivered)
