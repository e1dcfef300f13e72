"""What is kept, for how long, and the forgetting."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction

from registration.models import Application, Contact, Document


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


def forget_sessions(now: datetime) -> None:
    """Delete the dashboard's sessions that are over, and from where they came."""
    Session.objects.filter(expire_date__lte=now).delete()
    origins = apps.get_model("usersessions", "UserSession").objects
    origins.exclude(session_key__in=Session.objects.values("session_key")).delete()
