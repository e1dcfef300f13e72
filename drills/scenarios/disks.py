"""What happens when a disk is full: the database's, its write-ahead log's, the one of the logs, our own."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from drills.places import Missing, listens, plain_environment, quietly, until
from drills.registry import drill
from drills.scenarios.web import everyone
from drills.services import POSTGRES_USER, Postgres, postgres_program
from drills.stage import Stage

#: Seconds between two looks for alerts, and some.
ALERT_COMES = 90


@drill(
    "R-08",
    "The disk is full",
    broken="our own disk is 85 percent full; then the database's, and the one of the logs, have no byte left for 15 "
    "seconds",
    holds="an alert comes at 80 percent; a form is stored, or its owner has it on the page or the answers back",
    patience=160,
)
def disk_full(stage: Stage) -> None:
    data, logs, var = stage.folder / "small-data", stage.site.logs, stage.site.var
    mount(stage, data, "120m", owner=POSTGRES_USER)
    mount(stage, logs, "4m")
    mount(stage, var, "40m")
    fill(var / "ballast", 34)
    postgres = stage.stack.postgres
    postgres.query(f"CREATE TABLESPACE small LOCATION '{data}'")
    stage.closing.append(lambda: _leave(stage))
    postgres.query(f'ALTER DATABASE "{stage.database}" SET TABLESPACE small')
    stage.start()
    began = time.monotonic()
    with stage.load(15) as running:
        time.sleep(6)
        with stage.fault("no space left"):
            for folder in (data, logs):
                fill(folder / "ballast")
            time.sleep(15)
            for folder in (data, logs):
                (folder / "ballast").unlink()
        time.sleep(8)
    _felt(stage)
    everyone(stage, running.sent)
    until(lambda: stage.site.said('"disk_full"') > 0, ALERT_COMES, "an alert of the full disk", 0.5)
    stage.must("an alert comes at 80 percent", True, f"after {time.monotonic() - began:.0f} s")


@drill(
    "R-08b",
    "The disk of the write-ahead log is full",
    broken="the file system of PostgreSQL's write-ahead log has no byte left for 12 seconds, at which it ends; it is "
    "started when there is room again",
    holds="a form is stored, or its owner has it on the page or the answers back; what was acknowledged is there after",
    patience=160,
)
def log_full(stage: Stage) -> None:
    wal = stage.folder / "small-wal"
    mount(stage, wal, "64m", owner=POSTGRES_USER)
    small = _cluster(stage, wal)
    stage.start()
    with stage.load(15) as running:
        time.sleep(6)
        with stage.fault("no space for the write-ahead log"):
            fill(wal / "ballast")
            time.sleep(12)
            ended = small.program is None or not small.program.is_running or not small.is_ready()
            (wal / "ballast").unlink()
            if not listens(small.port) or not small.is_ready():
                small.kill9()
                small.start()
        time.sleep(8)
    stage.figures["postgres_ended"] = ended
    _felt(stage)
    everyone(stage, running.sent)


def _cluster(stage: Stage, wal: Path) -> Postgres:
    """One of its own for this drill, with a write-ahead log of small segments in ``wal``."""
    shared = stage.stack.postgres
    small = Postgres(stage.folder, "small")
    small.settings |= {"max_wal_size": "8MB", "min_wal_size": "2MB"}
    small.create(wal / "log", segment_megabytes=1)
    copy = stage.folder / "base.dump"
    quietly([postgres_program("pg_dump"), "-Fc", "-d", stage.url, "-f", str(copy)], plain_environment())
    small.create_database(stage.database, "template0")
    stage.move_to(small)
    quietly([postgres_program("pg_restore"), "-d", stage.url, "--no-owner", str(copy)], plain_environment())
    copy.unlink()

    def back() -> None:
        stage.site.stop()
        stage.stack.take_over(shared)
        small.stop()

    stage.closing.append(back)
    return small


def _felt(stage: Stage) -> None:
    refused = [each for each in stage.ledger.answers() if each.status >= 500]
    on_page = stage.handed_back()
    stage.must("the full disk was felt", bool(refused) or on_page > 0, f"{len(refused)} refused, {on_page} on the page")
    lost = [each for each in refused if not each.kept]
    stage.must("each refused one was given back", not lost, f"{len(lost)} of {len(refused)} were not")


def mount(stage: Stage, folder: Path, size: str, owner: str = "") -> None:
    """A file system of its own. Raises Missing where that is not allowed."""
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


def fill(path: Path, megabytes: int = 0) -> None:
    """``megabytes`` of the disk, or all that is left."""
    try:
        with path.open("wb", buffering=0) as file:
            while not megabytes or file.tell() < megabytes * 1024 * 1024:
                file.write(b"\0" * 4096)
    except OSError:
        return
