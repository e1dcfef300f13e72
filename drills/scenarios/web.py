"""What happens when the web server dies, ends or is asked the same thing many times."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from drills.client import Browser, address_of, hidden_reference, submit
from drills.people import WEB
from drills.processes import answers
from drills.registry import drill
from drills.stage import Stage

POINTS = (
    "submit.received",
    "submit.before_store",
    "submit.before_commit",
    "submit.after_commit",
    "submit.before_answer",
)


class Points:
    """Failpoints that are armed one at a time: each happens once when its file is taken away."""

    def __init__(self, stage: Stage, names: tuple[str, ...], what: str) -> None:
        self.files = {name: stage.folder / f"point-{name}" for name in names}
        for path in self.files.values():
            path.touch()
        self.setting = ",".join(f"{name}:{what}:{path}" for name, path in self.files.items())

    def arm(self, name: str) -> None:
        self.files[name].unlink()

    def happened(self, name: str) -> bool:
        return self.files[name].exists()


@drill(
    "R-01",
    "A web process dies while it takes a form",
    broken="`kill -9` of the server process at five points of a submission, from its arrival to just before the answer",
    holds="who sends the same form again gets the same receipt; the server is back within 10 seconds by itself",
)
def dies(stage: Stage) -> None:
    points = Points(stage, POINTS, "kill")
    stage.start(FAILPOINTS=points.setting)
    back: list[float] = []
    with stage.load(10) as running:
        time.sleep(3)
        for name in POINTS:
            with stage.fault(f"killed at {name}"):
                points.arm(name)
                begun = time.monotonic()
                while not points.happened(name) and time.monotonic() - begun < 20:
                    time.sleep(0.05)
                died = time.monotonic()
                time.sleep(0.3)
                _stand_up_again(stage, points)
                back.append(time.monotonic() - died)
            time.sleep(7)  # a server that dies again within 6 seconds is taken for broken, and ends
    stage.also_unsure = len(POINTS)
    stage.must("each point was reached", all(points.happened(name) for name in POINTS), len(back))
    stage.must("back within 10 s", max(back) <= 10, f"{max(back):.1f} s at most")
    everyone(stage, running.sent)


def _stand_up_again(stage: Stage, points: Points) -> None:
    """The server starts another process itself; where it ended altogether, whoever watches over it starts it."""
    assert stage.site.web is not None
    end = time.monotonic() + 40
    while time.monotonic() < end and not answers(stage.site.port):
        if not stage.site.web.is_running:
            stage.figures["started_again"] = stage.figures.get("started_again", 0) + 1
            stage.site.start_web(FAILPOINTS=points.setting)
        time.sleep(0.1)


def everyone(stage: Stage, sent: int) -> None:
    held, on_page = len(stage.ledger.receipts()), stage.handed_back()
    said = f"{held} of {sent}" + (f", and {on_page} have the form on the page" if on_page else "")
    stage.must("everyone who sent a form holds a receipt in the end", held + on_page >= sent, said)


@drill(
    "R-11",
    "The same form many times",
    broken="a double click, 20 at once, sent again after the answer, and from two tabs with other answers",
    holds="one record for each form; other answers under the same reference are refused with a new form to send",
    broker="",
)
def many_times(stage: Stage) -> None:
    stage.start(workers=0)
    for at_once in (2, 20):
        for _ in range(5):
            _at_once(stage, at_once)
    person = stage.client.next_person(WEB)
    first = stage.client.whole_way(person)
    again = [stage.client.once(person)[1] is not None for _ in range(3)]
    stage.must("sent again after the answer, it is the same", bool(first) and all(again), "3 times")
    other = replace(person, answers={**person.answers, "home_unit": "7"})
    reply = submit(Browser(stage.doors, address_of(person)), other, "")
    fresh = hidden_reference(reply.body)
    kept = other.answers["last_name"] in reply.body.decode()
    stage.must("other answers are refused", reply.status == 409, reply.status)
    stage.must("and come back with a new reference", kept and fresh not in ("", person.reference))
    # To another mailbox: two forms are two letters.
    new_form = replace(other, reference=fresh, email=person.email.replace("@", "b@"))
    stage.must("which makes a form of its own", stage.client.whole_way(new_form) is not None)


def _at_once(stage: Stage, count: int) -> None:
    person = stage.client.next_person()
    start = threading.Barrier(count)

    def send(_number: int) -> bool:
        start.wait()
        return stage.client.once(person)[1] is not None

    with ThreadPoolExecutor(count) as pool:
        done = list(pool.map(send, range(count)))
    stage.client.whole_way(person, reads_first=False)
    stage.must(f"{count} at once ({person.door}) all get the receipt", all(done), sum(done))


@drill(
    "R-15",
    "Everything is told to end",
    broken="SIGTERM to the web server while it takes a form for 4 seconds, and to a worker in the middle of a letter",
    holds="nothing is lost, no request fails, both end within 35 seconds",
)
def told_to_end(stage: Stage) -> None:
    points = Points(stage, ("submit.before_commit",), "sleep=4")
    stage.start(FAILPOINTS=points.setting, DRILL_PAUSE="0.5")
    other = stage.site.start_web(stage.site.port + 400)
    old, worker = stage.site.web, stage.site.workers[0]
    assert old is not None
    with stage.load(10) as running:
        time.sleep(4)
        points.arm("submit.before_commit")
        time.sleep(1)
        stage.doors.ports[0] = stage.site.port + 400  # as a balancer does before it ends a server
        time.sleep(0.5)
        web_took = _end(old.pid, lambda: old.wait(40))
        worker_took = _end(worker.pid, lambda: worker.wait(40))
        stage.site.start_worker()
        time.sleep(3)
    stage.must("the web server ended in time", web_took < 35, f"{web_took:.1f} s")
    stage.must("the worker ended in time", worker_took < 35, f"{worker_took:.1f} s")
    stage.must("the other server serves", other.is_running)
    everyone(stage, running.sent)


def _end(pid: int, wait: object) -> float:
    begun = time.monotonic()
    os.kill(pid, signal.SIGTERM)
    wait()  # type: ignore[operator]  # a function
    return time.monotonic() - begun
