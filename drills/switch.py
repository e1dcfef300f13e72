"""How a running program is told to behave differently: a small file that it reads again and again."""

from __future__ import annotations

import os
from pathlib import Path


class Switch:
    """A word or ``word=number`` in a file. Whoever breaks things writes it, the program that behaves badly reads it."""

    def __init__(self, path: Path, first: str) -> None:
        self.path, self.first = path, first

    def set(self, mode: str) -> None:
        beside = self.path.with_suffix(".new")
        beside.write_text(mode)
        os.replace(beside, self.path)  # whoever reads sees the old word or the new one, never half of it

    def get(self) -> tuple[str, float]:
        """The word, and its number or 0."""
        try:
            text = self.path.read_text()
        except FileNotFoundError:
            text = self.first
        word, _, number = text.strip().partition("=")
        return word, float(number or 0)
