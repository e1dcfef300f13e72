"""Files encrypted to a key whose private half is kept elsewhere, so that whoever finds a backup cannot read it.

A fresh key for each file is sealed with HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM); the file follows in pieces
under it. Each piece's number, and whether it is the last, is part of what is checked: none can be changed, moved or
left out, and a file that was cut short does not open.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from django.conf import settings

MAGIC = b"enfranchise sealed file 1\n"
PIECE, TAG_BYTES, KEY_BYTES = 1024 * 1024, 16, 32
INFO = b"enfranchise backup v1"
_suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class BadBackupKey(ValueError):
    """A key that is none; the text says which."""


class CannotOpenFile(Exception):
    """Another key, a changed or missing piece, or no such file."""


def new_pair() -> tuple[str, str]:
    """(private, public) in base64."""
    private = X25519PrivateKey.generate()
    return _text(private.private_bytes_raw()), _text(private.public_key().public_bytes_raw())


def check_public_key() -> None:
    """Raises BadBackupKey where BACKUP_KEY_PUBLIC is set and is no key."""
    if settings.BACKUP_KEY_PUBLIC:
        _public(settings.BACKUP_KEY_PUBLIC)


def is_sealed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def seal(source: BinaryIO, target: BinaryIO, public: str) -> None:
    """Write ``source`` to ``target``, encrypted. Raises BadBackupKey."""
    key = secrets.token_bytes(KEY_BYTES)
    sealed = _suite.encrypt(key, _public(public), INFO)
    head = MAGIC + len(sealed).to_bytes(2, "big") + sealed
    target.write(head)
    cipher, number = AESGCM(key), 0
    piece = source.read(PIECE)
    while True:
        following = source.read(PIECE)
        target.write(cipher.encrypt(_nonce(number, is_last=not following), piece, head))
        if not following:
            return
        piece, number = following, number + 1


def unseal(source: BinaryIO, target: BinaryIO, private: str) -> None:
    """Write the file again. ``target`` counts once this returns. Raises BadBackupKey, CannotOpenFile."""
    if source.read(len(MAGIC)) != MAGIC:
        raise CannotOpenFile
    size = source.read(2)
    sealed = source.read(int.from_bytes(size, "big"))
    try:
        cipher = AESGCM(_suite.decrypt(sealed, _private(private), INFO))
        number, piece = 0, source.read(PIECE + TAG_BYTES)
        while True:
            following = source.read(PIECE + TAG_BYTES)
            target.write(cipher.decrypt(_nonce(number, is_last=not following), piece, MAGIC + size + sealed))
            if not following:
                return
            piece, number = following, number + 1
    except InvalidTag:
        raise CannotOpenFile from None


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _bytes(text: str, which: str) -> bytes:
    try:
        found = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if len(found) != KEY_BYTES:
        raise BadBackupKey(f"The {which} key of backups is not {KEY_BYTES} bytes in base64.")
    return found


def _public(text: str) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(_bytes(text, "public"))


def _private(text: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_bytes(text, "private"))
