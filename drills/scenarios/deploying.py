"""What happens when the servers are replaced."""

from __future__ import annotations

import time

from drills.client import Readers, load
from drills.registry import drill
from drills.scenarios.web import everyone
from drills.stage import Stage

EXPAND = "SET lock_timeout = '2s'; ALTER TABLE registration_application ADD COLUMN drill_later text NULL"
CONTRACT = "SET lock_timeout = '2s'; ALTER TABLE registration_application DROP COLUMN drill_later"


@drill(
    "R-14",
    "Servers are replaced while a table changes",
    broken="under 50 requests a second, 10 of them forms: a column is added, web server, relay and worker are replaced "
    "twice, as if on to a release and back from it, and the column is dropped",
    holds="no request fails",
)
def deploy(stage: Stage) -> None:
    stage.start()
    old = stage.site.web
    with Readers(stage.doors, 40) as readers, load(stage.client, 10) as running:
        time.sleep(4)
        _change(stage, EXPAND)
        for turn in (1, 2):
            port = stage.site.port + 400 + turn
            new = stage.site.start_web(port)
            stage.doors.ports[0] = port  # as a balancer does
            time.sleep(1)
            assert old is not None
            stage.figures[f"old_server_ended_in_{turn}"] = round(old.stop(), 1)
            old = new
            stage.site.relays[-1].stop()
            stage.site.start_relay()
            stage.site.workers[-1].stop()
            stage.site.start_worker()
            time.sleep(3)
        _change(stage, CONTRACT)
        time.sleep(3)
    failed = [each for each in stage.ledger.answers() if each.status >= 500 or each.status == 0]
    stage.must("no request fails", not failed, f"{len(failed)} of {len(stage.ledger.answers())}")
    stage.figures["pages_read"] = {str(status): count for status, count in sorted(readers.statuses.items())}
    stage.must("no page fails", set(readers.statuses) == {200}, stage.figures["pages_read"])
    everyone(stage, running.sent)


def _change(stage: Stage, statement: str) -> None:
    """A change that does not get its lock in two seconds lets the others go first, and tries again."""
    import psycopg

    for _ in range(10):
        try:
            stage.stack.postgres.query(statement, stage.database)
        except psycopg.errors.LockNotAvailable:
            stage.figures["lock_tried_again"] = stage.figures.get("lock_tried_again", 0) + 1
            time.sleep(0.5)
        else:
            return
    raise TimeoutError("the table was never free")
