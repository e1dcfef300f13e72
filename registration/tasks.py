"""Celery envelopes: at most a primary key in, calls of the domain."""

from celery import shared_task
from django.utils import timezone

from registration.domain import mail, retention


@shared_task(name="registration.forget_expired")  # type: ignore[untyped-decorator]  # celery ships no types
def forget_expired() -> None:
    while retention.forget_expired(timezone.now()):
        pass
    while retention.forget_contacts(timezone.now()):
        pass
    retention.forget_sessions(timezone.now())


@shared_task(name="registration.send_mail")  # type: ignore[untyped-decorator]  # celery ships no types
def send_mail() -> None:
    mail.send_due(timezone.now())
