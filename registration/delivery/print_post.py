"""A batch for an operator's print shop: a folder with one PDF for each person, and a manifest.

The folder appears whole or not at all, and only its owner can read it. It holds everything that stands on the forms.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from registration.delivery.base import DeliveryError
from registration.delivery.durable import sync_folder

MANIFEST = "manifest.json"
_BATCH = re.compile(r"[0-9a-f]{16}")


class NoBatch(ValueError):
    """There is no batch in that folder, or its manifest cannot be read."""


@dataclass(frozen=True, slots=True, repr=False)
class Parcel:
    """What goes into one envelope, and the lines of the address on it."""

    pdf: bytes
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class _File:
    name: str
    sha256: str
    to: tuple[str, ...]


def new_batch() -> str:
    """The name of a batch. It says nothing."""
    return secrets.token_hex(8)


def is_batch(name: str) -> bool:
    return bool(_BATCH.fullmatch(name))


def write(folder: Path, batch: str, parcels: Iterable[Parcel]) -> Path:
    """Make ``folder``/``batch``; returns it. Raises DeliveryError where it cannot be written; then nothing stays."""
    place, unfinished = folder / batch, folder / f".{batch}"
    try:
        unfinished.mkdir(mode=0o700, parents=True)
        files = [_write_one(unfinished, parcel) for parcel in parcels]
        about = {"batch": batch, "count": len(files), "files": [asdict(each) for each in files]}
        _write(unfinished / MANIFEST, json.dumps(about, ensure_ascii=False, indent=1).encode())
        sync_folder(unfinished)
        unfinished.rename(place)
        sync_folder(folder)
    except OSError:
        raise DeliveryError("cannot_write") from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return place


def _write_one(folder: Path, parcel: Parcel) -> _File:
    name = f"{secrets.token_hex(16)}.pdf"
    _write(folder / name, parcel.pdf)
    return _File(name, hashlib.sha256(parcel.pdf).hexdigest(), parcel.to)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def batch_in(folder: Path) -> str:
    """The batch that a folder holds. Raises NoBatch."""
    try:
        batch = json.loads((folder / MANIFEST).read_bytes())["batch"]
    except (OSError, ValueError, KeyError, TypeError):
        raise NoBatch from None
    if not isinstance(batch, str) or not is_batch(batch):
        raise NoBatch
    return batch


def erase(folder: Path) -> None:
    """Delete a batch's files and its folder; nothing else that lies in it. Raises OSError, NoBatch."""
    names = [each["name"] for each in json.loads((folder / MANIFEST).read_bytes())["files"]]
    for name in names:
        if re.fullmatch(r"[0-9a-f]{32}\.pdf", name):
            (folder / name).unlink(missing_ok=True)
    (folder / MANIFEST).unlink()
    if not any(folder.iterdir()):
        folder.rmdir()


def forget(place: Path) -> bool:
    """Delete what there is of a batch, also of one whose writing was cut short. False where nothing of it is here.
    Raises OSError, NoBatch."""
    unfinished = place.parent / f".{place.name}"
    if not is_batch(place.name):
        raise NoBatch
    was_begun, was_written = unfinished.exists(), place.exists()
    if was_begun:
        shutil.rmtree(unfinished)
    if was_written:
        if batch_in(place) != place.name:
            raise NoBatch
        erase(place)
    return was_begun or was_written
