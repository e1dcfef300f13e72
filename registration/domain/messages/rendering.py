"""A letter's words as text of at most 78 columns and as plain HTML."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from registration.delivery.email import Letter
from registration.phrases.letters import Part, Said

COLUMNS = 76


@dataclass(frozen=True, slots=True)
class Envelope:
    """``headers`` beside those of every letter."""

    to: str
    message_id: str
    headers: dict[str, str]
    language: str


def letter(said: Said, envelope: Envelope) -> Letter:
    """The finished letter, in the envelope's language, which is the active one."""
    context = {
        "subject": said.subject,
        "parts": said.parts,
        "language": envelope.language,
        "site_name": settings.SITE_NAME,
        "site_contact": settings.SITE_CONTACT,
        "site_url": settings.SITE_URL,
    }
    paragraphs = [_as_text(part) for part in said.parts]
    text = render_to_string("email/applicant/letter.txt", {**context, "paragraphs": paragraphs})
    html = render_to_string("email/applicant/letter.html", context)
    headers = {"Content-Language": envelope.language, **envelope.headers}
    return Letter(envelope.to, " ".join(said.subject.split()), text, html, envelope.message_id, headers)


def _as_text(part: Part) -> str:
    """A paragraph; an address stands whole on a line of its own, so that every program makes a link of it."""
    words = _wrapped(part.text)
    if part.kind == "heading":
        return f"{words}\n{'-' * len(words.splitlines()[-1])}"
    if part.url:
        return f"{words}:\n{part.url}"
    return "\n".join([words, *(f"  {_wrapped(line)}" for line in part.lines)])


def _wrapped(text: str) -> str:
    return textwrap.fill(text, COLUMNS, break_long_words=False, break_on_hyphens=False)
