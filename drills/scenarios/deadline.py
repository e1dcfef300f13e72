"""What happens on the last day: there is simply much to do."""

from __future__ import annotations

import os
import time
from typing import Any

from drills.client import Load
from drills.registry import drill
from drills.scenarios.web import everyone
from drills.stage import Stage, at_share

#: Forms a second of a deadline's last hour, minutes of it, and the step to three times as many.
RATE, STEP, STEP_SECONDS = 60, 180, 60
#: People of the step who wait at once, each with a connection.
MOST_AT_ONCE = 1500
#: 95 of 100 forms are answered in so many seconds.
ANSWERED = 0.8


@drill(
    "R-20",
    "The last hour before a deadline",
    broken="nothing; 60 forms a second for 10 minutes (`LOAD_MINUTES`), each with the link by e-mail, then 180 "
    "a second for a minute; the people who send them and all services and workers are on the same two cores",
    holds="each form of the 60 a second is acknowledged, 95 of 100 in under 0.8 seconds; at 180 a second whoever "
    "is not served is told when to come again and keeps the answers; 15 minutes later nothing waits",
    patience=900,
    sms=False,
    cache=True,
)
def last_hour(stage: Stage) -> None:
    minutes = float(os.environ.get("LOAD_MINUTES", "10"))
    stage.start(idle=True, web_processes=2, SERVED_AT_ONCE="2")
    stage.client.whole_way(stage.client.next_person())  # who comes first waits for what is read once
    steady = Load(stage.client, RATE, MOST_AT_ONCE)
    began = time.time()
    steady.start()
    time.sleep(minutes * 60)
    steady.stop()
    took = time.time() - began
    held = len(stage.ledger.receipts())
    seconds = stage.answered_in(began, began + took)
    stage.figures["steady"] = _figures(stage, steady, seconds, took)
    everyone(stage, steady.sent)
    stage.must("60 a second are acknowledged", held >= minutes * 60 * RATE * 0.99, f"{held / took:.1f} a second")
    share = at_share(seconds, 0.95)
    stage.must(f"95 of 100 in under {ANSWERED} s", share < ANSWERED, f"{share:.3f} s")
    _step(stage)


def _step(stage: Stage) -> None:
    step = Load(stage.client, STEP, MOST_AT_ONCE)
    before = len(stage.ledger.receipts())
    with stage.fault("three times as many"):
        began = time.time()
        step.start()
        time.sleep(STEP_SECONDS)
        served = len(stage.ledger.receipts()) - before
        step.stop(120)
        took = time.time() - began
    stage.figures["step"] = _figures(stage, step, stage.answered_in(began, began + took), took)
    stage.figures["step"]["acknowledged_a_second"] = round(served / STEP_SECONDS, 1)
    told = [each for each in stage.ledger.answers() if each.status in (429, 503)]
    stage.figures["step"]["told_to_come_again"] = len(told)
    stage.must("who is sent away is told when to come again", all(each.retry_after for each in told), len(told))
    held = len(stage.ledger.receipts()) - before
    stage.must("everyone of the step holds a receipt in the end", held >= step.sent, f"{held} of {step.sent}")


def _figures(stage: Stage, load: Load, seconds: list[float], took: float) -> dict[str, Any]:
    return {
        "sent": load.sent,
        "a_second": round(load.sent / took, 1),
        "half": round(at_share(seconds, 0.5), 3),
        "95 of 100": round(at_share(seconds, 0.95), 3),
        "99 of 100": round(at_share(seconds, 0.99), 3),
        "slowest": round(max(seconds or [0]), 3),
    }
