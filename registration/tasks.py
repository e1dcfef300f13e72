"""Celery envelopes: a primary key in, one call of the domain."""

from uuid import UUID

from celery import shared_task

from registration.domain import backups, outbox


@shared_task(name="registration.deliver_outbox")  # type: ignore[untyped-decorator]  # celery ships no types
def deliver_outbox(row: str) -> None:
    """Do what a row of the outbox asks for. A message that comes twice, or late, finds it done or held.

    One that comes while an old database is brought back is dropped: the relay tells the broker again.
    """
    if backups.is_shut():
        return
    outbox.work(UUID(row), outbox.database_now)
