"""What must be forgotten in time, as Django system checks."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from registration.domain.rates import BadRate, rate
from registration.domain.retention import BadLength, check_lengths
from registration.domain.tombstones import can_be_written


@register(Tags.security)
def forgetting_is_sure(**_: Any) -> list[CheckMessage]:
    """enfranchise.E060 to E062: settings under which something would be kept too long, or come back."""
    found: list[CheckMessage] = []
    try:
        check_lengths()
    except BadLength as error:
        found.append(Error(str(error), hint="See KEEP_DAYS in docs/settings.md.", id="enfranchise.E060"))
    try:
        rate("delete", settings.DELETE_RATE)
    except BadRate as error:
        found.append(Error(f"DELETE_RATE: {error}", id="enfranchise.E062"))
    if not can_be_written(settings.TOMBSTONES):
        text = "TOMBSTONES cannot be written."
        hint = "Without that file a restored backup would bring back what people had deleted."
        found.append(Error(text, hint=hint, id="enfranchise.E061"))
    return found
