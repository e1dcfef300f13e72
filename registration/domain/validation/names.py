"""Boxes 1 and A."""

from __future__ import annotations

from collections.abc import Iterator

from registration.applicant import Name
from registration.domain.validation.problem import Problem
from registration.domain.validation.text import is_blank, text_problems


def name_problems(name: Name, prefix: str = "") -> Iterator[Problem]:
    """Problems of the name (``prefix`` "") or of the previous name ("previous_"). Every part may be in any script."""
    for part, value in (("last_name", name.last), ("first_name", name.first), ("middle_name", name.middle)):
        yield from text_problems(value, prefix + part)
    yield from _text_of_choices(name, prefix)
    if prefix:
        if is_blank(name.last):
            yield Problem("previous_name_required", prefix + "last_name")
        return
    if is_blank(name.last):
        yield Problem("single_name_required" if name.single else "last_name_required", "last_name")
    if not name.single and is_blank(name.first):
        yield Problem("first_name_required", "first_name")


def _text_of_choices(name: Name, prefix: str) -> Iterator[Problem]:
    yield from text_problems(name.suffix, prefix + "suffix", 10)
    yield from text_problems(name.title, prefix + "title", 10)
