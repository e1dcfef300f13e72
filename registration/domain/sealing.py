"""Answers become ciphertext that the server alone cannot open.

``reference`` is the submission's own random text. The key is HKDF-SHA256 of it; the server keeps only its hash
(a different derivation), so a stolen database opens nothing. The ciphertext is bound to its place by the hash.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
NONCE_BYTES = 12
PADDING = 256
OUR_REFERENCE = re.compile(r"[a-z2-7]{26}")
RANDOM_UUID_VERSION = 4  # 122 random bits; version 7 has only 74 and is refused


class BadReference(ValueError):
    """The text is not a reference: neither one of ours nor a random (version 4) UUID."""


class CannotOpen(Exception):
    """The ciphertext was changed, or is not the one of this reference."""


def new_reference() -> str:
    """128 random bits as 26 letters and digits."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def normal_reference(text: str) -> str:
    """The one spelling of a reference. Raises BadReference."""
    text = text.strip().lower()
    if OUR_REFERENCE.fullmatch(text):
        return text
    try:
        value = uuid.UUID(text)
    except ValueError:
        raise BadReference from None
    if value.version != RANDOM_UUID_VERSION:
        raise BadReference
    return str(value)


def reference_hash(reference: str) -> bytes:
    """What the server keeps of a reference: 32 bytes from which neither it nor the key follows."""
    return hashlib.sha256(b"enfranchise reference v1\0" + reference.encode()).digest()


def _key(reference: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"enfranchise sealed answers v1")
    return derivation.derive(reference.encode())


def seal(answers: bytes, reference: str) -> bytes:
    """``answers`` encrypted under ``reference``, padded so that the length says little."""
    padded = answers + b"\x80"
    padded += b"\0" * (-len(padded) % PADDING)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + AESGCM(_key(reference)).encrypt(nonce, padded, VERSION + reference_hash(reference))


def unseal(sealed: bytes, reference: str) -> bytes:
    """The answers again. Raises CannotOpen for another reference or a changed byte."""
    if sealed[:1] != VERSION:
        raise CannotOpen
    nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        padded = AESGCM(_key(reference)).decrypt(nonce, ciphertext, VERSION + reference_hash(reference))
    except (InvalidTag, ValueError):
        raise CannotOpen from None
    return padded.rstrip(b"\0")[:-1]
