"""Where the canary drill looks, and what may stand there: everything else that is found is a leak."""

from __future__ import annotations

import contextlib
import email
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.policy import default
from pathlib import Path
from typing import Any

from drills import canary_people
from drills.people import Person
from drills.places import ROOT
from drills.searching import (
    ADDRESS,
    EMAIL,
    KINDS,
    NAME,
    PHONE,
    SPELLINGS,
    Find,
    Finder,
    Searched,
    control,
    search_file,
    search_folder,
)

NOTHING = "Nothing."
CONTROL = "control-"
#: People with every kind of number among them.
Planted = tuple[Person, ...]
SHARED = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108  where programs leave files that forget whose they are


@dataclass
class Place:
    """``may``: the kinds that are allowed, of ``whom`` alone (None: of everybody), and ``why``. ``control``: (found,
    planted) of what the drill put there itself; (0, 0) where nothing can be put."""

    name: str
    searched: Searched
    may: tuple[str, ...] = ()
    why: str = NOTHING
    whom: frozenset[int] | None = None
    control: tuple[int, int] = (0, 0)
    allowed: int = 0
    leaks: list[tuple[str, Find]] = field(default_factory=list)

    def judge(self) -> Place:
        for where, found in sorted(self.searched.found.items()):
            for each in sorted(found):
                if each.kind in self.may and (self.whom is None or each.who in self.whom):
                    self.allowed += 1
                else:
                    self.leaks.append((where, each))
        return self

    def as_json(self) -> dict[str, Any]:
        return {
            "place": self.name,
            "files": self.searched.files,
            "bytes": self.searched.bytes,
            "may_stand_there": ", ".join(self.may) or "nothing",
            "why": self.why,
            "allowed_finds": self.allowed,
            "leaks": len(self.leaks),
            "control_planted": self.control[1],
            "control_found": self.control[0],
        }


def folder(finder: Finder, name: str, path: Path, planted: Planted, *, deep: bool = True, **more: Any) -> Place:
    """A folder with a control in each spelling planted in it, which goes again."""
    files = _plant(path, planted)
    sizes = {file.name: file.stat().st_size for file in files}
    try:
        searched = search_folder(finder, path, deep=deep)
    finally:
        for each in files:
            each.unlink(missing_ok=True)
    found = 0
    for file in files:
        seen = searched.found.pop(file.name, set())
        found += _is_found(seen, file.name.removeprefix(CONTROL), deep=deep)
        searched.files, searched.bytes = searched.files - 1, searched.bytes - sizes[file.name]
    return Place(name, searched, control=(found, len(files)), **more)


def _plant(path: Path, people: Planted) -> list[Path]:
    text = "\n".join(word for person in people for word in canary_people.words(person))
    files = []
    for spelling, data in control(text).items():
        file = path / f"{CONTROL}{spelling}"
        file.write_bytes(data)
        files.append(file)
    return files


def _is_found(seen: set[Find], spelling: str, *, deep: bool) -> bool:
    """Every kind that the person has, in this spelling; in a database's own files only that something is there, and not
    what is compressed or percent-encoded: those are in the dump."""
    if deep:
        return {each.kind for each in seen} == set(KINDS) and {each.spelling for each in seen} == {spelling}
    return bool(seen) or spelling in SPELLINGS[-2:]


def texts(finder: Finder, name: str, parts: Iterable[tuple[str, bytes]], **more: Any) -> Place:
    """What programs print, give or keep in memory."""
    searched = Searched()
    for where, data in parts:
        searched.add(where, len(data), finder.look(data))
    return Place(name, searched, **more)


def mails(finder: Finder, messages: list[dict[str, Any]], asked: frozenset[int]) -> tuple[Place, Place]:
    """(the headers that say whom it is for, everything else: the source without them, and each part in clear)."""
    heads, rest = [], []
    for number, message in enumerate(messages):
        lines = message["raw"].replace("\r\n", "\n").split("\n")
        envelope = [line for line in lines if line.lower().startswith(("to:", "x-mailfrom:", "x-rcptto:"))]
        heads.append((f"mail {number}", "\n".join([*envelope, *message["to"]]).encode()))
        rest.append((f"mail {number}", "\n".join(line for line in lines if line not in envelope).encode()))
        read = email.message_from_string(message["raw"], policy=default)
        for part in read.walk():
            data = part.get_payload(decode=True)
            rest += [(f"mail {number}, {part.get_content_type()}", data)] if isinstance(data, bytes) else []
    why = "A letter has the address that it goes to; nobody's but theirs who asked for it."
    return (
        texts(finder, "mail: To header and envelope", heads, may=(EMAIL,), why=why, whom=asked),
        texts(finder, "mail: everything else of its source, and each part decoded", rest, may=("code of the form",),
              why="The link to the form, which the person asked for, holds its code behind the #."),
    )  # fmt: skip


