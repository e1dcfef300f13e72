"""What an operator or a partner's member does is written down with it, in the same transaction."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from registration.models import AuditEntry, Partner

LONGEST_REASON, LONGEST_NAME = 300, 100
#: Control and format characters, line and paragraph breaks (Unicode): not to be seen, and able to hide or turn letters.
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})


#: What ``details`` may name. Never what a person told about themselves: numbers, codes, days, digests, what an operator
#: or a partner's member set, and the public words of a question.
DETAILS = frozenset(
    (
        *("accent", "font", "logo", "primary", "radius"),
        *("channel", "ends_at", "ends_on", "jurisdiction", "language", "rule", "sha256", "starts_at", "starts_on"),
        *("disabled_because", "events", "host", "overlap_seconds", "recovered", "replayed", "since"),
        *("format", "rows"),
        *("from", "invitation", "left", "role", "to"),
        *("identifier", "mode", "new", "old_ends", "scopes"),
        *("means", "position", "text", "text_es"),
        *("origin", "slug"),
    )
)


class Refused(Exception):
    """What an operator asked for is not done; the text says why, in English. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Order:
    """Who asks for a change, why (a plain sentence) and when."""

    by: str
    reason: str
    at: datetime

    def check(self) -> None:
        """Raises Refused where it does not say who or why."""
        if not self.by.strip() or len(self.by) > LONGEST_NAME:
            raise Refused(f"Say who does this, in at most {LONGEST_NAME} letters.")
        check_letters(self.by, "The name")
        check_sentence(self.reason)


def check_sentence(reason: str) -> None:
    """Raises Refused where ``reason`` is not one that can stand on a page."""
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Refused(f"Give the reason as one plain sentence of at most {LONGEST_REASON} letters.")
    check_letters(reason, "The reason")
    if reason.strip()[-1] not in ".!?":
        raise Refused("The reason must end like a sentence, with a full stop.")


def check_letters(text: str, what: str) -> None:
    """Raises Refused where ``text`` holds what cannot be seen."""
    found = next((mark for mark in text if unicodedata.category(mark) in UNSEEN), None)
    if found is not None:
        raise Refused(f"{what} holds a character that cannot be seen, such as a line break: U+{ord(found):04X}.")


def record(
    order: Order,
    action: AuditEntry.Action,
    subject: Model,
    details: dict[str, Any],
    partner: Partner | None = None,
) -> None:
    """Write an entry about ``subject``, which has a number as its key. ``partner``: whose it is, where it is one's.

    The caller holds the transaction that makes the change; until its end nobody else writes an entry. Raises
    ValueError where ``details`` names what is not among DETAILS.
    """
    strangers = details.keys() - DETAILS
    if strangers:
        raise ValueError(f"not for the audit: {sorted(strangers)}")
    AuditEntry.objects.create(
        who=order.by.strip(),
        partner=partner,
        action=action,
        subject_kind=type(subject).__name__.lower(),
        subject_id=subject.pk,
        reason=order.reason.strip(),
        at=order.at,
        details=details,
    )
