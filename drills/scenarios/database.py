"""What happens when PostgreSQL goes away."""

from __future__ import annotations

import time

from drills.registry import drill
from drills.stage import Stage


@drill(
    "R-06",
    "PostgreSQL restarts under load",
    broken="all of PostgreSQL's processes are ended at once, as by `pg_ctl -m immediate`, and it starts again",
    holds="errors for 10 seconds at most, the pools recover by themselves, nothing that was acknowledged is lost",
)
def restart(stage: Stage) -> None:
    stage.start()
    with stage.load(10):
        time.sleep(10)
        for _ in range(2):
            with stage.fault("PostgreSQL restarts"):
                stage.stack.postgres.immediate()
                stage.stack.postgres.start()
            time.sleep(6)
    failed = [each.at for each in stage.ledger.answers() if each.status == 0 or each.status >= 500]
    ends = [*(window.began for window in stage.windows[1:]), float("inf")]
    spans = [
        max([at - window.began for at in failed if window.began <= at < end] or [0])
        for window, end in zip(stage.windows, ends, strict=True)
    ]
    took = [window.ended - window.began for window in stage.windows]
    stage.figures["restarts_took"] = [round(each, 1) for each in took]
    stage.must("errors for 10 s at most", max(spans) <= 10, ", ".join(f"{each:.1f} s" for each in spans))
