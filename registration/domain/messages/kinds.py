"""The rows of the outbox that are messages to applicants, and who does them."""

from __future__ import annotations

from datetime import timedelta

from registration.domain.messages import link, reminders
from registration.domain.outbox import Kind, register

REMINDERS = ("remind_download", "remind_mailed", "remind_deadline", "remind_status", "remind_birthday")
#: How long the code waits for its email.
LINK_LASTS = timedelta(days=3)
#: A form on paper takes its time; its answers wait for thirty days at most.
PRINT_LASTS = timedelta(days=21)


def register_kinds() -> None:
    """To be called once, when the process starts."""
    register(Kind("link_email", "mail", link.send_email, lasts=LINK_LASTS))
    register(Kind("link_sms", "sms", link.send_sms, lasts=timedelta(days=1)))
    register(Kind("print_post", "print", handler=None, lasts=PRINT_LASTS))
    for name in REMINDERS:
        register(Kind(f"{name}_email", "mail", reminders.send_email))
        register(Kind(f"{name}_sms", "sms", reminders.send_sms))
