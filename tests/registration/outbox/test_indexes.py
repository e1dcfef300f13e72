"""However many rows are done or wait for a far day, what asks often reads those that it is about, by an index."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registration.domain import figures, outbox, retention
from registration.domain.outbox import by_hand
from registration.domain.retention import over
from registration.domain.subscriptions import replan
from registration.models import Outbox

pytestmark = [
    pytest.mark.django_db,
    # SQLite plans by what the indexes are; PostgreSQL by how many rows there are, too.
    pytest.mark.skipif(connection.vendor != "sqlite", reason="plans of SQLite"),
]
OFTEN: dict[str, Callable] = {
    "due": lambda now: outbox.due("mail", 10, now),
    "dead": lambda _now: list(by_hand.dead()),
    "figures": lambda now: list(figures.of_outbox(now)),
    "payloads": lambda now: over.payloads(now).exists(),
    "outbox": lambda now: over.outbox(now).exists(),
    "forget_payloads": lambda now: retention.forget_kind("payloads", now),
    "forget_outbox": lambda now: retention.forget_kind("outbox", now),
}


def plans(ask: Callable, now) -> list[str]:
    """The steps in which SQLite reads the outbox for all that ``ask`` asks."""
    with CaptureQueriesContext(connection) as asked:
        ask(now)
    found = []
    with connection.cursor() as cursor:
        for each in asked.captured_queries:
            if Outbox._meta.db_table in each["sql"] and each["sql"].startswith(("SELECT", "UPDATE", "DELETE")):
                cursor.execute("EXPLAIN QUERY PLAN " + each["sql"].replace("%", "%%"))
                found += [row[-1] for row in cursor.fetchall() if row[-1].startswith(("SCAN", "SEARCH"))]
    return found


@pytest.mark.parametrize("name", OFTEN)
def test_outbox_is_not_read_through(name, add, now):
    add()
    add(at=now + timedelta(days=90))
    found = plans(OFTEN[name], now)
    assert found != []
    assert [
        step for step in found if step.startswith("SCAN") and "outbox" in step and " INDEX outbox_" not in step
    ] == []


def test_handing_over_reads_nothing_of_the_months_to_come(add, now):
    add()
    found = [step for step in plans(lambda at: outbox.hand_over("mail", 10, at), now) if "outbox_due" in step]
    assert [step for step in found if "available_at<" not in step] == []
    assert found != []


def test_replanning_asks_no_second_question_about_every_row(add, now):
    add(at=now + timedelta(days=90))
    assert len(plans(replan, now)) == 1
