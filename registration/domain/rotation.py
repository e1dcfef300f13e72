"""Moving every encrypted value under the first key of its ring, while the site writes; and looking for damage.

Nothing is written down about how far it came: each value names its key, so that whoever starts again finds what is
left. A value that changed since it was read is left to the next look.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from registration.domain.audit import Order, record
from registration.domain.encrypted_columns import COLUMNS, AnyColumn
from registration.domain.field_encryption import CannotRead, Place, decrypt, encrypt, ids_of, key_named
from registration.models import SITE_SLUG, AuditEntry, Partner

logger = logging.getLogger(__name__)
BATCH = 100
#: How often the whole is looked at again for what changed meanwhile.
MOST_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A value that no key opens: changed, moved, or its key is not in the ring."""

    column: str
    row: str


@dataclass(slots=True)
class Rotated:
    """How many rows were written again, and what could not be read."""

    rows: int = 0
    unreadable: set[Unreadable] = field(default_factory=set)


def by_key() -> dict[str, Counter[str]]:
    """How many values of each column stand under each key's id; "" where a value names none."""
    return {column.title: Counter(key_named(head) for head in column.heads()) for column in COLUMNS}


def left() -> int:
    """Values that do not stand under the first key of their ring."""
    return sum(
        count
        for column, counts in zip(COLUMNS, by_key().values(), strict=True)
        for name, count in counts.items()
        if name != ids_of(column.ring)[0]
    )


def rotate(order: Order, pause: Callable[[int], object]) -> Rotated:
    """Write everything again that is under an older key. ``pause`` is called with the size of each batch."""
    order.check()
    done = Rotated()
    for _ in range(MOST_ROUNDS):
        before = done.rows
        for column in COLUMNS:
            _rotate(column, done, pause)
        if done.rows == before:
            break
    with transaction.atomic():
        site = Partner.objects.get(slug=SITE_SLUG)
        record(order, AuditEntry.Action.FIELDS_ROTATED, site, {"rows": done.rows, "left": left()})
    return done


def _rotate(column: AnyColumn, done: Rotated, pause: Callable[[int], object]) -> None:
    def again(value: bytes, place: Place) -> bytes:
        return encrypt(decrypt(value, place, ring=column.ring), place, ring=column.ring)

    after = None
    while rows := column.batch(after, BATCH, old_only=True):
        for row in rows:
            try:
                done.rows += column.write(row, again)
            except CannotRead:
                done.unreadable.add(Unreadable(column.title, str(row.pk)))
        after = rows[-1].pk
        pause(len(rows))


def unreadable(pause: Callable[[int], object]) -> Iterator[Unreadable]:
    """Read everything that is encrypted, and name what does not open. Nothing is kept of what does."""
    for column in COLUMNS:
        after = None
        while rows := column.batch(after, BATCH, old_only=False):
            for row in rows:
                if not all(_opens(value.content, value.place, column) for value in column.values(row)):
                    logger.error("an encrypted value cannot be read", extra={"code": column.title, "row": str(row.pk)})
                    yield Unreadable(column.title, str(row.pk))
            after = rows[-1].pk
            pause(len(rows))


def _opens(value: bytes, place: Place, column: AnyColumn) -> bool:
    try:
        decrypt(value, place, ring=column.ring)
    except CannotRead:
        return False
    return True
