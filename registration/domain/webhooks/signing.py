"""Signatures as the Standard Webhooks specification has them, and the secrets that make them."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from registration.domain.field_encryption import CannotRead, Place, decrypt, encrypt
from registration.models import WebhookEndpoint

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """A secret as the partner gets it: "whsec_" and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    made = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


def headers(in_force: tuple[str, ...], message_id: str, body: bytes, at: datetime) -> dict[str, str]:
    """The three headers; a signature by each of the secrets, the newest first."""
    timestamp = int(at.timestamp())
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(each, message_id, timestamp, body) for each in in_force),
    }


def sealed(secret: str, row: UUID) -> bytes:
    """The secret of endpoint ``row`` as it stands in the database."""
    return encrypt(secret, _place("secret", row))


def sealed_as_former(endpoint: WebhookEndpoint) -> bytes | None:
    """The secret in force, for the column of the former one; None where it cannot be read."""
    try:
        secret = decrypt(bytes(endpoint.secret), _place("secret", endpoint.public_id))
    except CannotRead:
        return None
    return encrypt(secret, _place("former_secret", endpoint.public_id))


def secrets_in_force(endpoint: WebhookEndpoint, at: datetime) -> tuple[str, ...]:
    """The secret, then the former one for as long as it signs, too. Raises CannotRead."""
    found = [decrypt(bytes(endpoint.secret), _place("secret", endpoint.public_id))]
    if endpoint.former_secret is not None and endpoint.former_until is not None and at < endpoint.former_until:
        found.append(decrypt(bytes(endpoint.former_secret), _place("former_secret", endpoint.public_id)))
    return tuple(found)


def _place(column: str, row: UUID) -> Place:
    return Place("webhookendpoint", column, str(row))
