"""How many messages one e-mail address or telephone number gets in a day, whoever asked for them.

Nobody proves that the address that they type is theirs. So this keeps anyone from filling another person's mailbox with
our messages, also with ones that were planned over many days. What is counted is a keyed digest of the address.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings

from registration.domain.rates import guest_of_recipient, rate, take
from registration.models import Outbox

logger = logging.getLogger(__name__)
#: The outcome of a row that was one too many.
TOO_MANY = "too_many"
#: What a row says before it was first handed over.
_FRESH = ("", "postponed")


def is_too_much(row: Outbox, to: str, now: datetime) -> bool:
    """Whether ``to`` had enough messages today. Counts a row when it is handed over first, and not when a server that
    was away gets it again."""
    if row.outcome not in _FRESH:
        return False
    standing = take(rate("recipient", settings.RECIPIENT_RATE), guest_of_recipient(to), now.timestamp())
    if standing.count == standing.rate.limit + 1:
        logger.warning("many messages to one recipient", extra={"code": TOO_MANY, "kind": row.kind})
    return standing.is_over
