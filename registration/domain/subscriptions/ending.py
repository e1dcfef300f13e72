"""When a message is not wanted any more, or not yet; and ending it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from django.db import transaction

from registration.domain import tombstones
from registration.domain.subscriptions import plan
from registration.domain.subscriptions.plan import ABOUT_MAILING, Case
from registration.domain.subscriptions.tokens import Means, normal_token, of_stop_code, token_hash
from registration.models import Application, Outbox, Subscription

Status = Application.Status
#: A reminder that moved by less than this is sent as it was planned.
NOT_WORTH_MOVING = timedelta(hours=12)


def case_of(subscription: Subscription) -> Case | None:
    """None for who has made no form yet."""
    if subscription.election_day is None:
        return None
    return Case(subscription.jurisdiction, subscription.election_day, subscription.zone, subscription.created_at)


def why_not(subscription: Subscription, kind: str, now: datetime) -> str:
    """Why a row of ``kind`` ("remind_mailed_email") is not to be sent any more, in a word; "" to send it."""
    if subscription.expires_at <= now:
        return "expired"
    if subscription.mailed_at is not None:
        return "mailed"
    general, _, means = kind.rpartition("_")
    ended = subscription.sms_ended_at if means == "sms" else subscription.email_ended_at
    if ended is not None and means in ("email", "sms"):
        return "unsubscribed"
    application = subscription.application
    if application is not None and application.status == Status.WITHDRAWN:
        return "withdrawn"
    if general == "remind_download" and application is not None and application.status != Status.FORM_READY:
        return "delivered"
    return _too_late(subscription, general, now) if general in ABOUT_MAILING else ""


def _too_late(subscription: Subscription, general: str, now: datetime) -> str:
    """By the rules as they stand now, whatever they were when it was planned."""
    case = case_of(subscription)
    if case is None:
        return ""
    last_day = plan.current_last_day(case, now)
    if last_day is None:
        over = general == "remind_deadline" or plan.end_of(case.election_day, case.zone) <= now
        return "no_last_day" if over else ""
    return "last_day_passed" if plan.end_of(last_day, case.zone) <= now else ""


def moved_to(row: Outbox, subscription: Subscription, now: datetime) -> datetime | None:
    """To when a reminder of the last day has moved since it was planned, the law or a correction having moved that day;
    None to send it now. The row then lasts as long as it is of use.

    For its handler, which raises Postponed with it.
    """
    case = case_of(subscription)
    if case is None or not row.kind.startswith("remind_deadline"):
        return None
    found = plan.deadline_reminder(case, plan.current_last_day(case, now))
    if found is None or found.at - now < NOT_WORTH_MOVING:
        return None
    Outbox.objects.filter(pk=row.pk, done_at=None).update(useful_until=found.until)
    return found.at


def find(token: str, now: datetime) -> Subscription | None:
    """Whose token it is; None also for text that is none, and for what is over."""
    token = normal_token(token)
    if not token:
        return None
    found = Subscription.objects.filter(token_hash=token_hash(token), expires_at__gt=now)
    return found.select_related("application").first()


def mailed(token: str, now: datetime) -> Subscription | None:
    """The person has mailed the form: nothing is sent any more, and their addresses are erased. None for no token."""
    found = find(token, now)
    if found is None:
        return None
    if found.mailed_at is None:
        found.mailed_at, found.email, found.phone = now, None, None
        with transaction.atomic():
            found.save(update_fields=["mailed_at", "email", "phone"])
            tombstones.bury(tombstones.Kind.MAILED, found.pk, now)
    return found


def unsubscribe(token: str, means: Means | None, now: datetime) -> Subscription | None:
    """Send nothing by these means any more (None: by none), and erase where to. None for no token."""
    found = find(token, now)
    if found is not None:
        for each in (means,) if means else _MEANS:
            _end(found, each, now)
    return found


def stop_emails(code: str, now: datetime) -> bool:
    """The same for e-mails, with the code of an address that stops them; False where it is none."""
    found = of_stop_code(code)
    if found is None:
        return False
    _end(found, "email", now)
    return True


_MEANS: tuple[Literal["email"], Literal["phone"]] = ("email", "phone")
_ENDED: dict[Means, str] = {"email": "email_ended_at", "phone": "sms_ended_at"}
_STONES: dict[Means, tombstones.Kind] = {
    "email": tombstones.Kind.STOP_EMAIL,
    "phone": tombstones.Kind.STOP_SMS,
}


def _end(subscription: Subscription, means: Means, now: datetime) -> None:
    column = _ENDED[means]
    if getattr(subscription, column) is None:
        setattr(subscription, column, now)
        setattr(subscription, means, None)
        with transaction.atomic():
            subscription.save(update_fields=[column, means])
            tombstones.bury(_STONES[means], subscription.pk, now)
