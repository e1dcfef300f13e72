"""Telling partners' servers what happens to their applications, as the Standard Webhooks specification has it."""

from registration.domain.webhooks.endpoints import (
    LONGEST_OVERLAP,
    MOST_ENDPOINTS,
    OVERLAP,
    Made,
    Wish,
    change,
    endpoints_of,
    make,
    problems,
    remove,
    rotate,
    send_test,
)
from registration.domain.webhooks.events import (
    DELIVERED,
    EVENTS,
    FORM_READY,
    SELECTABLE,
    TEST,
    WITHDRAWN,
    announce,
    woken,
)
from registration.domain.webhooks.queue import due
from registration.domain.webhooks.replaying import recover, replay
from registration.domain.webhooks.sending import deliver_due

__all__ = [
    "DELIVERED",
    "EVENTS",
    "FORM_READY",
    "LONGEST_OVERLAP",
    "MOST_ENDPOINTS",
    "OVERLAP",
    "SELECTABLE",
    "TEST",
    "WITHDRAWN",
    "Made",
    "Wish",
    "announce",
    "change",
    "deliver_due",
    "due",
    "endpoints_of",
    "make",
    "problems",
    "recover",
    "remove",
    "replay",
    "rotate",
    "send_test",
    "woken",
]
