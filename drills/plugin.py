"""What a drill may do to the letters: make them slow, or one of them impossible. All else is the product's own.

Runs inside the product's own processes (``drills.settings``).
"""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from registration.domain.outbox.kinds import Handler
    from registration.models import Outbox

LETTER = "link_email"


class DrillsConfig(AppConfig):
    name = "drills"
    label = "drills"

    def ready(self) -> None:
        from registration.domain import outbox

        letter = outbox.kind_of(LETTER)
        assert letter is not None
        assert letter.handler is not None
        outbox.register(replace(letter, handler=_troubled(letter.handler)))


def _troubled(send: Handler) -> Handler:
    """``DRILL_POISON``: a file that names the applications whose letter nobody can make. ``DRILL_PAUSE``: seconds."""

    def troubled(row: Outbox, now: datetime):  # type: ignore[no-untyped-def]  # as the handler
        if _is_poison(row.ref_id):
            raise ValueError("cannot be made")
        time.sleep(float(os.environ.get("DRILL_PAUSE", "0")))
        return send(row, now)

    return troubled


def _is_poison(ref: object) -> bool:
    path = Path(os.environ.get("DRILL_POISON", "/nowhere"))
    return path.exists() and str(ref) in path.read_text().split()
