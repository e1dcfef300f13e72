"""Looks for what people wrote in everything that was written: logs, dumps, data folders, temporary files, mails."""

from __future__ import annotations

import base64
import mmap
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from drills.people import Person

DATE = re.compile(rb"(?<!\d)(\d{1,2})/(\d{1,2})/(19[234]\d)(?!\d)|(?<!\d)(19[234]\d)-(\d{2})-(\d{2})(?!\d)")
FOUR = re.compile(rb"ssn4?[\"']?\s*[:=]\s*[\"']?[\d-]{4,11}", re.IGNORECASE)
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Found:
    """Where something of a person stands. ``what`` names the kind; the words themselves are not repeated."""

    where: str
    what: str


def spellings(word: str) -> Iterator[bytes]:
    """A word as it stands in files: plain, in UTF-16, in hexadecimal, and in base64 at any offset."""
    for text in {word, word.capitalize(), word.upper()}:
        plain = text.encode()
        yield plain
        yield text.encode("utf-16-le")
        yield plain.hex().encode()
        yield plain.hex().upper().encode()
        yield text.encode("utf-16-be").hex().encode()
        for shift in range(3):
            encoded = base64.b64encode(b"\0" * shift + plain + b"\0\0").rstrip(b"=")
            first, last = (0, 2, 3)[shift], (shift + len(plain)) * 8 // 6
            yield encoded[first:last]


class Search:
    """One search for everything of a run's people. ``mail_mark``: their e-mail addresses begin with it."""

    def __init__(self, mark: str, mail_mark: str, people: Iterable[Person]) -> None:
        self._words = {"name, street": tuple(spellings(mark)), "e-mail": tuple(spellings(mail_mark))}
        self._licence = re.compile(re.escape(mark[4:].upper().encode()) + rb"\d{6}")
        self._born = {tuple(int(part) for part in person.born) for person in people}

    def data(self, data: bytes | mmap.mmap, where: str, *, deep: bool = True) -> list[Found]:
        """``deep``: also for dates and numbers, which takes long; a name stands beside them wherever they are."""
        kinds = [what for what, words in self._words.items() if any(data.find(word) >= 0 for word in words)]
        if deep:
            kinds += ["licence"] if self._licence.search(data) else []
            kinds += ["birth date"] if any(self._is_birth(match) for match in DATE.finditer(data)) else []
            kinds += ["Social Security number"] if FOUR.search(data) else []
        return [Found(where, each) for each in kinds]

    def _is_birth(self, match: re.Match[bytes]) -> bool:
        month, day, year, year_first, second, third = match.groups()
        parts = (month, day, year) if year else (second, third, year_first)
        return tuple(int(part) for part in parts) in self._born

    def folder(self, folder: Path, *, deep: bool = True) -> list[Found]:
        """Every file below ``folder``, whatever it is."""
        found: list[Found] = []
        for path in sorted(folder.rglob("*")):
            try:
                if path.is_file() and not path.is_symlink():
                    found += self._file(path, str(path.relative_to(folder.parent)), deep)
            except FileNotFoundError:
                continue  # it was taken away between the two looks
        return found

    def _file(self, path: Path, where: str, deep: bool) -> list[Found]:
        if not path.stat().st_size:
            return []
        with path.open("rb") as file:
            try:
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                    return self.data(data, where, deep=deep)
            except ValueError:
                return self.data(file.read(), where, deep=deep)

    def mail(self, raw: str, where: str) -> list[Found]:
        """In a mail only its To header may tell whose it is."""
        lines = raw.replace("\r\n", "\n").split("\n")
        rest = "\n".join(line for line in lines if not line.lower().startswith(("to:", "x-mailfrom:", "x-rcptto:")))
        return self.data(rest.encode(), where)
