"""What a row of the outbox needs of a person while it waits, under the workers' keys and bound to that row."""

from __future__ import annotations

import json
from uuid import UUID

from registration.domain.field_encryption import Place, decrypt, encrypt


def wrap(content: dict[str, str], row: UUID) -> bytes:
    """``content`` under the first of DELIVERY_KEYS."""
    return encrypt(json.dumps(content), _place(row), ring="DELIVERY_KEYS")


def unwrap(payload: bytes, row: UUID) -> dict[str, str]:
    """The content again. Raises CannotRead."""
    content: dict[str, str] = json.loads(decrypt(payload, _place(row), ring="DELIVERY_KEYS"))
    return content


def _place(row: UUID) -> Place:
    return Place("outbox", "payload", str(row))
