"""Changing the audit as somebody with the database in their hands would, for the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection

from registration.domain.audit_heads import verify
from registration.models import NOTHING_BEFORE, AuditEntry, AuditHead

_keeping = import_module("registration.migrations.0006_audit_chain")


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


@contextmanager
def unguarded() -> Iterator[None]:
    """Without the database's refusals, which are back afterwards."""
    connection.check_constraints()  # PostgreSQL changes no table for which checks are waiting
    for statement in _keeping.UNGUARD[connection.vendor]:
        execute(statement)
    try:
        yield
    finally:
        for statement in _keeping.GUARD[connection.vendor]:
            execute(statement)


def tamper(statement: str, *values: object) -> None:
    """``statement``: with AUDIT for the table."""
    with unguarded():
        execute(statement.replace("AUDIT", AuditEntry._meta.db_table), *values)


def swap(first: int, second: int) -> None:
    """Let two entries change their numbers."""
    for old, new in ((first, -1), (second, first), (-1, second)):
        tamper("UPDATE AUDIT SET id = %s WHERE id = %s", new, old)


def chain_anew() -> None:
    """Give every entry a fitting digest and the head, too, as somebody would who knows how the chain is made."""
    digest, entries = NOTHING_BEFORE, list(AuditEntry.objects.order_by("pk"))
    for entry in entries:
        entry.previous, digest = digest, ""
        digest = entry.digest = entry.computed_digest()
    for entry in entries:  # two of them never follow the same one, also meanwhile
        tamper("UPDATE AUDIT SET previous = %s WHERE id = %s", f"x{entry.pk}", entry.pk)
    for entry in entries:
        tamper("UPDATE AUDIT SET previous = %s, digest = %s WHERE id = %s", entry.previous, entry.digest, entry.pk)
    number = entries[-1].pk if entries else 0
    AuditHead.objects.update(number=number, digest=digest, count=len(entries))


def empty_the_audit() -> None:
    tamper("DELETE FROM AUDIT")
    AuditHead.objects.update(number=0, digest=NOTHING_BEFORE, count=0)


def faults() -> list[tuple[int, str]]:
    return [(fault.number, str(fault.kind)) for fault in verify().faults]


def texts() -> list[str]:
    return [fault.text for fault in verify().faults]
