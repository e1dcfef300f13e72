"""Everything that is done without anybody waiting for it: the kinds of outbox rows and the chores."""

from __future__ import annotations

from datetime import datetime, timedelta

from registration.domain import audit_heads, chores, mail, retention


def register_all() -> None:
    """To be called once, when the process starts."""
    chores.register(chores.Work("forget", timedelta(minutes=10), _forget))
    chores.register(chores.Work("publish_audit", timedelta(hours=1), audit_heads.publish_head))
    chores.register(chores.Work("send_mail", timedelta(seconds=20), mail.send_due))


def _forget(now: datetime) -> None:
    retention.forget_all(lambda: now)
