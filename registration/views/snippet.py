"""What a partner copies into its page: the script, and the element with the link that stands in for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from registration.domain.widget_releases import Release


@dataclass(frozen=True, slots=True)
class Embed:
    """``site`` is our own address, "https://vote.example.org". ``state``: "" where the person is to choose it.

    ``language``: "" where the element takes the one of the page around it; the link is then in the reader's.
    """

    site: str
    partner: str
    state: str = ""
    language: str = "en"
    source: str = ""


def script_tag(site: str, release: Release, *, pinned: bool) -> str:
    """The script of that version with its hash, or whatever is the newest of its line."""
    if not pinned:
        return f'<script async src="{escape(site)}{reverse("loader", args=[release.major])}"></script>'
    address = f"{escape(site)}{reverse('loader', args=[release.version])}"
    return f'<script async src="{address}"\n        integrity="{release.integrity}" crossorigin="anonymous"></script>'


def element(embed: Embed) -> str:
    """``<vote-register>`` with its link, which works where the frame does not. Every value is escaped."""
    with override(embed.language or get_language()):
        path = reverse("state", kwargs={"code": embed.state}) if embed.state else reverse("home")
        words = _("Register to vote")
    source = f"&source={embed.source}" if embed.source else ""
    link = f"{embed.site}{path}?partner={embed.partner}{source}"
    values = {"partner": embed.partner, "state": embed.state, "lang": embed.language, "source": embed.source}
    said = "".join(f' {name}="{escape(value)}"' for name, value in values.items() if value)
    return f'<vote-register{said}>\n  <a href="{escape(link)}">{escape(words)}</a>\n</vote-register>'


def snippet(embed: Embed, release: Release, *, pinned: bool = False) -> str:
    return f"{script_tag(embed.site, release, pinned=pinned)}\n{element(embed)}"
