"""The API's settings as Django system checks."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from api.throttling import NAMES
from registration.domain.rates import BadRate, rate

MOST_PROXIES = 10
COUNTERS = ("redis://", "rediss://", "unix://")


@register(Tags.security)
def api_settings(**_: Any) -> list[CheckMessage]:
    """enfranchise.E010 to E013: rates, proxies and the place of the counts."""
    found: list[CheckMessage] = []
    for name in NAMES:
        try:
            rate(name, settings.API_RATES[name])
        except BadRate as error:
            found.append(Error(f"API_RATE_{name.upper()}: {error}", id="enfranchise.E010"))
    if not 0 <= settings.TRUSTED_PROXIES <= MOST_PROXIES:
        text = f"TRUSTED_PROXIES must be from 0 to {MOST_PROXIES}."
        found.append(Error(text, hint="0 where visitors reach the server directly.", id="enfranchise.E011"))
    if settings.BEHIND_TLS and not settings.TRUSTED_PROXIES:
        text = "BEHIND_TLS without TRUSTED_PROXIES: all visitors together would be one, and shut each other out."
        found.append(Error(text, hint="1 behind one proxy of your own. See docs/settings.md.", id="enfranchise.E013"))
    if settings.CACHE_URL and not settings.CACHE_URL.startswith(COUNTERS):
        found.append(Error(f"CACHE_URL must begin with {', '.join(COUNTERS)}.", id="enfranchise.E012"))
    return found
