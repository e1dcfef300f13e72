"""A day on which everything breaks: faults at random, one after another, under load. The seed says which."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from drills.registry import Drill
from drills.stage import Stage

PAUSE = (5.0, 25.0)


def _postgres(stage: Stage) -> None:
    stage.stack.postgres.immediate()
    stage.stack.postgres.start()


def _rabbitmq(stage: Stage) -> None:
    stage.stack.rabbitmq.kill9()
    time.sleep(10)
    stage.stack.rabbitmq.start()


def _redis(stage: Stage) -> None:
    stage.stack.redis.kill9()
    time.sleep(5)
    stage.stack.redis.start()


def _web(stage: Stage) -> None:
    assert stage.site.web is not None
    stage.site.web.kill9()
    stage.site.start_web()


def _worker(stage: Stage) -> None:
    stage.site.workers[-1].kill9()
    stage.site.start_worker()


def _relay(stage: Stage) -> None:
    stage.site.relays[-1].kill9()
    stage.site.start_relay()


def _mail(stage: Stage) -> None:
    for mode in ("421", "drop-after-DATA", "refuse"):
        stage.sink.mode.set(mode)
        time.sleep(5)
    stage.sink.mode.set("ok")


FAULTS: dict[str, Callable[[Stage], None]] = {
    "PostgreSQL restarts": _postgres,
    "RabbitMQ is killed": _rabbitmq,
    "Redis is killed": _redis,
    "the web server is killed": _web,
    "a worker is killed": _worker,
    "the relay is killed": _relay,
    "the mail server fails": _mail,
}


def destroy_day(minutes: float) -> Drill:
    def run(stage: Stage) -> None:
        chance = random.Random(stage.seed)  # noqa: S311  a die, no secret
        stage.start()
        stage.stack.redis.wipe()
        happened: list[str] = []
        with stage.load(8):
            end = time.monotonic() + minutes * 60
            while time.monotonic() < end:
                time.sleep(chance.uniform(*PAUSE))
                name = chance.choice(list(FAULTS))
                print(f"  {time.strftime('%H:%M:%S')}  {name}", flush=True)
                with stage.fault(name):
                    FAULTS[name](stage)
                happened.append(name)
            time.sleep(15)
        stage.also_unsure += happened.count("the web server is killed") * 4
        stage.figures |= {"minutes": minutes, "faults": {name: happened.count(name) for name in FAULTS}}
        stage.must("faults happened", bool(happened), len(happened))

    return Drill(
        "R-30",
        "A day on which everything breaks",
        "faults at random times: " + ", ".join(FAULTS),
        "all invariants",
        run,
        cache=True,
        patience=200,
    )
