"""What a partner copies into its page: the script, and the element with the link that stands in for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from registration.domain.widget_releases import Release


@dataclass(frozen=True, slots=True)
class Embed:
    """``site`` is our own address, "https://vote.example.org". ``state``: "" where the person is to choose it."""

    site: str
    partner: str
    state: str = ""
    language: str = "en"


def script_tag(site: str, release: Release, *, pinned: bool) -> str:
    """The script of that version with its hash, or whatever is the newest of its line."""
    if not pinned:
        return f'<script async src="{escape(site)}{reverse("loader", args=[release.major])}"></script>'
    address = f"{escape(site)}{reverse('loader', args=[release.version])}"
    return f'<script async src="{address}"\n        integrity="{release.integrity}" crossorigin="anonymous"></script>'


def element(embed: Embed) -> str:
    """``<vote-register>`` with its link, which works where the frame does not."""
    with override(embed.language):
        path = reverse("state", kwargs={"code": embed.state}) if embed.state else reverse("home")
        words = _("Register to vote")
    link = f"{embed.site}{path}?partner={embed.partner}"
    state = f' state="{escape(embed.state)}"' if embed.state else ""
    return (
        f'<vote-register partner="{escape(embed.partner)}"{state} lang="{escape(embed.language)}">\n'
        f'  <a href="{escape(link)}">{escape(words)}</a>\n'
        "</vote-register>"
    )


def snippet(embed: Embed, release: Release, *, pinned: bool = False) -> str:
    return f"{script_tag(embed.site, release, pinned=pinned)}\n{element(embed)}"