def processes(finder: Finder, pids: Iterable[int]) -> Place:
    """Command lines and environments, as anybody with a right to look sees them."""
    parts = []
    for pid in pids:
        for name in ("cmdline", "environ"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                parts.append((f"{name} of a process", Path(f"/proc/{pid}/{name}").read_bytes()))
    return texts(finder, "/proc: command line and environment of each process of the site", parts)


def may_dump(pids: Iterable[int]) -> list[str]:
    """The command lines of those whose core limit is not zero."""
    found = []
    for pid in pids:
        about = Path(f"/proc/{pid}")
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            limits = (about / "limits").read_text().splitlines()
            soft = next(line.split()[4] for line in limits if line.startswith("Max core file size"))
            command = (about / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            found += [command[:60]] if soft != "0" else []
    return found


def with_children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        below = [int(text) for text in path.read_text().split()]
    except FileNotFoundError:
        return [pid]
    return [pid, *(each for child in below for each in with_children(child))]


def shared_folders(finder: Finder, since: float, but: Path) -> Place:
    """Files of anybody's that were written to the machine's shared folders since then."""
    into = Searched()
    for top in sorted({*SHARED, tempfile.gettempdir()}):
        for entry in _entries(Path(top)):
            if entry == but or entry.is_symlink() or _changed(entry) < since:
                continue
            if entry.is_dir():
                into.take(search_folder(finder, entry, since=since, deep=False))
            else:
                search_file(finder, entry, entry.name, into)
    return Place(f"{', '.join(SHARED)}: what was written there during the drill", into)


def _entries(top: Path) -> list[Path]:
    try:
        return sorted(top.iterdir())
    except OSError:
        return []


def _changed(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0


def cores(since: float, site: Path) -> list[str]:
    """Core dumps in the folder that processes run in, where the kernel is told to put them, and in the site's."""
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    folders = {ROOT, site, Path(tempfile.gettempdir()), Path("/var/lib/systemd/coredump"), Path("/var/crash")}
    folders |= {Path(pattern).parent} if pattern.startswith("/") else set()
    names = [path for each in folders if each.is_dir() for path in each.glob("*core*") if path.is_file()]
    return [path.name for path in names if _changed(path) >= since]


def source_folder(finder: Finder, since: float) -> Place:
    """The code's own folder: nothing of anybody's is written beside it."""
    into = Searched()
    for top in sorted(ROOT.iterdir()):
        if not top.name.startswith(".") and top.name not in ("node_modules", "drills") and not top.is_symlink():
            found = search_folder(finder, top, since=since) if top.is_dir() else Searched()
            into.take(found)
            if top.is_file() and _changed(top) >= since:
                search_file(finder, top, top.name, into)
    return Place("the folder of the code: what was written there during the drill", into)


CONTACT_KINDS = (NAME, EMAIL, PHONE)


def export(finder: Finder, path: Path, consented: frozenset[int]) -> tuple[Place, list[str]]:
    """The contacts' files; and what is in them beyond a name, and the address given to the partner."""
    why = "Who said yes to the partner's question gave it a name, an e-mail address or telephone number and a ZIP code."
    into = search_folder(finder, path)
    beyond = [
        f"{each.part} in {where}"
        for where, found in sorted(into.found.items())
        for each in sorted(found)
        if (each.kind == NAME and each.part not in ("first_name", "last_name"))
        or (each.kind == EMAIL and each.part != canary_people.FOR_PARTNER)
    ]
    return Place("the partner's export of its contacts, CSV and XLSX", into, CONTACT_KINDS, why, consented), beyond


def batch(finder: Finder, path: Path, asked: frozenset[int]) -> tuple[Place, Place]:
    """(the manifest, the forms) of a batch for the print shop."""
    manifest, forms = Searched(), Searched()
    for file in sorted(path.rglob("*")):
        search_file(finder, file, file.suffix, manifest if file.suffix == ".json" else forms)
    written = "Whom the envelope goes to, of those who asked for their form on paper."
    printed = "The form itself, of those who asked for it on paper. Erased when it is posted."
    return (
        Place("the print shop's batch: manifest", manifest, (NAME, ADDRESS), written, asked),
        Place("the print shop's batch: forms", forms, KINDS, printed, asked),
    )
