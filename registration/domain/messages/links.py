"""Where messages lead: addresses of this site, with what is secret behind a "#", which no server gets to see."""

from __future__ import annotations

from typing import cast, get_args

from django.conf import settings

from registration.domain import subscriptions
from registration.models import Subscription
from registration.pdf.content import Language
from registration.phrases.letters import Links


def language_of(code: str) -> Language:
    """The language in which we write: the person's own where their form exists in it, English otherwise."""
    return cast(Language, code) if code in get_args(Language) else "en"


def links(code: str, language: str, reference: str = "", subscription: Subscription | None = None) -> Links:
    """For a jurisdiction's code. Raises CannotRead where the subscription's token does not open."""
    base = address("", language)
    mine = f"{base}/m/#{subscriptions.token_of(subscription)}" if subscription is not None else ""
    form = f"{base}/d/#{reference}" if reference else ""
    place = code.lower()
    return Links(f"{base}/state/{place}/", f"{base}/d/", f"{base}/apply/{place}/", form, mine)


def address(path: str, language: str) -> str:
    """A page's whole address; ``path`` as it is in English ("/privacy/")."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{settings.SITE_URL}{prefix}{path}"
