"""What an outbox row may ask for, and who does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from registration.models import Outbox

#: Each has workers of its own or shares them; what is slow in one holds up no other.
Queue = Literal["mail", "sms", "print"]


@dataclass(frozen=True, slots=True)
class Effect:
    """Something was handed over: it becomes a ``Delivery``. ``channel``: "email", "sms" or "print"."""

    channel: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """It is not wanted any more; ``code`` says why in a word."""

    code: str


class Postponed(Exception):
    """Not now, but at ``until``: it counts as no attempt."""

    def __init__(self, until: datetime) -> None:
        super().__init__("postponed")
        self.until = until


#: Does what a row asks for, outside of any transaction. Raises DeliveryError, and Postponed.
Handler = Callable[[Outbox, datetime], Effect | Skipped]


@dataclass(frozen=True, slots=True)
class Kind:
    """``lasts``: how long after it became due it is worth doing. ``by_hand``: a command does it, no worker."""

    name: str
    queue: Queue
    handler: Handler | None
    lasts: timedelta = timedelta(days=3)

    @property
    def by_hand(self) -> bool:
        return self.handler is None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; once, when the process starts."""
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind | None:
    """None for one that only a newer release knows."""
    return _kinds.get(name)


def names_of(queue: Queue) -> list[str]:
    """The kinds that workers of ``queue`` do."""
    return [kind.name for kind in _kinds.values() if kind.queue == queue and not kind.by_hand]
