"""What happens when the broker, its memory or a worker goes away."""

from __future__ import annotations

import time

from drills import records
from drills.places import until
from drills.registry import drill
from drills.scenarios.web import Points, everyone
from drills.stage import Stage, at_share

WORK_POINTS = ("outbox.claimed", "outbox.sent", "outbox.before_done", "outbox.after_done")


@drill(
    "R-02",
    "A worker dies in the middle of a letter",
    broken="`kill -9` of a worker's process when it has taken a row, sent the letter, is about to write it down, "
    "has written it; then of the whole worker",
    holds="one letter each, or the same letter again with an equal Message-ID",
    patience=160,
)
def worker_dies(stage: Stage) -> None:
    points = Points(stage, WORK_POINTS, "kill")
    stage.start(workers=0)
    stage.site.start_worker(FAILPOINTS=points.setting)
    with stage.load(8):
        time.sleep(3)
        with stage.fault("workers die"):
            for name in WORK_POINTS:
                points.arm(name)
                time.sleep(3)
            stage.site.workers[0].kill9()
        stage.site.start_worker()
        time.sleep(3)
    stage.must("each point was reached", all(points.happened(name) for name in WORK_POINTS), len(WORK_POINTS))
    stage.drain()
    letters = {each["message_id"] for each in stage.sink.received()}
    asked = stage.asked()
    stage.must("each person's letter came", len(letters) >= asked, f"{len(letters)} letters for {asked}")


@drill(
    "R-03",
    "RabbitMQ is away",
    broken="`kill -9` of RabbitMQ for 40 seconds under load",
    holds="95 of 100 forms are taken in under 0.8 seconds as if nothing was; letters go on; it drains after",
)
def broker_away(stage: Stage) -> None:
    stage.start()
    with stage.load(10) as running:
        time.sleep(6)
        began = time.time()
        stage.stack.rabbitmq.kill9()  # no window: nobody may notice
        time.sleep(40)
        ended, waiting = time.time(), records.waiting(stage.url)
        stage.stack.rabbitmq.start()
        time.sleep(5)
    seconds = at_share(stage.answered_in(began, ended), 0.95)
    stage.figures |= {"seconds_95_without_broker": round(seconds, 3), "waiting_without_broker": waiting}
    stage.must("95 of 100 forms in under 0.8 s without the broker", seconds < 0.8, f"{seconds:.3f} s")
    everyone(stage, running.sent)


@drill(
    "R-04",
    "RabbitMQ forgets everything",
    broken="with work in its queues, the queues are purged; then its virtual host is deleted and made anew",
    holds="all of it is told again and done within 2 minutes and a half",
    patience=170,
)
def rabbitmq_forgets(stage: Stage) -> None:
    stage.start(workers=0)
    rabbitmq = stage.stack.rabbitmq
    with stage.load(10):
        time.sleep(8)
        rabbitmq.control("purge_queue", "mail", "-p", stage.name)
        time.sleep(3)
        rabbitmq.delete_vhost(stage.name)
        rabbitmq.add_vhost(stage.name)
        time.sleep(3)
    _heals(stage)


def _heals(stage: Stage) -> None:
    """A worker comes, and everything that the broker forgot is done."""
    stage.site.start_worker()
    took = stage.drain()
    stage.must("healed within 150 s", took < 150, f"{took:.0f} s")


@drill(
    "R-04b",
    "Redis forgets everything",
    broken="with Redis as the broker and work in its queues: FLUSHALL",
    holds="all of it is told again and done within 2 minutes and a half",
    broker="redis",
    patience=170,
)
def redis_forgets(stage: Stage) -> None:
    stage.start(workers=0)
    with stage.load(10):
        time.sleep(8)
        stage.stack.redis.wipe()
        time.sleep(2)
    _heals(stage)


