"""When a message is not wanted any more."""

from __future__ import annotations

from datetime import datetime

from registration.models import Subscription


def why_not(subscription: Subscription, kind: str, now: datetime) -> str:
    """Why a row of ``kind`` ("remind_mailed_email") is not to be sent any more, in a word; "" to send it."""
    if subscription.expires_at <= now:
        return "expired"
    if subscription.mailed_at is not None:
        return "mailed"
    ended = subscription.email_ended_at if kind.endswith("_email") else subscription.sms_ended_at
    return "unsubscribed" if ended is not None else ""
