"""The kinds of outbox rows that a wish makes."""

from __future__ import annotations

from registration.domain.outbox import Kind, Queue, kind_of, register

_REMINDERS = ("remind_download", "remind_mailed", "remind_deadline", "remind_status", "remind_birthday")
KINDS: dict[str, Queue] = {
    "link_email": "mail",
    "link_sms": "sms",
    "print_post": "print",
    **dict.fromkeys((f"{name}_email" for name in _REMINDERS), "mail"),
    **dict.fromkeys((f"{name}_sms" for name in _REMINDERS), "sms"),
}


def register_kinds() -> None:
    """Make known those that nobody does yet; whoever does one registers it with its handler."""
    for name, queue in KINDS.items():
        if kind_of(name) is None:
            register(Kind(name, queue, handler=None))
