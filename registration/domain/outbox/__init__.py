"""What is to be done after an answer was given: each row once, by whoever comes first, whatever dies meanwhile."""

from registration.domain.outbox.entries import CHANNEL, Entry, add, woken_for
from registration.domain.outbox.kinds import Effect, Kind, Postponed, Queue, Skipped, kind_of, names_of, register
from registration.domain.outbox.queue import (
    LEASE,
    MOST_ATTEMPTS,
    MOST_IN_FLIGHT,
    TOLD_AGAIN,
    claim,
    database_now,
    defer,
    due,
    fail,
    finish,
    hand_over,
    holds,
    take_back,
    waiting,
)
from registration.domain.outbox.withdrawing import withdraw
from registration.domain.outbox.working import work, work_due

QUEUES: tuple[Queue, ...] = ("mail", "sms", "print")

__all__ = [
    "CHANNEL",
    "LEASE",
    "MOST_ATTEMPTS",
    "MOST_IN_FLIGHT",
    "QUEUES",
    "TOLD_AGAIN",
    "Effect",
    "Entry",
    "Kind",
    "Postponed",
    "Queue",
    "Skipped",
    "add",
    "claim",
    "database_now",
    "defer",
    "due",
    "fail",
    "finish",
    "hand_over",
    "holds",
    "kind_of",
    "names_of",
    "register",
    "take_back",
    "waiting",
    "withdraw",
    "woken_for",
    "work",
    "work_due",
]
