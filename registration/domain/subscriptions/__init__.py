"""Who wants to hear from us: which messages, by which means, until when."""

from registration.domain.subscriptions.ending import why_not
from registration.domain.subscriptions.tokens import address, stop_code, token_of
from registration.domain.subscriptions.wishes import Wish

__all__ = ["Wish", "address", "stop_code", "token_of", "why_not"]
