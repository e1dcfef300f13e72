"""Published versions of the script that partners load: their bytes, their hashes, and which one is the newest.

A version is never changed and never taken away: pages somewhere load it by its hash. The folder holds one file for
each, as it was published, and ``releases.toml`` which lists them.
"""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

#: Where the published versions are.
FOLDER = Path(__file__).parent / "data" / "widget"
#: A published script is at most this large when compressed.
LARGEST = 12_000
_VERSION = re.compile(r"(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})", re.ASCII)


class BadRelease(Exception):
    """The published versions are not as they were published, or a new one cannot be added."""


@dataclass(frozen=True, slots=True)
class Release:
    version: str
    released: date
    integrity: str
    script: bytes

    @property
    def order(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self.version.split("."))

    @property
    def major(self) -> str:
        return self.version.split(".")[0]


def integrity_of(script: bytes) -> str:
    """What a page writes into ``integrity``, so that its browser runs these bytes and no others."""
    return "sha384-" + base64.b64encode(hashlib.sha384(script).digest()).decode("ascii")


def read(folder: Path) -> tuple[Release, ...]:
    """Every published version, oldest first. BadRelease where a file is missing or no longer what was published."""
    try:
        rows = tomllib.loads((folder / "releases.toml").read_text(encoding="utf-8")).get("releases", [])
        found = [_release(folder, row) for row in rows]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadRelease(f"The list of widget versions cannot be read: {error}") from error
    orders = [release.order for release in found]
    if orders != sorted(set(orders)):
        raise BadRelease("The widget's versions must be listed once each, oldest first.")
    return tuple(found)


def _release(folder: Path, row: dict[str, object]) -> Release:
    version, released, integrity = row["version"], row["released"], row["integrity"]
    if not isinstance(version, str) or not _VERSION.fullmatch(version) or not isinstance(released, date):
        raise BadRelease(f"{version!r} of {released!r} is not a version and a day.")
    script = (folder / f"{version}.js").read_bytes()
    if integrity_of(script) != integrity:
        raise BadRelease(f"Widget version {version} is not what was published: a published version never changes.")
    return Release(version, released, str(integrity), script)


@cache
def releases() -> tuple[Release, ...]:
    """Every published version, oldest first."""
    return read(FOLDER)


def newest(among: Sequence[Release], major: str = "") -> Release | None:
    """The newest version, of that major one if given."""
    found = [release for release in among if major in ("", release.major)]
    return found[-1] if found else None


def publish(folder: Path, version: str, script: bytes, on: date) -> Release:
    """Add a version. BadRelease where it is no newer than the newest, or its script is that of the newest."""
    there = read(folder)
    if not _VERSION.fullmatch(version):
        raise BadRelease(f"A version is three numbers such as 1.2.0, not {version!r}.")
    release = Release(version, on, integrity_of(script), script)
    last = newest(there)
    if last and release.order <= last.order:
        raise BadRelease(f"{version} does not come after {last.version}.")
    if last and script == last.script:
        raise BadRelease(f"The script has not changed since {last.version}.")
    (folder / f"{version}.js").write_bytes(script)
    with (folder / "releases.toml").open("a", encoding="utf-8") as listing:
        listing.write(f'\n[[releases]]\nversion = "{version}"\nreleased = {on}\nintegrity = "{release.integrity}"\n')
    return release
