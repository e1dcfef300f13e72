"""Work that comes again and again: each piece is taken by one process at a time, by moving its day in a row. What only
the machine itself can do is done by each process."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from registration.models import Chore

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """``run`` is called every ``every`` with the time; what it raises is logged, and it comes again. ``everywhere``: by
    each process, whatever the others do."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]
    everywhere: bool = False


_works: dict[str, Work] = {}
#: When this process is to do what each does.
_own_due: dict[str, datetime] = {}


def register(work: Work) -> None:
    """Make it known; once, when the process starts."""
    _works[work.name] = work


def known() -> tuple[Work, ...]:
    return tuple(_works.values())


def run_due(now: datetime) -> list[str]:
    """Do what is due and nobody else's; returns the names of what was done. Raises DatabaseError."""
    done = []
    for work in _works.values():
        if _is_own_turn(work, now) if work.everywhere else _take(work, now):
            done.append(work.name)
            _run(work, now)
    return done


def _is_own_turn(work: Work, now: datetime) -> bool:
    if now < _own_due.get(work.name, now):
        return False
    _own_due[work.name] = now + work.every
    return True


def _take(work: Work, now: datetime) -> bool:
    """Whoever moves the day has the work. The first time there is no row yet: it is made, due at once."""
    with transaction.atomic():
        Chore.objects.get_or_create(name=work.name, defaults={"due_at": now})
        return bool(Chore.objects.filter(name=work.name, due_at__lte=now).update(due_at=now + work.every))


def _run(work: Work, now: datetime) -> None:
    try:
        work.run(now)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("a chore failed", extra={"code": work.name})
