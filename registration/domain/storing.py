"""Keeping nothing: the sealed answers go back to their owner, whose page carries them to the download.

So it is where the operator or the partner wants it, and where the database cannot take them just now. What goes out is
sealed under the applicant's reference and signed by us, so that nothing else comes back.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from hmac import compare_digest

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from registration.domain import sealing
from registration.domain.audit import Order, record
from registration.models import AuditEntry, Partner

#: Several times the longest honest form.
LONGEST = 64 * 1024
SALT = "enfranchise carried answers v1"


class CannotCarry(Exception):
    """The text is none of ours for this reference, or was changed."""


class TooLate(Exception):
    """Its time is over."""


@dataclass(frozen=True, slots=True, repr=False)
class Carried:
    """``answers``: the canonical bytes (``answers.to_bytes``). The rest is what the record would have said."""

    answers: bytes
    jurisdiction: str
    language: str
    election_day: date
    expires_at: datetime


def keeps_nothing(partner: Partner | None) -> bool:
    """Whether nothing of the applicants of ``partner`` is stored; of our own pages', for None."""
    return bool(settings.KEEP_NOTHING) or (partner is not None and partner.keeps_nothing)


def choose(partner: Partner, *, nothing: bool, order: Order) -> bool:
    """Keep nothing of the partner's applicants from now on, or their sealed answers again; False where it is so.

    What was stored before goes by its schedule. Raises Refused.
    """
    order.check()
    with transaction.atomic():
        if not Partner.objects.filter(pk=partner.pk, keeps_nothing=not nothing).update(keeps_nothing=nothing):
            return False
        action = AuditEntry.Action.KEEPING_ENDED if nothing else AuditEntry.Action.KEEPING_BEGUN
        record(order, action, partner, {}, partner)
    partner.keeps_nothing = nothing
    return True


def pack(carried: Carried, reference: str) -> str:
    """The text that the page carries, of letters, digits, ``-``, ``_`` and one dot. Raises BadReference."""
    reference = sealing.normal_reference(reference)
    head = {
        "jurisdiction": carried.jurisdiction,
        "language": carried.language,
        "election_day": carried.election_day.isoformat(),
        "expires_at": carried.expires_at.isoformat(),
    }
    sealed = sealing.seal(json.dumps(head).encode() + b"\n" + carried.answers, reference)
    return f"{_text(sealed)}.{_text(_signature(sealed, settings.SECRET_KEY))}"


def unpack(text: str, reference: str, now: datetime) -> Carried:
    """Raises CannotCarry, also for text that is no reference, and TooLate."""
    try:
        reference = sealing.normal_reference(reference)
        sealed, signature = _bytes(text)
        if not any(compare_digest(signature, _signature(sealed, key)) for key in _keys()):
            raise CannotCarry
        head, _, answers = sealing.unseal(sealed, reference).partition(b"\n")
    except (sealing.BadReference, sealing.CannotOpen):
        raise CannotCarry from None
    said = json.loads(head)
    expires_at = datetime.fromisoformat(said["expires_at"])
    if expires_at <= now:
        raise TooLate
    election_day = date.fromisoformat(said["election_day"])
    return Carried(answers, said["jurisdiction"], said["language"], election_day, expires_at)


def _keys() -> list[str]:
    """A page that was made before SECRET_KEY was changed still gives the form."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _signature(sealed: bytes, key: str) -> bytes:
    return salted_hmac(SALT, sealed, secret=key, algorithm="sha256").digest()


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> tuple[bytes, bytes]:
    """Raises CannotCarry."""
    sealed, dot, signature = text.strip().partition(".")
    if len(text) > LONGEST or not dot or not text.isascii():
        raise CannotCarry
    try:
        first, second = (
            base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
            for part in (sealed, signature)
        )
    except (binascii.Error, ValueError):
        raise CannotCarry from None
    return first, second
