"""The lines that a partner puts on its pages: one script, and one element with the link that stands without it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Loader:
    """The script's address; ``integrity`` where it is one exact version that never changes, "" for the newest."""

    address: str
    integrity: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """What the element says. ``link`` and ``words`` are for people whose browser runs no script."""

    partner: str
    link: str
    words: str
    state: str = ""
    lang: str = ""
    source: str = ""


def snippet(placement: Placement, loader: Loader) -> str:
    """The HTML to copy, every value escaped."""
    script = f'<script async src="{escape(loader.address)}"'
    if loader.integrity:
        script += f'\n        integrity="{escape(loader.integrity)}" crossorigin="anonymous"'
    named = ("partner", "state", "lang", "source")
    attributes = "".join(f' {name}="{escape(value)}"' for name in named if (value := getattr(placement, name)))
    link = f'<a href="{escape(placement.link)}">{escape(placement.words)}</a>'
    return f"{script}></script>\n<vote-register{attributes}>\n  {link}\n</vote-register>\n"
