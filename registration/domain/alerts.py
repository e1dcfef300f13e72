"""What an operator has to be told: an error in the log each minute that it lasts, and one e-mail an hour."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from registration.domain import audit_chain, chores, figures
from registration.domain.figures import Figure
from registration.domain.mail import Letter, post
from registration.models import Chore

logger = logging.getLogger(__name__)
LONGEST_WAIT, LATEST_CHORE = 5 * 60, 10 * 60
#: The seventh comes ten to twenty minutes after the first.
MOST_DEFERRALS = 7
FULL_DISK = 0.8
SETTLING = 30
AGAIN = timedelta(hours=1)
#: How long a row of an alert stays after its last e-mail.
FORGOTTEN = timedelta(days=1)
PREFIX, UNREADABLE = "alert:", "field_unreadable"
#: What each alert says, in the words of docs/runbook.md.
CODES = {
    "outbox_dead": "Rows of the outbox were set aside after failing again and again.",
    "outbox_late": "The outbox is not worked on: a row has been due for more than five minutes.",
    "outbox_deferred": "A mail or text message cannot be sent: it has failed for ten minutes.",
    "webhooks_late": "Webhooks are not sent: one has been due for more than five minutes.",
    "mail_late": "Emails to partners are not sent: one has waited for more than ten minutes.",
    "chore_late": "A chore has been due for more than ten minutes.",
    "disk_full": "A disk is more than 80 percent full.",
    "print_late": "Files for the print shop should have been deleted and may still lie on the machine that wrote them.",
    "audit_broken": "The audit is not what was written.",
    UNREADABLE: "An encrypted value cannot be read.",
}


@dataclass(frozen=True, slots=True)
class Alert:
    """``code`` is one of CODES; ``count`` how many rows, seconds or percent it is about."""

    code: str
    about: str = ""
    count: int = 0


#: Other parts of the service add what they look for: each is called every minute.
_watches: list[Callable[[datetime], Iterator[Alert]]] = []


def watch(look: Callable[[datetime], Iterator[Alert]]) -> None:
    """Have ``look`` asked each minute; once, when the process starts."""
    _watches.append(look)


def look(now: datetime) -> list[Alert]:
    """What is wrong at ``now``: logged, and written to ALERTS_TO once an hour for each code. Raises DatabaseError."""
    found = list(standing(now))
    for alert in found:
        logger.error(CODES[alert.code], extra={"code": alert.code, "kind": alert.about, "count": alert.count})
    for code in dict.fromkeys(alert.code for alert in found):
        tell(code, now)
    Chore.objects.filter(name__startswith=PREFIX, due_at__lt=now - FORGOTTEN).delete()
    return found


def regular_look(clock: Callable[[], float] = time.monotonic) -> Callable[[datetime], object]:
    """``look`` for a process that starts now. In its first half minute it says nothing: what waited while no process
    ran has its turn before anybody is told that it waited. ``clock``: seconds that only ever grow."""
    settled = clock() + SETTLING
    return lambda now: look(now) if clock() >= settled else []


def standing(now: datetime) -> Iterator[Alert]:
    """What is wrong at ``now``, and nobody told. Raises DatabaseError."""
    rows = (*figures.of_outbox(now), *figures.of_queues(now), *figures.of_chores(now), *figures.of_disks())
    for figure in rows:
        if found := _alert_of(figure):
            yield found
    for each in _watches:
        yield from each(now)


def _alert_of(figure: Figure) -> Alert | None:
    kind, value = figure.label("kind"), int(figure.value)
    about = kind or figure.label("chore") or figure.label("place")
    limits = {
        "outbox_dead": ("outbox_dead", 0.0),
        "outbox_oldest_seconds": ("outbox_late", LONGEST_WAIT),
        "outbox_most_deferrals": ("outbox_deferred", MOST_DEFERRALS - 1),
        "webhooks_oldest_seconds": ("webhooks_late", LONGEST_WAIT),
        "mail_oldest_seconds": ("mail_late", 2 * LONGEST_WAIT),
        "chore_late_seconds": ("chore_late", LATEST_CHORE),
        "disk_used_ratio": ("disk_full", FULL_DISK),
    }
    if figure.name not in limits or (kind and not figures.awaited(kind)):
        return None
    code, limit = limits[figure.name]
    if figure.value <= limit:
        return None
    return Alert(code, about, int(figure.value * 100) if code == "disk_full" else value)


def tell(code: str, now: datetime) -> bool:
    """Write an e-mail about ``code``, unless one went out within the hour; whether it was written."""
    if not settings.ALERTS_TO:
        return False
    name = f"{PREFIX}{code}"
    with transaction.atomic():
        Chore.objects.get_or_create(name=name, defaults={"due_at": now})
        if not Chore.objects.filter(name=name, due_at__lte=now).update(due_at=now + AGAIN):
            return False
        post(Letter(settings.ALERTS_TO, f"{settings.SITE_NAME}: {code}", _text(code)), now)
    return True


def _text(code: str) -> str:
    return (
        f"{CODES[code]}\n\nWhat to do: docs/runbook.md, under {code}.\n"
        f"The numbers: manage.py health\n\nThis comes once an hour while it lasts. {settings.SITE_URL}\n"
    )


def look_at_audit(now: datetime) -> int:
    """Read the whole chain of the audit; how many faults it has. Any is an alert. Raises DatabaseError."""
    faults = audit_chain.all_faults()
    if faults:
        more = {"code": "audit_broken", "kind": faults[0].kind.value, "count": len(faults)}
        logger.error(CODES["audit_broken"], extra=more)
        tell("audit_broken", now)
    return len(faults)


WORKS = (
    chores.Work("alerts", timedelta(minutes=1), regular_look()),
    chores.Work("check_audit", timedelta(hours=1), look_at_audit),
)
