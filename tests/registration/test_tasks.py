import time
from datetime import date, timedelta

import pytest
from celery.contrib.testing.worker import start_worker
from django.utils import timezone

from config.celery import app
from registration.domain import submission
from registration.domain.submission import Submission
from registration.models import Document
from registration.tasks import forget_expired


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
