"""What opens the page where messages are ended, and what stops e-mails and nothing else."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Literal
from uuid import UUID

from django.conf import settings

from registration.domain.field_encryption import CannotRead, Place, decrypt, encrypt
from registration.domain.sealing import BadReference, new_reference, normal_reference
from registration.models import Subscription

Means = Literal["email", "phone"]
PROOF_BYTES = 16
STOP_PATH = "/m/unsubscribe/"
#: 128 random bits, in the letters of a reference.
new_token = new_reference


def token_hash(token: str) -> bytes:
    """Finds the row of a token; from it the token does not follow."""
    return hashlib.sha256(b"enfranchise subscription v1\0" + token.encode()).digest()


def normal_token(text: str) -> str:
    """The one spelling of a token; "" for text that is none."""
    try:
        return normal_reference(text)
    except BadReference:
        return ""


def _proof(token: str) -> bytes:
    return hmac.new(token.encode(), b"enfranchise stop e-mail v1", hashlib.sha256).digest()[:PROOF_BYTES]


def stop_code(subscription: Subscription) -> str:
    """What can stop the e-mails of a subscription, and do nothing else: which one it is, and a proof made from its
    token, from which the token does not follow. Raises CannotRead.

    RFC 8058 wants it in the path of an address, which mail servers open and may write down; what opens more (the token)
    stands in fragments alone. This server writes no log of addresses.
    """
    code = subscription.pk.bytes + _proof(token_of(subscription))
    return base64.urlsafe_b64encode(code).decode().rstrip("=")


def unsubscribe_url(subscription: Subscription) -> str:
    """For the header List-Unsubscribe. Raises CannotRead."""
    prefix = "" if subscription.language == settings.LANGUAGE_CODE else f"/{subscription.language}"
    return f"{settings.SITE_URL}{prefix}{STOP_PATH}{stop_code(subscription)}/"


def of_stop_code(code: str) -> Subscription | None:
    """The subscription whose e-mails the code can stop."""
    try:
        raw = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != len(UUID(int=0).bytes) + PROOF_BYTES:
        return None
    found = Subscription.objects.filter(pk=UUID(bytes=raw[:16])).first()
    try:
        proven = found is not None and hmac.compare_digest(raw[16:], _proof(token_of(found)))
    except CannotRead:
        return None
    return found if proven else None


def place(subscription: Subscription, column: str) -> Place:
    return Place("subscription", column, str(subscription.pk))


def token_of(subscription: Subscription) -> str:
    """The token of the page where all is ended. Raises CannotRead."""
    return decrypt(bytes(subscription.token), place(subscription, "token"))


def address(subscription: Subscription, means: Means) -> str:
    """The e-mail address, or the telephone number as E.164; "" for none. Raises CannotRead."""
    value = subscription.email if means == "email" else subscription.phone
    return decrypt(bytes(value), place(subscription, means)) if value is not None else ""


def fill(subscription: Subscription, email: str, phone: str, token: str) -> None:
    """Set the encrypted columns, before the row is stored."""
    subscription.token = encrypt(token, place(subscription, "token"))
    subscription.token_hash = token_hash(token)
    subscription.email = encrypt(email, place(subscription, "email")) if email else None
    subscription.phone = encrypt(phone, place(subscription, "phone")) if phone else None
