"""The audit shows afterwards that somebody changed it, also where the database's own refusals were taken away."""

import threading
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from registration.domain.audit_chain import GUARDS, head_now
from registration.domain.audit_heads import publish_head
from registration.models import NOTHING_BEFORE, AppendOnly, AuditEntry, AuditHead, Partner
from tests.registration.domain.tampering import (
    chain_anew,
    empty_the_audit,
    execute,
    faults,
    swap,
    tamper,
    texts,
    unguarded,
)

AT = datetime(2028, 10, 10, 12, 30, 15, 250, tzinfo=UTC)
OF_ONE_ENTRY = {
    "who": "Ana",
    "action": "switched_off",
    "subject_kind": "switch",
    "reason": "The state’s site does not answer.",
    "at": AT,
    "details": {"jurisdiction": "GA", "channel": "online"},
}


def write(subject: int) -> AuditEntry:
    return AuditEntry.objects.create(subject_id=subject, **OF_ONE_ENTRY)


@pytest.fixture
def five(db, settings, tmp_path) -> None:
    """Five entries, and no head of them published."""
    settings.AUDIT_HEADS = tmp_path / "heads.jsonl"
    for subject in range(101, 106):
        write(subject)


@pytest.fixture
def published(five) -> None:
    publish_head(AT)


def test_entries_are_numbered_and_each_follows_the_one_before(five):
    entries = list(AuditEntry.objects.order_by("pk"))
    assert [entry.pk for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in entries] == [NOTHING_BEFORE, *(entry.digest for entry in entries[:-1])]
    assert len({entry.digest for entry in entries}) == 5
    head = head_now()
    assert (head.number, head.digest, head.count) == (5, entries[-1].digest, 5)


def test_every_column_is_in_the_digest():
    columns = {field.name for field in AuditEntry._meta.concrete_fields} - {"previous", "digest"}
    entry = AuditEntry(pk=7, partner_id=3, subject_id=9, **OF_ONE_ENTRY)
    assert entry.canonical() == (
        b'{"action":"switched_off","at":"2028-10-10T12:30:15.000250+00:00",'
        b'"details":{"channel":"online","jurisdiction":"GA"},"id":7,"partner":3,'
        b'"reason":"The state\\u2019s site does not answer.","subject_id":9,"subject_kind":"switch","who":"Ana"}'
    )
    assert all(f'"{name}":'.encode() in entry.canonical() for name in columns)


@pytest.mark.usefixtures("published")
def test_untouched_audit_has_no_faults():
    assert faults() == []
    write(106)
    assert faults() == []


def test_empty_audit_has_no_faults(db, settings, tmp_path):
    settings.AUDIT_HEADS = tmp_path / "heads.jsonl"
    assert faults() == []
    publish_head(AT)
    assert faults() == []


@pytest.mark.django_db
def test_entry_of_a_transaction_that_fails_leaves_the_chain_as_it_was():
    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    assert (head_now().number, head_now().digest, head_now().count) == (0, NOTHING_BEFORE, 0)
    assert write(2).pk == 1


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1.5, float("nan")])
def test_numbers_that_databases_do_not_keep_are_refused(number):
    with pytest.raises(ValueError, match="whole numbers"):
        AuditEntry.objects.create(**{**OF_ONE_ENTRY, "subject_id": 1, "details": {"radius": number}})
    assert head_now().count == 0


@pytest.mark.django_db
def test_entries_cannot_be_written_past_the_chain():
    with pytest.raises(AppendOnly):
        AuditEntry.objects.bulk_create([AuditEntry(subject_id=1, **OF_ONE_ENTRY)])


@pytest.mark.usefixtures("five")
def test_missing_head_stops_the_writing_and_is_found():
    AuditHead.objects.all().delete()
    assert faults() == [(0, "head")]
    with pytest.raises(AuditHead.DoesNotExist):
        write(106)


