"""The audit is written once: neither our code nor a plain statement can change it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from registration.models import AppendOnly, AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> AuditEntry:
    at = datetime(2028, 10, 10, tzinfo=UTC)
    return AuditEntry.objects.create(
        who="Ana", action="switched_off", subject_kind="switch", subject_id=1, reason="Why.", at=at
    )


CHANGES: list[Callable[[AuditEntry], object]] = [
    lambda entry: entry.save(),
    lambda entry: entry.save(update_fields=["who"]),
    lambda entry: AuditEntry.objects.get(pk=entry.pk).save(),
    lambda entry: entry.delete(),
    lambda _: AuditEntry.objects.update(who="Ben"),
    lambda entry: AuditEntry.objects.filter(pk=entry.pk).delete(),
    lambda entry: AuditEntry.objects.bulk_update([entry], ["who"]),
]


@pytest.mark.parametrize("change", CHANGES)
def test_written_entry_can_neither_be_changed_nor_deleted(entry, change):
    entry.who = "Ben"
    with pytest.raises(AppendOnly), transaction.atomic():
        change(entry)
    assert AuditEntry.objects.get().who == "Ana"


@pytest.mark.parametrize(
    "statement", ["UPDATE registration_auditentry SET who = 'Ben'", "DELETE FROM registration_auditentry"]
)
@pytest.mark.usefixtures("entry")
def test_database_itself_refuses_a_change(statement):
    with pytest.raises(DatabaseError, match="the audit is append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert AuditEntry.objects.get().who == "Ana"
