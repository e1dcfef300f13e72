"""Single fields of the database, encrypted under the operator's keys and bound to their place.

AES-256-GCM. The associated data is table, column and row, so that a value moved to another place does not open. Each
value names its key, so that keys are changed by putting a new one first (``FIELD_KEYS``) and writing again.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

VERSION = b"\x01"
NONCE_BYTES = 12
SHORTEST_KEY = 32


class CannotRead(Exception):
    """The value was changed or moved, or its key is not in the ring."""


class BadKeys(ValueError):
    """A ring is not a list of "id:key" with keys long enough and ids that differ."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the names of table and column, and the row's key as text."""

    table: str
    column: str
    row: str

    @property
    def associated(self) -> bytes:
        return "\0".join((self.table, self.column, self.row)).encode()


#: The settings that hold keys: for what is kept, and for what waits in the outbox until it is sent.
Ring = Literal["FIELD_KEYS", "DELIVERY_KEYS"]


def encrypt(text: str, place: Place, *, ring: Ring = "FIELD_KEYS") -> bytes:
    """``text`` under the first key of ``ring``."""
    name, cipher = next(iter(_ciphers(ring).items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    head = VERSION + bytes([len(name)]) + name
    return head + nonce + cipher.encrypt(nonce, text.encode(), head + place.associated)


def decrypt(value: bytes, place: Place, *, ring: Ring = "FIELD_KEYS") -> str:
    """The text again. Raises CannotRead."""
    if value[:1] != VERSION or len(value) < 2:
        raise CannotRead
    end = 2 + value[1]
    head, nonce, ciphertext = value[:end], value[end : end + NONCE_BYTES], value[end + NONCE_BYTES :]
    cipher = _ciphers(ring).get(head[2:])
    if cipher is None:
        raise CannotRead
    try:
        return cipher.decrypt(nonce, ciphertext, head + place.associated).decode()
    except (InvalidTag, ValueError):
        raise CannotRead from None


def _ciphers(ring: Ring) -> dict[bytes, AESGCM]:
    return _made(ring, tuple(getattr(settings, ring)))


@lru_cache(maxsize=8)
def _made(ring: Ring, keys: tuple[str, ...]) -> dict[bytes, AESGCM]:
    """Raises BadKeys."""
    made: dict[bytes, AESGCM] = {}
    for each in keys:
        name, _, key = each.partition(":")
        if not name.isalnum() or len(name) > 40 or len(key) < SHORTEST_KEY or name.encode() in made:
            raise BadKeys(f"{ring} must be id:key pairs with different ids and keys of 32 characters or more.")
        derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"enfranchise fields v1")
        made[name.encode()] = AESGCM(derivation.derive(key.encode()))
    if not made:
        raise BadKeys(f"{ring} is empty.")
    return made


def check_keys() -> None:
    """Raises BadKeys."""
    for ring in get_args(Ring):
        _ciphers(ring)