@drill(
    "R-05",
    "Redis dies, sleeps and is full",
    broken="Redis counts the requests and is the broker: `kill -9` for 10 seconds, DEBUG SLEEP 8, no memory left",
    holds="no answer is a 5xx",
    broker="redis",
    cache=True,
)
def redis_away(stage: Stage) -> None:
    stage.start()
    redis = stage.stack.redis
    with stage.load(10) as running:
        time.sleep(5)
        redis.kill9()
        time.sleep(10)
        redis.start()
        time.sleep(5)
        redis.command("DEBUG", "SLEEP", "8", seconds=20)
        time.sleep(5)
        redis.command("CONFIG", "SET", "maxmemory", "1")
        time.sleep(10)
        redis.command("CONFIG", "SET", "maxmemory", "0")
        if not stage.site.workers[0].is_running:  # as whoever watches over it does
            stage.figures["worker_started_again"] = 1
            stage.site.start_worker()
        time.sleep(4)
    wrong = [each for each in stage.ledger.answers() if each.status >= 500 or each.status == 0]
    stage.must("no answer is a 5xx", not wrong, f"{len(wrong)} of {len(stage.ledger.answers())}")
    everyone(stage, running.sent)


@drill(
    "R-13",
    "A row that nobody can do",
    broken="one letter among hundreds cannot be made, whoever tries (the pauses between the tries are cut short)",
    holds="all others are sent, the one is set aside after 5 tries with an alert, and nothing turns in circles",
)
def poison(stage: Stage) -> None:
    bad = stage.folder / "poison.txt"
    stage.start(workers=0, DRILL_POISON=str(bad))
    receipt = stage.client.whole_way(stage.client.next_person("api"))
    assert receipt is not None
    bad.write_text(receipt.application)
    stage.site.start_worker(DRILL_POISON=str(bad))
    with stage.load(25):
        time.sleep(30)
    hurry = "UPDATE registration_outbox SET available_at = now() WHERE outcome = 'ValueError' AND dead_at IS NULL"
    stage.expected_dead = 1
    until(lambda: records.waiting(stage.url) <= 1, 60, "all but the one", 0.5)
    for _ in range(20):
        if not records.waiting(stage.url):
            break
        stage.stack.postgres.query(hurry, stage.database)
        time.sleep(2)
    failed = stage.site.said('"an outbox row failed"')
    aside = stage.site.said('"an outbox row is set aside"')
    stage.must("5 tries", failed == 5, failed)
    stage.must("one alert", aside == 1, aside)
    letters = len({each["message_id"] for each in stage.sink.received()})
    asked = stage.asked()
    stage.must("all others are sent", letters == asked - 1, f"{letters} of {asked}")


@drill(
    "R-27",
    "A worker sleeps longer than its lease",
    broken="SIGSTOP of a worker in the middle of its letters for 125 seconds, while another and two relays go on",
    holds="the letters are another's by then: the late worker writes nothing down; each chore is done by one relay",
    patience=170,
)
def late_worker(stage: Stage) -> None:
    import signal

    stage.start(relays=2, workers=0, DRILL_PAUSE="1")
    sleeper = stage.site.start_worker(DRILL_PAUSE="1")
    with stage.load(3):
        time.sleep(8)
    with stage.fault("a worker sleeps"):
        sleeper.signal(signal.SIGSTOP)
        stage.site.start_worker()
        time.sleep(125)
        sleeper.signal(signal.SIGCONT)
        time.sleep(8)
    # Awake, it finds the letter another's, or is ended at once since its time is over.
    late = stage.site.said("came back after its lease was over") + stage.site.said("time limit (%ss) exceeded")
    stage.must("the late worker was refused or ended", late >= 1, f"{late} times")


@drill(
    "R-10",
    "The mail server is slow, says no, or hangs up",
    broken="the mail server takes 15 seconds, says 421, says 550, hangs up after the message, answers nobody",
    holds="text messages go on at once; what was refused for good blocks nothing; forms can be had all the time",
    patience=170,
)
def mail_away(stage: Stage) -> None:
    stage.start(workers=0)
    stage.site.start_worker("mail")
    stage.site.start_worker("sms,print", 1)
    with stage.load(5) as running:
        for mode in ("ok", "slow=15", "421", "550", "drop-after-DATA", "refuse"):
            with stage.fault(f"mail server: {mode}"):
                stage.sink.mode.set(mode)
                time.sleep(8)
        stage.sink.mode.set("ok")
        time.sleep(3)
        wrong = [each for each in stage.ledger.answers() if each.status >= 500 or each.status == 0]
        texts = len(stage.site.texts())
        asked = stage.asked()
        stage.must("text messages go on", texts >= asked - 25, f"{texts} of {asked}")
    stage.must("no form failed for it", not wrong, len(wrong))
    everyone(stage, running.sent)
