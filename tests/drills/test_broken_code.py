"""A drill can fail: with a safeguard taken out of the product, the same drill turns red in the very place.

Each runs twice, on the product as it is and on one of ``drills.broken``. Services of their own are started for it.
"""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from drills.people import API
from drills.places import run_folder, until
from drills.registry import Drill
from drills.running import SEED, perform, printed
from drills.stack import Stack
from drills.stage import Stage

pytestmark = pytest.mark.drills
#: Neither was a broker told of them, nor are they done.
UNTOLD = "SELECT count(*) FROM registration_outbox WHERE done_at IS NULL AND queued_until IS NULL"
FORGET = "UPDATE registration_outbox SET queued_until = NULL"


def people(stage: Stage, count: int) -> None:
    """By the API, one after the other."""
    for _ in range(count):
        assert stage.client.whole_way(stage.client.next_person(API)) is not None


def is_told(stage: Stage) -> bool:
    """Whether the relay was at everything that waits."""
    return stage.stack.postgres.query(UNTOLD, stage.database) == "0"


def start_worker(stage: Stage, at_once: int = 2) -> None:
    stage.site.start_worker(at_once=at_once)
    until(lambda: stage.site.said("%s ready.") > 0, 60, "the worker")


def broker_dies_with_what_it_took(stage: Stage) -> None:
    """It takes messages without reading them, as in the moment before a crash, held open for as long as this needs.

    The relay does nothing itself here, so that what is not told is not done either.
    """
    stage.start(workers=0, RELAY_DIRECT="0")
    people(stage, 1)
    until(lambda: is_told(stage), 20, "the relay's first message")
    rabbitmq = stage.stack.rabbitmq
    assert rabbitmq.program is not None
    rabbitmq.program.signal(signal.SIGSTOP)
    people(stage, 1)
    until(lambda: unread(rabbitmq.port) > 0, 20, "a message on its way")
    rabbitmq.kill9()
    rabbitmq.start()
    start_worker(stage)


def unread(port: int) -> int:
    """Bytes that came to a port of this machine and that nobody has read (proc_pid_net(5): local address, queues)."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(int(row[4].partition(":")[2], 16) for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "01")


def broker_away_while_people_come(stage: Stage) -> None:
    stage.start()
    stage.stack.redis.kill9()
    people(stage, 3)
    stage.stack.redis.start()


def broker_told_twice(stage: Stage) -> None:
    """Of each row, before anybody works, as of a broker that did not answer; the letters take two seconds."""
    stage.start(workers=0)
    people(stage, 2)
    until(lambda: is_told(stage), 20, "the relay's look")
    stage.stack.postgres.query(FORGET, stage.database)
    until(lambda: is_told(stage), 20, "the relay's second look")
    stage.sink.mode.set("slow=2")
    start_worker(stage, at_once=4)
    redis = stage.stack.redis
    left = ("mail", "sms", "unacked")
    until(lambda: not any(redis.command("EXISTS", name) for name in left), 60, "the broker's messages")


@dataclass(frozen=True)
class Case:
    """``red``: what does not hold without the safeguard, while everything else does."""

    name: str
    run: Callable[[Stage], None]
    broker: str
    red: set[str]
    patience: float = 6


CASES = (
    # A row that nobody is told of again waits for good, and its letter never comes.
    Case("no_confirms", broker_dies_with_what_it_took, "rabbitmq", {"I5", "I10"}, 15),
    Case("no_outbox", broker_away_while_people_come, "redis", {"I10"}),
    Case("no_lease", broker_told_twice, "redis", {"I4"}),
)


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with run_folder() as folder:
        made = Stack(folder)
        try:
            with ThreadPoolExecutor() as pool:
                list(pool.map(lambda name: getattr(made, name), ("postgres", "redis", "rabbitmq")))
            yield made
        finally:
            made.stop()


def fallen(case: Case, stack: Stack, settings: str) -> set[str]:
    """What did not hold under these settings."""

    def run(stage: Stage) -> None:
        stage.site.settings["DJANGO_SETTINGS_MODULE"] = settings
        case.run(stage)

    id = f"{case.name}-{settings.rpartition('.')[2]}".replace("_", "-")
    drill = Drill(id, case.name, case.name, "", run, broker=case.broker, patience=case.patience)
    report = perform(drill, stack, SEED)
    print(printed(report))
    assert report.trouble == ""
    return {each.id for each in report.verdicts if not each.passed}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_drill_holds_on_the_product(case, stack):
    assert fallen(case, stack, "drills.settings") == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_drill_turns_red_on_broken_code(case, stack):
    assert fallen(case, stack, f"drills.broken.{case.name}") == case.red
