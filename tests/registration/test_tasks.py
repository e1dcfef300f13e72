"""The envelope: with CELERY_BROKER_URL set it goes through that broker; without it, through one in memory."""

import time
from urllib.parse import urlsplit

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from kombu import pools

from config.celery import app
from config.telling import Teller
from registration.domain import outbox
from registration.domain.backups import SHUT
from registration.models import Delivery, Outbox
from registration.tasks import deliver_outbox
from tests.registration.outbox.conftest import add, known  # noqa: F401  fixtures


@pytest.fixture
def broker(settings):
    if app.conf.task_always_eager:
        memory = {"polling_interval": 0.01}
        app.conf.update(task_always_eager=False, broker_url="memory://", broker_transport_options=memory)


@pytest.fixture
def teller():
    found = Teller()
    yield found
    found.close()


def forget_connections() -> None:
    pools.reset()
    app.amqp._producer_pool = None
    app._pool = None


@pytest.mark.django_db
def test_deliver_outbox_does_the_row(add):  # noqa: F811
    row = add()
    deliver_outbox(str(row.pk))
    deliver_outbox(str(row.pk))
    assert Delivery.objects.get().ref_id == row.ref_id


@pytest.mark.django_db
def test_s31_worker_does_nothing_while_an_old_database_is_brought_back(add, settings, tmp_path):  # noqa: F811
    settings.VAR_DIR = tmp_path
    (tmp_path / SHUT).touch()
    row = add()
    deliver_outbox(str(row.pk))
    row.refresh_from_db()
    assert (row.done_at, row.attempts) == (None, 0)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_rows_go_through_the_broker_once(broker, add, teller):  # noqa: F811
    rows = {add().ref_id for _ in range(5)}
    with start_worker(app, perform_ping_check=False, shutdown_timeout=20, queues=["mail"]):
        assert teller.look(lambda: False) == 5
        deadline = timezone.now().timestamp() + 20
        while outbox.waiting().exists() and timezone.now().timestamp() < deadline:
            time.sleep(0.05)
    assert set(Delivery.objects.values_list("ref_id", flat=True)) == rows
    assert set(Outbox.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_rows_are_done_by_the_relay_while_the_broker_is_away(add, teller):  # noqa: F811
    row = add()
    was_eager = app.conf.task_always_eager
    app.conf.update(task_always_eager=False, broker_write_url="amqp://guest:guest@127.0.0.1:1//")
    forget_connections()
    try:
        teller.look(lambda: False)
    finally:
        app.conf.update(broker_write_url=None, task_always_eager=was_eager)
        forget_connections()
    assert Delivery.objects.get().ref_id == row.ref_id


@pytest.mark.skipif(not settings.CELERY_BROKER_URL.startswith("amqp"), reason="CELERY_BROKER_URL names no RabbitMQ")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_rows_are_done_by_the_relay_while_the_broker_refuses_us(add, teller):  # noqa: F811
    row = add()
    place = urlsplit(settings.CELERY_BROKER_URL)
    app.conf.update(broker_write_url=f"amqp://guest:another@{place.hostname}:{place.port}//")
    forget_connections()
    try:
        teller.look(lambda: False)
    finally:
        app.conf.update(broker_write_url=None)
        forget_connections()
    assert Delivery.objects.get().ref_id == row.ref_id


@pytest.mark.django_db
def test_look_at_every_queue_asks_the_database_for_its_time_once(teller):
    with CaptureQueriesContext(connection) as asked:
        assert teller.look(lambda: False) == 0
    assert len([each for each in asked if "'now'" in each["sql"] or "clock_timestamp" in each["sql"]]) == 1
