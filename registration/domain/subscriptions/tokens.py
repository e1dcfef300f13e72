"""What opens the page where messages are ended, and what stops e-mails and nothing else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Literal

from registration.domain.field_encryption import Place, decrypt, encrypt
from registration.models import Subscription

Means = Literal["email", "phone"]
TOKEN_BYTES = 16


def new_token() -> str:
    """22 letters that nobody can guess (128 bits)."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> bytes:
    """Finds the row of a token; from it the token does not follow."""
    return hashlib.sha256(b"enfranchise subscription v1\0" + token.encode()).digest()


def stop_code(token: str) -> str:
    """What can stop the e-mails of the subscription of ``token``, and do nothing else. The token does not follow from
    it: it stands in the path of an address (RFC 8058), which mail servers, too, may open and write down."""
    digest = hmac.new(token.encode(), b"enfranchise stop e-mail v1", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")


def place(subscription: Subscription, column: str) -> Place:
    return Place("subscription", column, str(subscription.pk))


def token_of(subscription: Subscription) -> str:
    """The token of the page where all is ended. Raises CannotRead."""
    return decrypt(bytes(subscription.token), place(subscription, "token"))


def address(subscription: Subscription, means: Means) -> str:
    """The e-mail address, or the telephone number as E.164; "" for none. Raises CannotRead."""
    value = subscription.email if means == "email" else subscription.phone
    return decrypt(bytes(value), place(subscription, means)) if value is not None else ""


def fill(subscription: Subscription, email: str, phone: str) -> None:
    """Set the encrypted columns and a new token, before the row is stored."""
    token = new_token()
    subscription.token = encrypt(token, place(subscription, "token"))
    subscription.token_hash = token_hash(token)
    subscription.email = encrypt(email, place(subscription, "email")) if email else None
    subscription.phone = encrypt(phone, place(subscription, "phone")) if phone else None
