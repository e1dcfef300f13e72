import time
from datetime import date, timedelta

import pytest
from celery.contrib.testing.worker import start_worker
from django.utils import timezone

from config.celery import app
from registration.domain import submission
from registration.domain.submission import Submission
from registration.models import Document
from registration.tasks import deliver_webhooks, forget_expired
from tests.registration.webhooks.conftest import (  # noqa: F401  fixtures
    loopback,
    moment,
    partner,
    receive,
    submit,
    unaudited_endpoint_at,
)


@pytest.fixture
def expired_document(applicant):
    then = timezone.now() - timedelta(days=31)
    sent = Submission(applicant, "en", date(2028, 11, 7))
    submission.submit(sent, reference=submission.new_reference(), now=then)
    assert Document.objects.count() == 1


@pytest.mark.django_db
def test_forget_expired_in_process(expired_document):
    forget_expired()
    assert Document.objects.count() == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_forget_expired_through_a_broker(expired_document):
    """With CELERY_BROKER_URL set this goes through that broker; without it, through one in memory."""
    if app.conf.task_always_eager:
        app.conf.update(
            task_always_eager=False, broker_url="memory://", broker_transport_options={"polling_interval": 0.01}
        )
    with start_worker(app, perform_ping_check=False, shutdown_timeout=20):
        forget_expired.delay()
        deadline = timezone.now() + timedelta(seconds=20)
        while Document.objects.exists() and timezone.now() < deadline:
            time.sleep(0.05)
    assert Document.objects.count() == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_webhooks_are_delivered_through_a_broker(unaudited_endpoint_at, receive, submit, moment):  # noqa: F811
    receiver = receive()
    unaudited_endpoint_at(receiver.url)
    submit(moment)
    if app.conf.task_always_eager:
        app.conf.update(
            task_always_eager=False, broker_url="memory://", broker_transport_options={"polling_interval": 0.01}
        )
    with start_worker(app, perform_ping_check=False, shutdown_timeout=20):
        deliver_webhooks.delay()
        deadline = timezone.now() + timedelta(seconds=20)
        while not receiver.received and timezone.now() < deadline:
            time.sleep(0.05)
    assert len(receiver.received) == 1


def test_schedule_looks_for_webhooks_and_drops_looks_that_nobody_took():
    entry = app.conf.beat_schedule["deliver-webhooks"]
    assert (entry["task"], entry["schedule"], entry["options"]) == (deliver_webhooks.name, 5, {"expires": 5})
