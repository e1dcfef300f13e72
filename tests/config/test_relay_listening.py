"""How a relay is woken on PostgreSQL."""

import time

import pytest
from django.db import connection, connections

from config import relay
from registration.domain import outbox

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no NOTIFY"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def other():
    """What another process writes with, each word a commit of its own."""
    found = connections.create_connection("default")
    yield found
    found.close()


@pytest.fixture
def naps(monkeypatch):
    found = []
    monkeypatch.setattr(time, "sleep", found.append)
    return found


def test_r16_a_hundred_notices_at_once_are_one_pause(other, naps):
    relay.listen(0)
    with other.cursor() as cursor:
        for _ in range(100):
            cursor.execute(f"NOTIFY {outbox.CHANNEL}")
    relay.listen(5)
    relay.listen(0)
    assert naps == [relay.GATHER]


def test_relay_that_nobody_wakes_looks_again_after_its_time(naps):
    begun = time.monotonic()
    relay.listen(0.2)
    assert (naps, 0.2 <= time.monotonic() - begun < 2) == ([], True)
