"""What happens when bytes rot, a disk is full, a key changes or the database has to come from a copy."""

from __future__ import annotations

import secrets
import shutil
import time
from pathlib import Path

from drills.client import fetch_form
from drills.people import WEB
from drills.places import Missing, plain_environment, quietly
from drills.registry import drill
from drills.scenarios.web import everyone
from drills.services import POSTGRES_USER, postgres_program
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


@drill(
    "R-08",
    "The disk is full",
    broken="the database's disk, and the one of the logs, have no byte left for 15 seconds",
    holds="a form is stored, or refused before it is acknowledged with its answers given back; nothing in between",
    patience=160,
)
def disk_full(stage: Stage) -> None:
    data, logs = stage.folder / "small-data", stage.site.logs
    _mount(stage, data, "120m", owner=POSTGRES_USER)
    _mount(stage, logs, "2m")
    postgres = stage.stack.postgres
    postgres.query(f"CREATE TABLESPACE small LOCATION '{data}'")
    stage.closing.append(lambda: _leave(stage))
    postgres.query(f'ALTER DATABASE "{stage.database}" SET TABLESPACE small')
    stage.start()
    with stage.load(15) as running:
        time.sleep(6)
        with stage.fault("no space left"):
            for folder in (data, logs):
                _fill(folder / "ballast")
            time.sleep(15)
            for folder in (data, logs):
                (folder / "ballast").unlink()
        time.sleep(8)
    refused = [each for each in stage.ledger.answers() if each.status >= 500]
    stage.must("the full disk was felt", bool(refused), f"{len(refused)} refused")
    stage.must("each was given back", all(each.kept for each in refused), len(refused))
    everyone(stage, running.sent)


def _mount(stage: Stage, folder: Path, size: str, owner: str = "") -> None:
    """A file system of its own. Raises Missing where that is not allowed."""
    import os

    if os.geteuid() != 0:
        raise Missing("A small file system is mounted for this drill: run it as root.")
    folder.mkdir(exist_ok=True)
    quietly(["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(folder)], plain_environment())
    if owner:
        shutil.chown(folder, owner, owner)
        folder.parent.chmod(0o755)
    stage.closing.append(lambda: quietly(["umount", "-l", str(folder)], plain_environment()))


def _leave(stage: Stage) -> None:
    """The database goes with its disk."""
    stage.site.stop()
    stage.stack.postgres.query(f'DROP DATABASE "{stage.database}" WITH (FORCE)')
    stage.stack.postgres.query("DROP TABLESPACE small")


def _fill(path: Path) -> None:
    try:
        with path.open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 4096)
    except OSError:
        return


@drill(
    "R-23",
    "The database is gone and comes from a copy",
    broken="a copy is made while people come; the database is dropped; the copy is put in its place",
    holds="who held a receipt when the copy began has their form, letters go on, and no letter comes twice",
)
def restored(stage: Stage) -> None:
    stage.start()
    copy = stage.folder / "copy"
    with stage.load(10):
        time.sleep(8)
    held = len(stage.ledger.receipts())
    postgres, started = stage.stack.postgres, time.monotonic()
    stage.drain()
    quietly([postgres_program("pg_dump"), "-Fc", "-d", stage.url, "-f", str(copy)], plain_environment())
    with stage.fault("there is no database"):
        postgres.query(f'DROP DATABASE "{stage.database}" WITH (FORCE)')
        time.sleep(2)
        # Beside, and put in its place when it is whole: the site's processes would write into a half of it.
        beside = f"{stage.database}_beside"
        postgres.create_database(beside, "template0")
        restore = [postgres_program("pg_restore"), "-d", postgres.url(beside), "--no-owner", str(copy)]
        quietly(restore, plain_environment())
        postgres.query(f'ALTER DATABASE "{beside}" RENAME TO "{stage.database}"')
    copy.unlink()
    stage.figures["copied_and_back_in"] = round(time.monotonic() - started, 1)
    time.sleep(6)
    with stage.load(10):
        time.sleep(6)
    rows = int(postgres.query("SELECT count(*) FROM registration_application", stage.database))
    stage.must("everything of the copy is there", rows >= held, f"{rows} for {held}")
