"""What happens when bytes rot, and when keys change."""

from __future__ import annotations

import secrets
import time

from drills.client import fetch_form
from drills.people import WEB
from drills.registry import drill
from drills.scenarios.web import everyone
from drills.stage import Stage
from registration.domain.sealing import reference_hash


@drill(
    "R-28",
    "A byte of the sealed answers rots",
    broken="one bit of a person's ciphertext in the database is flipped",
    holds="it is noticed, said in the log, and no form is made of it; everybody else's form is as before",
    broker="",
)
def bit_rot(stage: Stage) -> None:
    stage.start()
    with stage.load(5):
        time.sleep(4)
    victim = stage.client.next_person(WEB)
    stage.client.once(victim)
    digest = reference_hash(victim.reference).hex()
    flip = "UPDATE registration_document SET sealed = set_bit(sealed, 400, 1 - get_bit(sealed, 400)) "
    stage.stack.postgres.query(f"{flip} WHERE reference_hash = '\\x{digest}'", stage.database)
    reply = fetch_form(stage.doors, victim.reference)
    stage.must("no form is made of it", reply.status == 410 and b"%PDF" not in reply.body[:8], reply.status)
    said = stage.site.said("sealed answers were changed or damaged")
    stage.must("the log says so", said == 1, said)


@drill(
    "R-22",
    "Keys change during traffic",
    broken="new keys for what is encrypted and for what waits, with the old ones to read; all processes start anew",
    holds="what was written under the old keys is read and sent, no request fails",
)
def keys_change(stage: Stage) -> None:
    stage.start(workers=0)
    second = stage.site.port + 400
    with stage.load(8) as running:
        time.sleep(6)
        for name in ("FIELD_KEYS", "DELIVERY_KEYS"):
            stage.site.settings[name] = f"second:{secrets.token_urlsafe(32)},{stage.site.settings[name]}"
        stage.site.start_web(second)
        stage.doors.ports[0] = second  # as a balancer does
        time.sleep(1)
        assert stage.site.web is not None
        stage.site.web.stop()
        stage.site.relays[0].stop()
        stage.site.start_relay()
        stage.site.start_worker()
        time.sleep(5)
    failed = [each for each in stage.ledger.answers() if each.status >= 500 or each.status == 0]
    stage.must("no request fails", not failed, len(failed))
    everyone(stage, running.sent)
