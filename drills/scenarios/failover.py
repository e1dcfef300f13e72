"""What happens when the machine of the database is lost."""

from __future__ import annotations

import time

from drills.places import until
from drills.processes import Site
from drills.proxy import Proxy
from drills.registry import drill
from drills.scenarios.web import everyone
from drills.services import Postgres
from drills.stage import Stage


@drill(
    "R-07",
    "The database's machine is lost",
    broken="`kill -9` of the primary under load; its synchronous standby is promoted, and the address leads there",
    holds="forms are taken again within 60 seconds, nothing acknowledged is lost, the old primary cannot come back",
    patience=170,
)
def failover(stage: Stage) -> None:
    primary = stage.stack.postgres
    standby = Postgres(stage.stack.folder, "standby")
    standby.standby_of(primary)
    proxy = Proxy(stage.folder, "database", primary.port)
    proxy.start()
    stage.closing.append(proxy.stop)
    stage.site = Site(stage.folder, {**stage.site.settings, "DATABASE_URL": primary.url(stage.database, proxy.port)})
    stage.doors.ports[0] = stage.site.port
    stage.start()
    with stage.load(10) as running:
        time.sleep(8)
        with stage.fault("the primary is lost"):
            lost = time.time()
            primary.kill9()
            primary.data.rename(primary.folder / "fenced")  # it cannot be started by mistake
            standby.promote()
            stage.stack.take_over(standby)
            stage.url = standby.url(stage.database)
            proxy.lead_to(standby.port)
            led = time.time()
            until(lambda: _taken_since(stage, led), 90, "a form after the failover")
        back = time.time() - lost
        time.sleep(10)
    stage.must("forms are taken again within 60 s", back < 60, f"{back:.1f} s")
    assert primary.program is not None
    primary.program.start()
    code = primary.program.wait(10)
    stage.must("the old primary cannot come back", code not in (0, None), f"it ends with {code}")
    everyone(stage, running.sent)


def _taken_since(stage: Stage, moment: float) -> bool:
    return any(each.status in (200, 201) and each.at > moment for each in stage.ledger.answers())
