"""What a step of the form is made of, before anyone has answered: plain values, no HTML, no rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "textarea", "select", "radios", "checkbox"]
Width = Literal["", "short", "medium", "month", "year"]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """Shown only while ``field`` has one of ``values``, or ``either`` holds.

    A ticked checkbox has the value "yes", an empty one "".
    """

    field: str
    values: tuple[str, ...] = ("yes",)
    either: When | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One input. ``private``: never sent to the step check and never written back into a page.

    ``problem_field``: the name under which a Problem speaks of it, where that is not ``name``. ``complaint``:
    what the script says of a private input that is empty, since the server is not asked then; ``misfit``, where
    that is another sentence, of one that does not fit ``pattern``. ``language``: of ``label``, where that is not the
    page's. ``default_from``: the input whose answer stands here while this one is empty.
    """

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    optional: bool = False
    autocomplete: str = ""
    inputmode: str = ""
    width: Width = ""
    private: bool = False
    pattern: str = ""
    complaint: str = ""
    misfit: str = ""
    when: When | None = None
    problem_field: str = ""
    language: str = ""
    default_from: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Several items under one legend. ``reasons``: sentences that say why it is asked; ``points``: a list.

    ``folded``: a summary under which the items wait until someone opens it.
    """

    items: tuple[Item, ...]
    legend: str = ""
    hint: str = ""
    reasons: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    folded: str = ""
    when: When | None = None
    name: str = ""
    style: Literal["", "dates", "together"] = ""


Item = Field | Group


@dataclass(frozen=True, slots=True)
class Link:
    """A page of somebody else's, opened in a new tab so that the answers stay."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of the form. ``key`` is stable: the script and the step check name steps by it.

    ``aside``: what the review says of a step that is not printed on the form.
    """

    key: str
    title: str
    items: tuple[Item, ...]
    intro: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    aside: str = ""


def fields_of(items: tuple[Item, ...]) -> Iterator[Field]:
    """Every input in reading order."""
    for item in items:
        if isinstance(item, Field):
            yield item
        else:
            yield from fields_of(item.items)
