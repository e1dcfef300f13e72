"""A worker's connections to the database, from task to task."""

from types import SimpleNamespace

import pytest
from django.db import connection

from config.celery import app
from registration.tasks import deliver_outbox


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connections to keep")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_r16_a_worker_keeps_its_connection_to_the_database_from_task_to_task(monkeypatch):
    (fixup,) = app._fixups
    care = fixup.worker_fixup
    monkeypatch.setattr(care, "worker", SimpleNamespace(pool_cls="celery.concurrency.prefork:TaskPool"))
    task = SimpleNamespace(name=deliver_outbox.name, request=SimpleNamespace(is_eager=False))
    used = set()
    for _ in range(3 * connection.pool.max_size):
        care.on_task_prerun(sender=task)
        used.add(backend())
        care.on_task_postrun(sender=task)
        assert connection.connection is None
    assert len(used) <= connection.pool.max_size
