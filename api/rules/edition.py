"""One name for everything that is published at a moment, so that an address that holds it never gives anything else."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator
from functools import lru_cache
from pathlib import Path

import django
from django.conf import settings

import state_rules
from api.rules.snapshot import Snapshot

_ROOT = Path(__file__).resolve().parents[2]
#: What the words of a document come from: the programs, their data and the translations.
_PACKAGES = ("state_rules", "registration", "api")
_ENDINGS = frozenset({".py", ".toml", ".mo"})
DIGITS = 16
#: The shape of an edition's name.
SHAPE = rf"[0-9a-f]{{12}}-[0-9a-f]{{{DIGITS}}}"


def edition(found: Snapshot) -> str:
    """The version of the rules' files, and a digest of all else that any document is made from: the release, the day
    in every place, corrections, switches and elections. Any process of the same release gives the same."""
    return _name(found.key_of_all())


@lru_cache(maxsize=4)
def _name(key: Hashable) -> str:
    digest = hashlib.sha256(_release().encode())
    digest.update(repr(key).encode())
    return f"{state_rules.rules_version()}-{digest.hexdigest()[:DIGITS]}"


def warm() -> None:
    """Read what the release is made of, so that files which change later do not pass for those that run."""
    _release()


@lru_cache(maxsize=1)
def _release() -> str:
    """Changes with the code, the translations and the settings that stand in a document."""
    digest = hashlib.sha256(f"{django.get_version()} {settings.SEALED_ANSWERS_DAYS} {settings.LANGUAGES}".encode())
    for path in _files():
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for package in _PACKAGES:
        yield from sorted(path for path in (_ROOT / package).rglob("*") if path.suffix in _ENDINGS)
