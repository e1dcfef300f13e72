"""The keys of the API: made, rotated, revoked and found again by what a program sends.

A key is ``ef_live_<identifier>_<secret>`` or ``ef_test_...``. Its secret is 256 random bits; the database keeps the
SHA-256 of the whole key, which is enough since nobody can try 2^256 of them. The text itself is shown once.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

from registration.domain.audit import Order, Refused, check_letters, record
from registration.models import ApiKey, AuditEntry, Partner

logger = logging.getLogger(__name__)
#: What a key may do, one by one.
SCOPES = ("applications:write", "applications:read", "statistics:read", "webhooks:write")
OVERLAP = timedelta(hours=24)
LONGEST_OVERLAP = timedelta(days=30)
#: How often the use of a key is written down.
LAST_USED_EVERY = timedelta(minutes=1)
LONGEST_NAME = 100
#: Keys of one partner that work at a time; enough for every program that it has, and for rotating them.
MOST_KEYS = 40
SECRET_BYTES = 32
IDENTIFIER_BYTES = 7
_SHAPE = re.compile(r"ef_(live|test)_([a-z2-7]{12})_[a-z2-7]{52}", re.ASCII)
_NO_DIGEST = bytes(32)


@dataclass(frozen=True, slots=True)
class KeyWish:
    """What a key is to be called, "live" or "test", and what it may do. A test key stores nothing."""

    name: str
    mode: str
    scopes: tuple[str, ...]


def make(partner: Partner, wish: KeyWish, order: Order) -> tuple[ApiKey, str]:
    """The key and its text, which nobody can see again. Raises Refused."""
    order.check()
    _check(wish)
    with transaction.atomic():
        Partner.objects.select_for_update().get(pk=partner.pk)
        if working(partner, order.at).count() >= MOST_KEYS:
            raise Refused(f"A partner may have {MOST_KEYS} keys. Revoke one that is not used.")
        key, text = _make(partner, wish, order)
        record(order, AuditEntry.Action.KEY_MADE, key, _details(key), partner)
    return key, text


def rotate(key: ApiKey, overlap: timedelta, order: Order) -> tuple[ApiKey, str]:
    """A new key that may do the same; the old one works for ``overlap`` more. Raises Refused."""
    order.check()
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise Refused(f"The old key can go on for up to {LONGEST_OVERLAP.days} days.")
    with transaction.atomic():
        old = ApiKey.objects.select_for_update(of=("self",)).select_related("partner").get(pk=key.pk)
        if not is_working(old, order.at):
            raise Refused("This key does not work any more. Make a new one.")
        if old.replaced_by_id is not None:
            raise Refused("This key was rotated already. Rotate the one that came after it.")
        new, text = _make(old.partner, KeyWish(old.name, old.mode, tuple(old.scopes)), order)
        ends = order.at + overlap
        old.expires_at = min(old.expires_at, ends) if old.expires_at else ends
        old.replaced_by = new
        old.save(update_fields=["expires_at", "replaced_by"])
        details = {**_details(old), "new": new.identifier, "old_ends": old.expires_at.isoformat()}
        record(order, AuditEntry.Action.KEY_ROTATED, old, details, old.partner)
    return new, text


def revoke(key: ApiKey, order: Order) -> ApiKey:
    """End a key at once, also during the overlap. Raises Refused where that was done before."""
    order.check()
    with transaction.atomic():
        found = ApiKey.objects.select_for_update(of=("self",)).select_related("partner").get(pk=key.pk)
        if found.revoked_at is not None:
            raise Refused("This key was revoked already.")
        found.revoked_at = order.at
        found.save(update_fields=["revoked_at"])
        record(order, AuditEntry.Action.KEY_REVOKED, found, _details(found), found.partner)
    return found


def find(text: str, now: datetime) -> ApiKey | None:
    """The key with its partner, if it works now; None also where the partner is not approved or is suspended."""
    shape = _SHAPE.fullmatch(text)
    if not shape:
        return None
    key = ApiKey.objects.select_related("partner").filter(identifier=shape.group(2)).first()
    is_right = compare_digest(bytes(key.digest) if key else _NO_DIGEST, _digest(text))
    if key is None or not is_right or not is_working(key, now) or not key.partner.is_active:
        return None
    _note_use(key, now)
    return key


def is_working(key: ApiKey, now: datetime) -> bool:
    return key.revoked_at is None and (key.expires_at is None or now < key.expires_at)


def working(partner: Partner, now: datetime) -> QuerySet[ApiKey]:
    """A partner's keys that work, rotated ones in their overlap included."""
    return partner.keys.filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None)


def shown(key: ApiKey) -> str:
    """The part of the key by which people know it again."""
    return f"ef_{key.mode}_{key.identifier}_…"


def _check(wish: KeyWish) -> None:
    if not wish.name.strip() or len(wish.name) > LONGEST_NAME:
        raise Refused(f"Give the key a name of at most {LONGEST_NAME} letters.")
    check_letters(wish.name, "The name")
    if wish.mode not in ApiKey.Mode.values:
        raise Refused("A key is live or test.")
    if not wish.scopes or set(wish.scopes) - set(SCOPES):
        raise Refused(f"Choose what the key may do: {', '.join(SCOPES)}.")


def _make(partner: Partner, wish: KeyWish, order: Order) -> tuple[ApiKey, str]:
    identifier = _letters(IDENTIFIER_BYTES)
    text = f"ef_{wish.mode}_{identifier}_{_letters(SECRET_BYTES)}"
    key = ApiKey.objects.create(
        partner=partner,
        name=wish.name.strip(),
        mode=wish.mode,
        identifier=identifier,
        digest=_digest(text),
        scopes=[scope for scope in SCOPES if scope in wish.scopes],
        created_at=order.at,
        created_by=order.by.strip(),
    )
    return key, text


def _letters(length: int) -> str:
    """So many random bytes as small letters and digits."""
    return base64.b32encode(secrets.token_bytes(length)).decode().rstrip("=").lower()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _details(key: ApiKey) -> dict[str, object]:
    return {"identifier": key.identifier, "mode": key.mode, "scopes": key.scopes}


def _note_use(key: ApiKey, now: datetime) -> None:
    """Write down that the key is used, once a minute at most. What fails here is logged and does not stop the use."""
    if key.last_used_at is not None and now - key.last_used_at < LAST_USED_EVERY:
        return
    unnoted = Q(last_used_at=None) | Q(last_used_at__lte=now - LAST_USED_EVERY)
    try:
        with transaction.atomic():
            ApiKey.objects.filter(unnoted, pk=key.pk).update(last_used_at=now)
    except DatabaseError:
        logger.exception("the use of a key was not noted")
