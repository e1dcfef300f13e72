"""What the client did and what it holds in its hands: two files of JSON lines, on disk before anything goes on."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from drills.people import Person


@dataclass(frozen=True, slots=True)
class Receipt:
    """A person has seen that their form is ready. From here on it may not be lost. ``seconds``: of the answer."""

    reference: str
    digest: str
    answers: dict[str, str] = field(repr=False)
    email: str
    at: float
    seconds: float
    door: str
    jurisdiction: str
    index: int
    tries: int
    language: str = "en"
    application: str = ""

    @property
    def person(self) -> Person:
        return Person(self.index, self.door, self.jurisdiction, self.reference, self.answers, self.email, self.language)


@dataclass(frozen=True, slots=True)
class Answer:
    """How one request ended: ``status`` 0 where no full answer came. ``kept``: the page gave the answers back.
    ``handed_back``: nothing was stored, and the page holds the form."""

    reference: str
    at: float
    seconds: float
    status: int
    door: str
    kept: bool = False
    error: str = ""
    retry_after: str = ""
    handed_back: bool = False


class Lines:
    """A file of JSON lines. ``durable``: each is on disk before ``add`` returns."""

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        self.path, self.durable = path, durable
        self._lock = threading.Lock()
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def add(self, line: dict[str, Any]) -> None:
        data = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
        with self._lock:
            os.write(self._file, data)
            if self.durable:
                os.fdatasync(self._file)

    def close(self) -> None:
        os.close(self._file)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Every whole line; a torn last one, from a machine that went away, is nothing that anybody was told."""
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")
    return [json.loads(line) for line in lines[:-1] if line]


class Ledger:
    """``attempts``: references before they are sent. ``receipts``: what is acknowledged. ``answers``: every answer."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self._attempts = Lines(folder / "attempts.jsonl")
        self._receipts = Lines(folder / "receipts.jsonl")
        self._answers = Lines(folder / "answers.jsonl", durable=False)

    def attempt(self, person: Person, at: float) -> None:
        self._attempts.add({"reference": person.reference, "at": at, "door": person.door})

    def receipt(self, receipt: Receipt) -> None:
        self._receipts.add(asdict(receipt))

    def answer(self, answer: Answer) -> None:
        self._answers.add(asdict(answer))

    def attempts(self) -> set[str]:
        return {line["reference"] for line in read_lines(self._attempts.path)}

    def receipts(self) -> list[Receipt]:
        return [Receipt(**line) for line in read_lines(self._receipts.path)]

    def answers(self) -> list[Answer]:
        return [Answer(**line) for line in read_lines(self._answers.path)]

    def close(self) -> None:
        for each in (self._attempts, self._receipts, self._answers):
            each.close()
