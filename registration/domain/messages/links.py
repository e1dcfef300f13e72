"""Where messages lead: addresses of this site, with what is secret behind a "#", which no server gets to see."""

from __future__ import annotations

from django.conf import settings

from registration.domain import subscriptions
from registration.models import Subscription
from registration.phrases.letters import Links


def language_of(code: str) -> str:
    """The language in which we write: the person's own where we have it, English otherwise."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


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


def stop_address(subscription: Subscription) -> str:
    """What a mail program posts to when its owner wants no more of these (RFC 8058). Raises CannotRead."""
    code = subscriptions.stop_code(subscriptions.token_of(subscription))
    return f"{settings.SITE_URL}/m/stop/{code}/"
