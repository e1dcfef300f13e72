"""What is kept, for how long, and the forgetting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from registration.models import Application, Contact, Document, Invitation, WebhookEndpoint, WebhookMessage

#: How long the log of webhooks is kept, and with it what can be sent again; a removed endpoint's, too.
WEBHOOK_LOG = timedelta(days=30)
#: How long an invitation stays after its end, so that whoever sent it can see what became of it.
INVITATIONS = timedelta(days=30)


def forget_expired(now: datetime, *, limit: int = 1000) -> int:
    """Delete sealed answers whose time is over, at most ``limit``; returns how many. The application's row
    stays for counts, marked purged."""
    with transaction.atomic():
        # Rows that another process is forgetting just now are passed over, so that neither waits for the other.
        expired = Document.objects.select_for_update(skip_locked=True, of=("self",)).filter(expires_at__lte=now)
        keys = list(expired.order_by("expires_at").values_list("application_id", flat=True)[:limit])
        if keys:
            Document.objects.filter(application_id__in=keys).delete()
            Application.objects.filter(id__in=keys).update(status=Application.Status.PURGED)
    return len(keys)


def forget_contacts(now: datetime, *, limit: int = 1000) -> int:
    """Delete contacts whose time is over, at most ``limit``; returns how many. That there was one stays in the counts
    of its day."""
    with transaction.atomic():
        expired = Contact.objects.select_for_update(skip_locked=True, of=("self",)).filter(expires_at__lte=now)
        keys = list(expired.order_by("expires_at").values_list("pk", flat=True)[:limit])
        if keys:
            Contact.objects.filter(pk__in=keys).delete()
    return len(keys)


def forget_webhooks(now: datetime, *, limit: int = 1000) -> int:
    """Delete webhook messages older than WEBHOOK_LOG with the log of their deliveries, at most ``limit``, and endpoints
    removed so long ago; returns how many messages and endpoints."""
    before = now - WEBHOOK_LOG
    with transaction.atomic():
        old = WebhookMessage.objects.select_for_update(skip_locked=True).filter(created_at__lt=before)
        keys = list(old.order_by("created_at").values_list("pk", flat=True)[:limit])
        WebhookMessage.objects.filter(pk__in=keys).delete()
        removed = WebhookEndpoint.objects.select_for_update(skip_locked=True).filter(deleted_at__lt=before)
        gone = list(removed.values_list("pk", flat=True)[:limit])
        WebhookEndpoint.objects.filter(pk__in=gone).delete()
    return len(keys) + len(gone)


def forget_sessions(now: datetime, *, limit: int = 1000) -> int:
    """Delete the dashboard's sessions that are over, at most ``limit``, and from where they came; returns how many."""
    with transaction.atomic():
        keys = list(Session.objects.filter(expire_date__lte=now).values_list("pk", flat=True)[:limit])
        Session.objects.filter(pk__in=keys).delete()
        origins = apps.get_model("usersessions", "UserSession").objects
        origins.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return len(keys)


def forget_invitations(now: datetime, *, limit: int = 1000) -> int:
    """Delete invitations, and with them the address, some time after they were taken, withdrawn or ran out."""
    before = now - INVITATIONS
    over = Q(accepted_at__lt=before) | Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    keys = list(Invitation.objects.filter(over).values_list("pk", flat=True)[:limit])
    Invitation.objects.filter(pk__in=keys).delete()
    return len(keys)


#: Everything that has an end, with what it is called in the report of a run.
KINDS: dict[str, Callable[[datetime], int]] = {
    "sealed answers": forget_expired,
    "contacts": forget_contacts,
    "webhooks and their log": forget_webhooks,
    "sessions of the dashboard": forget_sessions,
    "invitations": forget_invitations,
}


def forget_all(clock: Callable[[], datetime]) -> dict[str, int]:
    """Forget whatever is due, some at a time until none is left; how many of each kind."""
    forgotten = dict.fromkeys(KINDS, 0)
    for name, forget in KINDS.items():
        while count := forget(clock()):
            forgotten[name] += count
    return forgotten