COLUMNS = {
    "who": "Ben",
    "action": "corrected",
    "reason": "Because.",
    "subject_id": 4,
    "subject_kind": "key",
    "at": "2028-10-10 12:30:15.000251+00:00",
    "details": '{"jurisdiction": "OH", "channel": "online"}',
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.usefixtures("five")
def test_s33_edit_is_detected_in_each_column(column):
    tamper(f"UPDATE AUDIT SET {column} = %s WHERE id = 3", COLUMNS[column])  # noqa: S608  a name of our own
    assert faults() == [(3, "edited")]


@pytest.mark.usefixtures("five")
def test_s33_edit_of_whose_it_is_is_detected():
    partner = Partner.objects.create(slug="acme", name="Acme")
    tamper("UPDATE AUDIT SET partner_id = %s WHERE id = 3", partner.pk)
    assert faults() == [(3, "edited")]


@pytest.mark.parametrize(("number", "found"), [(3, (3, "edited")), (5, (5, "rewritten"))])
@pytest.mark.usefixtures("five")
def test_s33_edit_with_a_fitting_digest_is_detected(number, found):
    entry = AuditEntry.objects.get(pk=number)
    entry.who = "Ben"
    tamper("UPDATE AUDIT SET who = 'Ben', digest = %s WHERE id = %s", entry.computed_digest(), number)
    assert faults() == [found]


@pytest.mark.usefixtures("published")
def test_s33_edit_with_the_whole_chain_made_anew_is_detected_by_the_published_head():
    tamper("UPDATE AUDIT SET who = 'Ben' WHERE id = 2")
    chain_anew()
    assert faults() == [(5, "rewritten")]
    assert texts() == ["it should have another digest, says a published head"]


@pytest.mark.parametrize(
    ("condition", "found", "text"),
    [
        ("id = 1", (2, "deleted"), "what it follows is gone (entry 1)"),
        ("id = 3", (4, "deleted"), "what it follows is gone (entry 3)"),
        ("id IN (2, 3, 4)", (5, "deleted"), "what it follows is gone (entries 2 to 4)"),
    ],
)
@pytest.mark.usefixtures("five")
def test_s33_deletion_is_detected(condition, found, text):
    tamper(f"DELETE FROM AUDIT WHERE {condition}")  # noqa: S608  one of ours above
    assert faults()[0] == found
    assert texts()[0] == text


@pytest.mark.usefixtures("published")
def test_s33_deletion_with_the_whole_chain_made_anew_is_detected_by_the_published_head():
    tamper("DELETE FROM AUDIT WHERE id = 2")
    chain_anew()
    assert faults() == [(5, "rewritten")]


@pytest.mark.usefixtures("five")
def test_s33_reorder_is_detected():
    swap(2, 3)
    found = faults()
    assert {each for each in found if each[1] == "edited"} == {(2, "edited"), (3, "edited")}
    assert [each for each in found if each[1] != "edited"] == [(2, "reordered"), (3, "reordered"), (4, "reordered")]


@pytest.mark.usefixtures("published")
def test_s33_reorder_with_the_whole_chain_made_anew_is_detected_by_the_published_head():
    swap(2, 3)
    chain_anew()
    assert faults() == [(5, "rewritten")]


@pytest.mark.usefixtures("five")
def test_s33_truncation_is_detected_by_the_head():
    tamper("DELETE FROM AUDIT WHERE id > 3")
    assert faults() == [(5, "truncated")]
    assert texts() == ["entries 4 to 5 at the end should be there, says the head"]


@pytest.mark.parametrize("kept", [0, 4])
@pytest.mark.usefixtures("published")
def test_s33_truncation_with_the_head_set_back_is_detected_by_the_published_head(kept):
    tamper("DELETE FROM AUDIT WHERE id > %s", kept)
    chain_anew()
    assert faults() == [(5, "truncated")]


@pytest.mark.usefixtures("published")
def test_s33_truncation_is_detected_after_new_entries_took_the_numbers():
    tamper("DELETE FROM AUDIT WHERE id > 3")
    chain_anew()
    for subject in (201, 202, 203):
        write(subject)
    assert faults() == [(5, "rewritten")]
    publish_head(AT + timedelta(hours=1))
    assert faults() == [(5, "rewritten")]


@pytest.mark.usefixtures("five")
def test_s33_fork_is_refused_by_the_database_and_detected_without_its_index():
    copy = (
        "INSERT INTO registration_auditentry "
        "(id, who, action, subject_kind, subject_id, reason, at, details, previous, digest) "
        "SELECT 6, 'Ben', action, subject_kind, subject_id, reason, at, details, previous, 'a' "
        "FROM registration_auditentry WHERE id = 4"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        execute(copy)
    connection.check_constraints()
    execute("DROP INDEX audit_does_not_fork")
    execute(copy)
    forged = AuditEntry.objects.get(pk=6)
    tamper("UPDATE AUDIT SET digest = %s WHERE id = 6", forged.computed_digest())
    assert faults() == [(6, "forked"), (6, "added")]
    AuditHead.objects.update(number=6, digest=forged.computed_digest(), count=6)
    assert faults() == [(6, "forked")]


@pytest.mark.usefixtures("five")
def test_s33_entry_past_the_head_is_detected():
    AuditHead.objects.update(number=3, digest=AuditEntry.objects.get(pk=3).digest, count=3)
    assert faults() == [(5, "added")]


@pytest.mark.usefixtures("five")
def test_s33_missing_triggers_are_detected():
    with unguarded():
        assert faults() == [(0, "unguarded")]
    assert faults() == []


@pytest.mark.usefixtures("five")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_s33_database_refuses_to_truncate():
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="the audit is append-only"), transaction.atomic():
        execute("TRUNCATE registration_auditentry")
    assert AuditEntry.objects.count() == 5


def test_guards_looked_for_are_those_that_the_migration_makes():
    made = import_module("registration.migrations.0006_audit_chain").GUARDS
    assert made == GUARDS


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_concurrent_writers_make_one_chain(settings, tmp_path):
    settings.AUDIT_HEADS = tmp_path / "heads.jsonl"
    partner = Partner.objects.create(slug="acme", name="Acme")
    start, failed = threading.Barrier(6), []

    def work(number: int) -> None:
        try:
            start.wait(10)
            for turn in range(5):
                with transaction.atomic():
                    if number % 2:  # as the callers do that change a partner's things one after the other
                        Partner.objects.select_for_update().get(pk=partner.pk)
                    whose = partner if number < 4 else None
                    AuditEntry.objects.create(partner=whose, subject_id=number, **OF_ONE_ENTRY)
                    transaction.set_rollback(turn == 3)
        except Exception as error:  # noqa: BLE001  the test's own thread asserts
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True)) == list(range(1, 25))
        assert faults() == []
    finally:
        empty_the_audit()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_migration_chains_the_entries_of_before(settings, tmp_path):
    settings.AUDIT_HEADS = tmp_path / "heads.jsonl"
    executor = MigrationExecutor(connection)
    own, leaves = ("registration", "0006_audit_chain"), executor.loader.graph.leaf_nodes()
    before = [parent.key for parent in executor.loader.graph.node_map[own].parents if parent.key[0] == "registration"]
    executor.migrate(before)
    try:
        old = MigrationExecutor(connection).loader.project_state(before).apps.get_model("registration", "AuditEntry")
        for number in (2, 5, 6):  # numbers were lost to transactions that failed
            old.objects.create(id=number, subject_id=number, **OF_ONE_ENTRY)
        with pytest.raises(DatabaseError, match="the audit is append-only"):
            old.objects.update(who="Ben")
    finally:
        MigrationExecutor(connection).migrate(leaves)
    try:
        assert (head_now().number, head_now().count) == (6, 3)
        assert write(7).pk == 7
        assert faults() == []
        with pytest.raises(DatabaseError, match="the audit is append-only"):
            execute("UPDATE registration_auditentry SET who = 'Ben'")
    finally:
        empty_the_audit()
