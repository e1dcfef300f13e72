"""The drills by their ids. A module of ``drills.scenarios`` adds its own with ``@drill``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drills.stage import Stage

Run = Callable[["Stage"], None]


@dataclass(frozen=True, slots=True)
class Drill:
    """``broken``: what is broken and how. ``holds``: what must hold beyond the invariants. ``broker``: "", "rabbitmq"
    or "redis". ``cache``: whether the site counts in Redis. ``patience``: seconds that the outbox has to drain.
    ``sms``: whether people ask for a text message, too; ``letters``: whether whoever may asks for a letter."""

    id: str
    title: str
    broken: str
    holds: str
    run: Run
    broker: str = "rabbitmq"
    cache: bool = False
    patience: float = 150
    sms: bool = True
    letters: bool = True


_drills: dict[str, Drill] = {}


def drill(id: str, title: str, *, broken: str, holds: str, **more: object) -> Callable[[Run], Run]:
    """Registers a function that sets up, breaks and mends; what it looks at itself it says with ``stage.must``."""

    def register(run: Run) -> Run:
        _drills[id] = Drill(id, title, broken, holds, run, **more)  # type: ignore[arg-type]  # the fields above
        return run

    return register


def all_drills() -> list[Drill]:
    from drills import scenarios

    for module in pkgutil.iter_modules(scenarios.__path__):
        importlib.import_module(f"drills.scenarios.{module.name}")
    return sorted(_drills.values(), key=lambda each: each.id)


def drill_of(id: str) -> Drill:
    """Raises KeyError."""
    return {each.id.upper(): each for each in all_drills()}[id.upper()]
