"""Celery envelopes: at most a primary key in, calls of the domain."""

from celery import shared_task
from django.utils import timezone

from registration.domain import mail, retention, webhooks


@shared_task(name="registration.forget_expired")  # type: ignore[untyped-decorator]  # celery ships no types
def forget_expired() -> None:
    retention.forget_all(timezone.now)


@shared_task(name="registration.deliver_webhooks")  # type: ignore[untyped-decorator]  # celery ships no types
def deliver_webhooks() -> None:
    webhooks.deliver_due(timezone.now())


@shared_task(name="registration.send_mail")  # type: ignore[untyped-decorator]  # celery ships no types
def send_mail() -> None:
    mail.send_due(timezone.now())
