"""Which rows of each kind are over. ``now`` may lie in the past: the same question then finds what is late."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

import state_rules
from registration.domain import rules
from registration.domain.retention.lengths import lasts
from registration.models import (
    SITE_SLUG,
    Contact,
    Delivery,
    Document,
    Invitation,
    Mail,
    Outbox,
    Partner,
    PrintBatch,
    RateWindow,
    Subscription,
    Tombstone,
    WebhookEndpoint,
    WebhookMessage,
)

#: A subscription that was ended stays so long, so that the page that says so can be read again.
AFTER_END = timedelta(days=1)


def sealed_answers(now: datetime) -> QuerySet[Document]:
    return Document.objects.filter(expires_at__lte=now).order_by("expires_at")


def contacts(now: datetime) -> QuerySet[Contact]:
    return Contact.objects.filter(expires_at__lte=now).order_by("expires_at")


def contacts_forbidden(now: datetime) -> QuerySet[Contact]:
    """Those of states whose law has come to forbid that anything is kept."""
    return Contact.objects.filter(jurisdiction__in=_forbidding(now), created_at__lte=now)


def _forbidding(now: datetime) -> list[str]:
    return [
        standing.jurisdiction.code
        for standing, on in rules.everywhere(now)
        if state_rules.keeping(standing.jurisdiction, on) == "forbidden"
    ]


def subscriptions(now: datetime) -> QuerySet[Subscription]:
    """Whose time is over, and those by which nothing has been sent any more for a while: each means was ended so long
    ago or never wanted. Ending one erases where to, so that its day alone tells which of the two it was. Also those of
    whom an organization brought, where a state's law comes to forbid that anything is kept."""
    ended = now - AFTER_END
    no_email = Q(email=None, email_ended_at=None) | Q(email_ended_at__lte=ended)
    no_sms = Q(phone=None, sms_ended_at=None) | Q(sms_ended_at__lte=ended)
    quiet = no_email & no_sms & (Q(mailed_at=None) | Q(mailed_at__lte=ended)) & Q(created_at__lte=ended)
    brought = Q(application__isnull=False) & ~Q(application__partner__slug=SITE_SLUG)
    forbidden = brought & Q(jurisdiction__in=_forbidding(now), created_at__lte=now)
    return Subscription.objects.filter(Q(expires_at__lte=now) | quiet | forbidden)


def payloads(now: datetime) -> QuerySet[Outbox]:
    """What rows still carry that are over, are too late, or were set aside a while ago. Not of those at work now."""
    ended = Q(done_at__lte=now) | Q(useful_until__lte=now) | Q(dead_at__lte=now - lasts("payloads"))
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    return Outbox.objects.filter(ended, free, payload__isnull=False)


def outbox(now: datetime) -> QuerySet[Outbox]:
    before = now - lasts("outbox")
    # Due that long, too, which an index knows: the reminders of the months to come are not read through for it.
    unwanted = Q(done_at=None, dead_at=None, useful_until__lte=before, available_at__lte=before)
    return Outbox.objects.filter(Q(done_at__lte=before) | Q(dead_at__lte=before) | unwanted)


def print_batches(now: datetime) -> QuerySet[PrintBatch]:
    """Files that nobody said were posted or came back. Their rows end as other payloads do."""
    return PrintBatch.objects.filter(exported_at__lte=now - lasts("print_batches"))


def deliveries(now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(at__lte=now - lasts("deliveries"))


def webhooks(now: datetime) -> QuerySet[WebhookMessage]:
    return WebhookMessage.objects.filter(created_at__lt=now - lasts("webhooks")).order_by("created_at")


def endpoints(now: datetime) -> QuerySet[WebhookEndpoint]:
    return WebhookEndpoint.objects.filter(deleted_at__lt=now - lasts("endpoints"))


def mails(now: datetime) -> QuerySet[Mail]:
    return Mail.objects.filter(created_at__lte=now - lasts("mails"))


def sessions(now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lte=now)


def invitations(now: datetime) -> QuerySet[Invitation]:
    before = now - lasts("invitations")
    over = Q(accepted_at__lt=before) | Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    return Invitation.objects.filter(over)


def sign_ups(now: datetime) -> QuerySet[Partner]:
    """Organizations that nobody approved. One whose name is erased is done."""
    waiting = Partner.objects.filter(approved_at=None, created_at__lte=now - lasts("sign_ups"))
    return waiting.exclude(slug=SITE_SLUG).exclude(name="")


def accounts(now: datetime) -> QuerySet[User]:
    """People who belong to no organization any more. Not the operators' own."""
    before = now - lasts("accounts")
    unused = Q(last_login=None) | Q(last_login__lte=before)
    nobodys = User.objects.filter(memberships=None, is_staff=False, is_superuser=False, date_joined__lte=before)
    return User.objects.filter(unused, pk__in=nobodys.values("pk"))


def rate_windows(now: datetime) -> QuerySet[RateWindow]:
    return RateWindow.objects.filter(window__lt=int((now - lasts("rate_windows")).timestamp()))


def tombstones(now: datetime) -> QuerySet[Tombstone]:
    """Only what stands in the journal, too: a restored backup is judged by that."""
    return Tombstone.objects.filter(at__lte=now - lasts("tombstones"), journaled_at__isnull=False)
