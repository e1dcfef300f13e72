"""Whether the audit is what was written: its digests, its head, its triggers, the heads published of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from registration.models import NOTHING_BEFORE, AuditEntry, AuditHead

#: The database's own refusals, by vendor.
GUARDS = {
    "sqlite": frozenset({"audit_no_update", "audit_no_delete"}),
    "postgresql": frozenset({"audit_append_only", "audit_no_truncate"}),
}


class Kind(StrEnum):
    EDITED = "edited"
    DELETED = "deleted"
    REORDERED = "reordered"
    FORKED = "forked"
    TRUNCATED = "truncated"
    ADDED = "added"
    HEAD = "head"
    REWRITTEN = "rewritten"
    UNGUARDED = "unguarded"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Fault:
    """``number``: the entry's, 0 where it is about no single one; ``text``: what is wrong, in English."""

    number: int
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """The chain's end at one moment: the last entry's number and digest, and how many entries there were."""

    number: int
    digest: str
    count: int


@dataclass(frozen=True, slots=True)
class Link:
    """One entry in the chain; ``intact``: its digest is that of what it holds."""

    number: int
    previous: str
    digest: str
    intact: bool


def link_of(entry: AuditEntry) -> Link:
    return Link(entry.pk, entry.previous, entry.digest, entry.computed_digest() == entry.digest)


def head_now() -> Point | None:
    """Where the chain ends by the head's own word; None where there is no head."""
    head = AuditHead.objects.first()
    return Point(head.number, head.digest, head.count) if head else None


def all_faults(published: Iterable[Point] = ()) -> list[Fault]:
    """Everything that is wrong with the audit of the database.

    Holds no lock: the head is read before the entries and after them, since others may write meanwhile. ``published``
    must have been read before that.
    """
    head = head_now()
    chain = Chain([link_of(entry) for entry in AuditEntry.objects.order_by("pk").iterator()])
    later = head_now()
    return [*_guard_faults(), *chain.faults(), *_head_faults(chain, head, later), *_published(chain, published)]


class Chain:
    """What the entries say about each other, and what somebody else said about them. ``links``: by number."""

    def __init__(self, links: Sequence[Link]) -> None:
        self.links = links
        self.last = links[-1].number if links else 0
        self._places = {link.number: place for place, link in enumerate(links)}
        self._by_digest = {link.digest: link.number for link in links} | {NOTHING_BEFORE: 0}

    def faults(self) -> Iterator[Fault]:
        followed: set[str] = set()
        before = Link(0, "", NOTHING_BEFORE, intact=True)
        for link in self.links:
            if not link.intact:
                yield Fault(link.number, Kind.EDITED, "it is not what was written")
            if link.previous in followed:
                other = self._by_digest.get(link.previous)
                yield Fault(link.number, Kind.FORKED, f"it follows entry {other}, as another entry does already")
            elif link.previous != before.digest:
                yield self._misplaced(link, before)
            followed.add(link.previous)
            before = link

    def _misplaced(self, link: Link, before: Link) -> Fault:
        """Why an entry does not follow the one that stands before it."""
        other = self._by_digest.get(link.previous)
        if other is not None:
            text = f"it follows entry {other}, and stands after entry {before.number}"
            return Fault(link.number, Kind.REORDERED, text)
        if before.number == link.number - 1 > 0:
            text = f"entry {link.number} follows another one: this was written anew, its digest, too"
            return Fault(before.number, Kind.EDITED, text)
        gone = _span(before.number + 1, link.number - 1)
        return Fault(link.number, Kind.DELETED, f"what it follows is gone ({gone})")

    def differs(self, point: Point) -> tuple[Kind, str] | None:
        """What is not as it was at that point."""
        if point.number == 0:
            fine = (point.digest, point.count) == (NOTHING_BEFORE, 0)
            return None if fine else (Kind.HEAD, "an empty audit has no digest and no count")
        if self.last < point.number:
            return Kind.TRUNCATED, f"{_span(self.last + 1, point.number)} at the end should be there"
        place = self._places.get(point.number)
        if place is None:
            return Kind.DELETED, "it should be there"
        if self.links[place].digest != point.digest:
            return Kind.REWRITTEN, "it should have another digest"
        if place + 1 != point.count:
            return Kind.DELETED, f"{point.count} entries up to it, and not {place + 1}, should be there"
        return None


def _span(first: int, last: int) -> str:
    return f"entry {first}" if first == last else f"entries {first} to {last}"


def _head_faults(chain: Chain, head: Point | None, later: Point | None) -> Iterator[Fault]:
    if head is None or later is None:
        yield Fault(0, Kind.HEAD, "the head is missing")
        return
    yield from _compared(chain, head, "the head")
    if chain.last > later.number:
        yield Fault(chain.last, Kind.ADDED, f"it stands past the head, which names entry {later.number}")


def _published(chain: Chain, points: Iterable[Point]) -> Iterator[Fault]:
    for point in sorted(set(points), key=lambda each: (each.number, each.digest, each.count)):
        yield from _compared(chain, point, "a published head")


def _compared(chain: Chain, point: Point, whose: str) -> Iterator[Fault]:
    wrong = chain.differs(point)
    if wrong:
        yield Fault(point.number, wrong[0], f"{wrong[1]}, says {whose}")


def _guard_faults() -> Iterator[Fault]:
    missing = GUARDS[connection.vendor] - _triggers()
    if missing:
        yield Fault(0, Kind.UNGUARDED, f"the database refuses no changes: no trigger {', '.join(sorted(missing))}")


def _triggers() -> set[str]:
    """The triggers that stand and are on."""
    table = AuditEntry._meta.db_table
    statements = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A')",
    }
    with connection.cursor() as cursor:
        cursor.execute(statements[connection.vendor], [table])
        return {name for (name,) in cursor.fetchall()}
