"""Who wants to hear from us: which messages, by which means, until when."""

from registration.domain.subscriptions.ending import find, mailed, moved_to, stop_emails, unsubscribe, why_not
from registration.domain.subscriptions.first_day import FirstDay, first_day
from registration.domain.subscriptions.keeping import Promised, keep, keep_birthday, promised
from registration.domain.subscriptions.kinds import KINDS, register_kinds
from registration.domain.subscriptions.replanning import replan
from registration.domain.subscriptions.tokens import address, of_stop_code, stop_code, token_of, unsubscribe_url
from registration.domain.subscriptions.wishes import NAMES, Wish, offered, problems, sms_offered, wish_for

__all__ = [
    "KINDS", "NAMES", "FirstDay", "Promised", "Wish", "address", "find", "first_day", "keep", "keep_birthday",
    "mailed", "moved_to", "of_stop_code", "offered", "problems", "promised", "register_kinds", "replan", "sms_offered",
    "stop_code", "stop_emails", "token_of", "unsubscribe", "unsubscribe_url", "why_not", "wish_for",
]  # fmt: skip
