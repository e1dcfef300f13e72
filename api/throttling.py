"""How often a key, or without one an address, may come. The counting is ``registration.domain.rates``."""

from __future__ import annotations

import time
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest

from api.errors import ApiProblem
from registration.domain.rates import Standing, guest_of_address, rate, take
from registration.models import ApiKey

#: The rates of ``settings.API_RATES``. Without a key everything is "address"; a key that does not work is "bad_key".
NAMES = ("address", "bad_key", "key", "write", "bulk")


def take_one(request: HttpRequest, name: str, key: ApiKey | None = None) -> Standing:
    """Count this request under a rate. Whether it is too much is for the caller to ask."""
    if key is None:
        guest = guest_of_address(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))
    else:
        guest = key.identifier
    return take(rate(name, settings.API_RATES[name]), guest, time.time())


def refuse_too_many(standing: Standing) -> None:
    """Raises ApiProblem where the guest came too often."""
    if standing.is_over:
        raise ApiProblem("throttled", headers={"Retry-After": str(standing.reset)})


def headers(standing: Standing) -> Mapping[str, str]:
    """RateLimit and RateLimit-Policy, as in the IETF's draft: what is allowed, what is left, until when."""
    name = f'"{standing.rate.name}"'
    return {
        "RateLimit-Policy": f"{name};q={standing.rate.limit};w={standing.rate.seconds}",
        "RateLimit": f"{name};r={standing.remaining};t={standing.reset}",
    }
