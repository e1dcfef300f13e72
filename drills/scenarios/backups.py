"""What happens when the database is gone and comes from a backup."""

from __future__ import annotations

import time
import urllib.parse

from drills.client import Browser, fetch_form
from drills.ledger import Receipt
from drills.oracle import Window
from drills.registry import drill
from drills.stage import Stage

ORDER = ("--by", "Drill", "--reason", "The database is gone.")


@drill(
    "R-23",
    "The database is gone and comes from a backup",
    broken="`manage.py backup` while people come; then some have theirs deleted, the database is dropped, and "
    "`manage.py restore` brings it back while web server, relay and worker run",
    holds="who held a receipt when the backup began has their form, what was deleted stays deleted, each table has "
    "the rows that were written down, letters go on, and no letter comes twice",
)
def restored(stage: Stage) -> None:
    stage.start()
    backups = stage.folder / "backups"
    with stage.load(10):
        time.sleep(8)
        held, copied = len(stage.ledger.receipts()), time.time()
        stage.site.manage("backup", str(backups))
    stage.drain()
    made = next(backups.glob("*.backup"))
    receipts = stage.ledger.receipts()
    gone, late = receipts[:5], receipts[held:]
    for each in gone:
        _delete(stage, each)
    postgres, started = stage.stack.postgres, time.monotonic()
    with stage.fault("there is no database"):
        postgres.query(f'DROP DATABASE "{stage.database}" WITH (FORCE)')
        time.sleep(2)
        postgres.create_database(stage.database, "template0")
        printed = stage.site.manage("restore", str(made), *ORDER)
    # What waited when the backup began is sent by the restored outbox, too: docs/backup.md says so.
    stage.mailed_again.append(Window(copied, time.time()))
    stage.figures["dropped_and_back_in"] = round(time.monotonic() - started, 1)
    stage.must("the command says that all is back", "Everything that the backup held is back" in printed)
    forms = [_asked_again(stage, each) for each in gone]
    stage.must("what was deleted stays deleted", set(forms) <= {404, 410}, forms)
    kept = [_asked_again(stage, each) for each in receipts[5:held][:20]]
    stage.must("who held a receipt then has the form", set(kept) == {200}, f"{kept.count(200)} of {len(kept)}")
    stage.forget([*gone, *late])
    time.sleep(6)
    with stage.load(10):
        time.sleep(6)


def _asked_again(stage: Stage, receipt: Receipt) -> int:
    """The status of a form, asked for as often as it says to come again."""
    for _ in range(5):
        status = fetch_form(stage.doors, receipt.reference).status
        if status != 503:
            break
        time.sleep(1)
    return status


def _delete(stage: Stage, receipt: Receipt) -> None:
    browser = Browser(stage.doors, "10.252.0.1")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    reply = browser.send("POST", "/delete/", urllib.parse.urlencode({"reference": receipt.reference}).encode(), headers)
    browser.close()
    if reply.status != 200:
        raise AssertionError(f"deleting answered {reply.status}")
