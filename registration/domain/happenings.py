"""Tells whoever listens how a call of the one function behind every door went: a door and a word, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from django.dispatch import Signal

#: Sent with ``channel`` and ``outcome``: "made", "again", "refused" or "failed".
submitted = Signal()
P = ParamSpec("P")


class Channelled(Protocol):
    @property
    def channel(self) -> str: ...


class Result(Protocol):
    @property
    def created(self) -> bool: ...


S = TypeVar("S", bound=Channelled)
R = TypeVar("R", bound=Result)
Submit = Callable[Concatenate[S, P], R]


def told(*refusals: type[Exception]) -> Callable[[Submit[S, P, R]], Submit[S, P, R]]:
    """Around ``submit``. ``refusals``: what it raises where it does what it should."""

    def around(submit: Submit[S, P, R]) -> Submit[S, P, R]:
        @wraps(submit)
        def telling(submission: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            outcome = "failed"
            try:
                result = submit(submission, *args, **kwargs)
                outcome = "made" if result.created else "again"
            except refusals:
                outcome = "refused"
                raise
            finally:
                submitted.send_robust(None, channel=submission.channel, outcome=outcome)
            return result

        return telling

    return around
