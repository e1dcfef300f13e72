"""Work that comes again and again: each piece is taken by one process at a time, by moving its day in a row."""

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
    """``run`` is called every ``every`` with the time; what it raises is logged, and it comes again."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


_works: dict[str, Work] = {}


def register(work: Work) -> None:
    """Make it known; once, when the process starts."""
    _works[work.name] = work


def known() -> tuple[Work, ...]:
    return tuple(_works.values())


def run_due(now: datetime) -> list[str]:
    """Do what is due and nobody else's; returns the names of what was done. Raises DatabaseError."""
    done = []
    for work in _works.values():
        if _take(work, now):
            done.append(work.name)
            _run(work, now)
    return done


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
