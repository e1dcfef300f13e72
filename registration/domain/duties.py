"""Everything that is done without anybody waiting for it: the kinds of outbox rows and the chores."""

from __future__ import annotations

from datetime import timedelta

from registration.domain import (
    alerts,
    audit_heads,
    chores,
    mail,
    messages,
    retention,
    shared_cache,
    subscriptions,
    tombstones,
)
from registration.domain.messages import printing


def register_all() -> None:
    """To be called once, when the process starts."""
    messages.register_kinds()
    subscriptions.register_kinds()
    chores.register(retention.work())
    chores.register(chores.Work("journal_deletions", timedelta(minutes=1), tombstones.write_left))
    chores.register(chores.Work("publish_audit", timedelta(hours=1), audit_heads.publish_head))
    for work in alerts.WORKS:
        chores.register(work)
    chores.register(chores.Work("send_mail", timedelta(seconds=20), mail.send_due))
    chores.register(chores.Work("clear_shared_cache", timedelta(minutes=10), shared_cache.clear))
    chores.register(chores.Work("tidy_print_batches", retention.EVERY, printing.tidy, everywhere=True))
    alerts.watch(printing.late)
    chores.register(chores.Work("end_stale_print", timedelta(hours=6), printing.end_stale))
    chores.register(chores.Work("replan_reminders", timedelta(hours=6), subscriptions.replan))
