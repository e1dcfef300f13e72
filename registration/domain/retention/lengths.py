"""For how many days each kind of row is kept. Shorter is a setting; longer is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

#: Days that backups are kept. What was deleted is in them no longer.
BACKUPS = 35
#: The longest that each kind is kept, in days from what its words say (``phrases.retention``).
LONGEST = {
    "sealed_answers": 30,
    "contacts": 30,
    "subscriptions": 30,
    "payloads": 3,
    "print_batches": 7,
    "outbox": 30,
    "deliveries": 90,
    "webhooks": 30,
    "endpoints": 30,
    "mails": 3,
    "invitations": 30,
    "sign_ups": 90,
    "accounts": 90,
}
#: Others are as long as they must be: to work, or to outlast the oldest backup.
FIXED = {"contacts_forbidden": 0, "sessions": 0, "rate_windows": 1, "tombstones": BACKUPS + 10}
#: This one has a setting of its own.
OWN_SETTING = {"sealed_answers": "SEALED_ANSWERS_DAYS"}


class BadLength(ValueError):
    """KEEP_DAYS does not read "kind=days", names no kind, or is longer than the longest."""


@dataclass(frozen=True, slots=True)
class Length:
    """``days``, and whether an operator set them."""

    days: int
    is_set: bool


def length_of(kind: str) -> Length:
    """Raises KeyError for an unknown kind, and BadLength."""
    if kind in FIXED:
        return Length(FIXED[kind], is_set=False)
    longest = LONGEST[kind]
    if kind in OWN_SETTING:
        days = getattr(settings, OWN_SETTING[kind])
    else:
        days = _shorter(tuple(settings.KEEP_DAYS)).get(kind, longest)
    return Length(days, is_set=days != longest)


def lasts(kind: str) -> timedelta:
    return timedelta(days=length_of(kind).days)


def check_lengths() -> None:
    """Raises BadLength."""
    _shorter(tuple(settings.KEEP_DAYS))


def _shorter(texts: tuple[str, ...]) -> dict[str, int]:
    found = {}
    for text in texts:
        kind, _, days = text.partition("=")
        if kind in OWN_SETTING:
            raise BadLength(f"{kind!r} has a setting of its own: {OWN_SETTING[kind]}.")
        if kind not in LONGEST:
            raise BadLength(f"{kind!r} is none of {', '.join(sorted(set(LONGEST) - set(OWN_SETTING)))}.")
        if not (days.isascii() and days.isdigit()) or not 1 <= int(days[:6]) <= LONGEST[kind]:
            raise BadLength(
                f"{text!r} must be {kind}=1 to {kind}={LONGEST[kind]}: shorter is a setting, longer is not."
            )
        found[kind] = int(days)
    return found
