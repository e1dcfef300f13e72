"""Several processes at once, and ones that die or are held up."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from registration.delivery.base import DeliveryError
from registration.domain import webhooks
from registration.domain.webhooks.queue import LEASE, claim, record_failure, record_success
from registration.models import WebhookDelivery
from tests.registration.webhooks.receiving import after, status


def ids(receiver) -> Counter[str]:
    return Counter(each.headers["webhook-id"] for each in receiver.received)


@pytest.mark.django_db
def test_lease_is_one_processs_until_it_is_over(endpoint_at, receive, submit, moment):
    endpoint_at(receive().url)
    submit(moment)
    [held] = claim(Counter(), 0, moment)
    assert claim(Counter(), 0, moment + LEASE - timedelta(seconds=1)) == []
    [again] = claim(Counter(), 0, moment + LEASE)
    assert (held.attempt, again.attempt) == (1, 2)
    assert again.delivery.pk == held.delivery.pk


@pytest.mark.django_db
def test_late_worker_changes_nothing_after_its_lease(endpoint_at, receive, submit, moment):
    endpoint_at(receive().url)
    submit(moment)
    [late] = claim(Counter(), 0, moment)
    [holder] = claim(Counter(), 0, moment + LEASE)
    before = WebhookDelivery.objects.values().get()
    assert record_success(late, 200, moment + LEASE) is False
    assert record_failure(late, DeliveryError("gone", permanent=True, status=410), moment + LEASE) is False
    assert WebhookDelivery.objects.values().get() == before
    assert record_success(holder, 202, moment + LEASE) is True
    assert record_failure(holder, DeliveryError("refused", status=500), moment + LEASE) is False
    row = WebhookDelivery.objects.get()
    assert (row.state, row.last_status) == ("delivered", 202)


@pytest.mark.django_db
def test_what_was_on_its_way_when_the_endpoint_was_switched_off_says_how_it_went(
    endpoint_at, receive, submit, moment, order
):
    made = endpoint_at(receive().url)
    for _ in range(2):
        submit(moment)
    first, second = claim(Counter(), 0, moment)
    webhooks.change(made.endpoint, webhooks.Wish(made.endpoint.url, enabled=False), order)
    assert record_success(first, 200, moment) is True
    assert record_failure(second, DeliveryError("refused", status=500), moment) is True
    rows = WebhookDelivery.objects.order_by("pk")
    assert [(row.state, row.last_status, row.last_failure) for row in rows] == [
        ("delivered", 200, ""),
        ("given_up", 500, "endpoint_off"),
    ]


@pytest.mark.django_db
def test_claims_are_bounded_by_endpoint_and_in_all(endpoint_at, receive, submit, moment):
    for _ in range(5):
        endpoint_at(receive().url)
    for _ in range(6):
        submit(moment)
    taken = Counter(each.endpoint_id for each in claim(Counter(), 0, moment))
    assert sorted(taken.values()) == [4, 4, 4, 4]
    assert claim(taken, 0, moment) == []


@pytest.mark.django_db
def test_failing_endpoints_have_half_of_the_room(endpoint_at, receive, submit, moment):
    failing = [endpoint_at(receive().url).endpoint for _ in range(9)]
    submit(moment)
    submit(moment)
    for each in failing:
        each.failing_since = moment
        each.save()
    taken = Counter(each.endpoint_id for each in claim(Counter(), 0, moment))
    assert sorted(taken.values()) == [1] * 8


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_workers_at_once_send_each_message_once(unaudited_endpoint_at, receive, submit, moment):
    receiver = receive(after(0.02, status(200)))
    unaudited_endpoint_at(receiver.url)
    for _ in range(40):
        submit(moment)
    start, sent = threading.Barrier(4), []

    def work() -> None:
        try:
            start.wait()
            sent.append(webhooks.deliver_due(moment))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 40
    assert sorted(ids(receiver).values()) == [1] * 40
    assert {row.state for row in WebhookDelivery.objects.all()} == {"delivered"}


WORKER = """
import os, sys, time
import django
django.setup()
from django.utils import timezone
from registration.domain import webhooks
print("up", flush=True)
while not os.path.exists(sys.argv[1]):
    time.sleep(0.01)
print(webhooks.deliver_due(timezone.now()), flush=True)
"""


def worker(go) -> subprocess.Popen:
    """A process of its own on the test's database, which begins once the file ``go`` is there."""
    from django.conf import settings

    row = settings.DATABASES["default"]
    name = connection.settings_dict["NAME"]
    if row["ENGINE"].endswith("sqlite3"):
        address = f"sqlite:///{name}"
    else:
        address = f"postgres://{row['USER']}:{row['PASSWORD']}@{row['HOST']}:{row['PORT']}/{name}"
    environment = {**os.environ, "DATABASE_URL": address, "WEBHOOK_ALLOW_LOOPBACK": "true"}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(go)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "up\n"
    return process


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_processes_at_once_send_each_message_once(unaudited_endpoint_at, receive, submit, moment, tmp_path):
    receiver = receive(after(0.05, status(200)))
    unaudited_endpoint_at(receiver.url)
    for _ in range(30):
        submit(moment)
    workers = [worker(tmp_path / "go") for _ in range(2)]
    (tmp_path / "go").touch()
    sent = [int(each.communicate(timeout=60)[0]) for each in workers]
    assert sum(sent) == 30
    assert min(sent) > 0
    assert sorted(ids(receiver).values()) == [1] * 30


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_process_killed_between_sending_and_writing_down_is_made_up_for(
    unaudited_endpoint_at, receive, submit, moment, tmp_path
):
    receiver = receive(after(30, status(200)), status(200))
    unaudited_endpoint_at(receiver.url)
    submit(moment)
    (tmp_path / "go").touch()
    process = worker(tmp_path / "go")
    for _ in range(500):
        if receiver.received:
            break
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    later = moment + LEASE
    assert webhooks.deliver_due(moment + timedelta(seconds=30)) == 0
    assert webhooks.deliver_due(later + timedelta(seconds=10)) == 1
    assert ids(receiver) == {json.dumps(str(WebhookDelivery.objects.get().message_id)).strip('"'): 2}
    row = WebhookDelivery.objects.get()
    assert (row.state, row.attempts) == ("delivered", 2)


@pytest.mark.django_db
def test_what_was_forgotten_while_it_was_on_its_way_stays_forgotten(endpoint_at, receive, submit, moment):
    made = endpoint_at(receive().url)
    submit(moment)
    [held] = claim(Counter(), 0, moment)
    made.endpoint.delete()
    assert record_failure(held, DeliveryError("refused", status=500), moment) is False
    assert record_success(held, 200, moment) is False
