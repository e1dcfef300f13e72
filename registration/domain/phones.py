"""Telephone numbers: what was typed, as E.164. The only user of phonenumbers. The form prints what was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

#: Longer input is no telephone number and is never parsed.
LONGEST = 40
REGION = "US"
#: Ten digits as most people write them. Reading these here saves most of the cost of a form.
_ORDINARY = re.compile(r"\s*(?:\+?1[ .-]?)?\(?([2-9]\d{2})\)?[ .-]{0,2}(\d{3})[ .-]?(\d{4})\s*", re.ASCII)


def _parsed(typed: str) -> PhoneNumber | None:
    import phonenumbers  # here: it costs start-up time that most processes need not pay

    if not typed.strip() or len(typed) > LONGEST:
        return None
    try:
        number = phonenumbers.parse(typed, REGION)
    except phonenumbers.NumberParseException:
        return None
    possible = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    return number if possible else None


def e164(typed: str) -> str | None:
    """ "+14045550123", or None when the number is empty or impossible."""
    ordinary = _ORDINARY.fullmatch(typed)
    if ordinary:
        return "+1" + "".join(ordinary.groups())
    number = _parsed(typed)
    if number is None:
        return None
    import phonenumbers

    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_impossible(typed: str) -> bool:
    """Whether something was typed that no telephone number can be."""
    return bool(typed.strip()) and e164(typed) is None
