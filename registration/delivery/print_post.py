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
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from registration.delivery.base import DeliveryError
from registration.delivery.durable import sync_folder

MANIFEST = "manifest.json"
_NEW_MANIFEST = f".{MANIFEST}"
_BATCH, _FORM = re.compile(r"[0-9a-f]{16}"), re.compile(r"[0-9a-f]{32}\.pdf")


class NoBatch(ValueError):
    """There is no batch in that folder, or its manifest cannot be read."""


@dataclass(frozen=True, slots=True, repr=False)
class Parcel:
    """What goes into one envelope, the lines of the address on it, and the name of its file."""

    pdf: bytes
    to: tuple[str, ...]
    name: str


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
        _write(unfinished / MANIFEST, _manifest(batch, [asdict(each) for each in files]))
        sync_folder(unfinished)
        unfinished.rename(place)
        sync_folder(folder)
    except OSError:
        raise DeliveryError("cannot_write") from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return place


def _write_one(folder: Path, parcel: Parcel) -> _File:
    _write(folder / parcel.name, parcel.pdf)
    return _File(parcel.name, hashlib.sha256(parcel.pdf).hexdigest(), parcel.to)


def _manifest(batch: str, files: list[dict[str, Any]]) -> bytes:
    return json.dumps({"batch": batch, "count": len(files), "files": files}, ensure_ascii=False, indent=1).encode()


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


def is_here(folder: Path) -> bool:
    return (folder / MANIFEST).exists()


def leave_out(folder: Path, names: Collection[str]) -> int:
    """Delete these files of a batch, also of one whose writing was cut short, and what its manifest says of them; how
    many it named. Raises OSError, ValueError, KeyError, TypeError."""
    for name in names:
        (folder.parent / f".{folder.name}" / name).unlink(missing_ok=True)
    if not is_here(folder):
        return 0
    about = json.loads((folder / MANIFEST).read_bytes())
    kept = [each for each in about["files"] if each["name"] not in names]
    left_out = len(about["files"]) - len(kept)
    if left_out:
        for each in about["files"]:
            if each["name"] in names:
                (folder / each["name"]).unlink(missing_ok=True)
        (folder / _NEW_MANIFEST).unlink(missing_ok=True)
        _write(folder / _NEW_MANIFEST, _manifest(about["batch"], kept))
        (folder / _NEW_MANIFEST).replace(folder / MANIFEST)
        sync_folder(folder)
    return left_out


def erase(folder: Path) -> None:
    """Delete a batch's files and its folder; nothing else that lies in it. Raises OSError, NoBatch."""
    names = [each["name"] for each in json.loads((folder / MANIFEST).read_bytes())["files"]]
    for name in names:
        if _FORM.fullmatch(name):
            (folder / name).unlink(missing_ok=True)
    (folder / _NEW_MANIFEST).unlink(missing_ok=True)
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
