"""What a request's headers ask for, read alike by the views and by what answers before them."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils.translation.trans_real import parse_accept_lang_header

#: Longest header that is looked at; a longer one is taken as if it were not there.
LONGEST = 500


def known_language(code: str) -> str:
    """One of ours for "es", "ES" or "es-MX"; "" for any other."""
    plain = code.lower().partition("-")[0]
    return plain if plain in dict(settings.LANGUAGES) else ""


@lru_cache(maxsize=256)
def accepted_language(header: str) -> str:
    """The first of ours that Accept-Language names; the site's own where it names none."""
    if len(header) > LONGEST:
        return settings.LANGUAGE_CODE
    for wanted, _weight in parse_accept_lang_header(header):
        if wanted == "*":
            break
        if known_language(wanted):
            return known_language(wanted)
    return settings.LANGUAGE_CODE


@lru_cache(maxsize=256)
def takes_gzip(header: str) -> bool:
    """Whether Accept-Encoding names gzip, and not with a weight of zero."""
    if len(header) > LONGEST:
        return False
    for part in header.lower().split(","):
        coding, _semicolon, weight = part.partition(";")
        if coding.strip() == "gzip":
            return not weight or bool(weight.strip().removeprefix("q=").strip("0. "))
    return False


def names_tag(header: str, tag: str) -> bool:
    """Whether If-None-Match names ``tag``, a strong one with its quotation marks, or any."""
    if not header or len(header) > LONGEST:
        return False
    return header.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in header.split(","))
