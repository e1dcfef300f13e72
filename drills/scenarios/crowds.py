"""What happens when too many come at once, or come to do harm."""

from __future__ import annotations

import contextlib
import gzip
import random
import socket
import threading
import time
import unicodedata
from dataclasses import replace

from drills.client import Browser, address_of, fetch_form, load, submit
from drills.oracle import text_of
from drills.people import API, WEB, Person
from drills.places import HOST
from drills.processes import memory
from drills.registry import drill
from drills.scenarios.web import everyone
from drills.stage import Stage, at_share

MEGABYTE = 1024 * 1024
#: A server process has 10 at most; the relay and the worker's two processes a few each.
MOST_CONNECTIONS = 30


@drill(
    "R-16",
    "A thousand people in one second",
    broken="from nobody to 1,000 connections at once, each with a form, on a server that has just started",
    holds="whoever is not served is told when to come again and keeps the answers; back to normal within 30 seconds",
    sms=False,
)
def herd(stage: Stage) -> None:
    stage.start()
    people = [stage.client.next_person() for _ in range(1000)]
    start = threading.Barrier(len(people) + 1)

    def come(person: Person) -> None:
        start.wait()
        stage.client.whole_way(person, reads_first=False, tries=20)

    threads = [threading.Thread(target=come, args=(person,), daemon=True) for person in people]
    for each in threads:
        each.start()
    with stage.fault("a thousand at once"):
        start.wait()
        begun = time.monotonic()
        for each in threads:
            each.join(max(0.1, 100 - (time.monotonic() - begun)))
    took = time.monotonic() - begun
    stage.figures |= {"served_in": round(took, 1), "connections_of_the_database": _connections(stage)}
    began = time.time()
    with load(stage.client, 5) as running:
        time.sleep(8)
    seconds = at_share(stage.answered_in(began, time.time()), 0.95)
    connections = stage.figures["connections_of_the_database"]
    stage.must("the pools are bounded", connections <= MOST_CONNECTIONS, f"{connections} connections")
    stage.must("everyone is served in the end", took < 100, f"{took:.1f} s")
    stage.must("back to normal after", seconds < 0.8, f"95 of 100 in {seconds:.3f} s")
    told = [each for each in stage.ledger.answers() if each.status == 503]
    stage.must("who is sent away is told when to come again", all(each.retry_after for each in told), len(told))
    stage.must("some were", bool(told), len(told))
    everyone(stage, len(people) + running.sent)


def _connections(stage: Stage) -> int:
    asked = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{stage.database}'"  # noqa: S608  our own name
    return int(stage.stack.postgres.query(asked))


@drill(
    "R-17",
    "People who come to do harm",
    broken="200 connections that send a header a second, a body of 11 MB, a gzip bomb, JSON nested 100,000 deep",
    holds="each is refused with a 4xx, the server's memory stays within bounds, and others are served",
    broker="",
)
def harm(stage: Stage) -> None:
    stage.start()
    pids = stage.site.web_workers()
    with stage.load(5) as running:
        time.sleep(4)
        before = memory(pids)
        slow = [_slow(stage) for _ in range(200)]
        bodies = {
            "11 MB": (b"first_name=" + b"a" * (11 * MEGABYTE), "application/x-www-form-urlencoded", ""),
            "gzip bomb": (gzip.compress(b"\0" * (100 * MEGABYTE)), "application/json", "gzip"),
            "deep JSON": (b"[" * 100_000 + b"]" * 100_000, "application/json", ""),
        }
        statuses = {name: _harm(stage, *body) for name, body in bodies.items()}
        for _ in range(5):
            for each in slow:
                with contextlib.suppress(OSError):
                    each.sendall(b"X-Slow: 1\r\n")
            time.sleep(1)
        after = memory(pids)
        for each in slow:
            each.close()
    for name, found in statuses.items():
        # A server may hang up on a body that it will not read.
        stage.must(f"{name} is refused", all(400 <= each < 500 or each == 0 for each in found), found)
    grown = (after - before) / MEGABYTE
    stage.must("the memory stays within 150 MB more", grown < 150, f"{grown:.0f} MB")
    everyone(stage, running.sent)


def _slow(stage: Stage) -> socket.socket:
    connection = socket.create_connection((HOST, stage.doors.ports[0]), timeout=5)
    connection.sendall(b"POST /apply/oh/ HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    return connection


def _harm(stage: Stage, body: bytes, kind: str, encoding: str) -> list[int]:
    statuses = []
    for path in ("/apply/oh/", "/api/v1/applications/"):
        browser = Browser(stage.doors, "10.254.0.1")
        headers = {"Content-Type": kind, "Authorization": f"Bearer {stage.doors.key}"}
        headers |= {"Content-Encoding": encoding} if encoding else {}
        statuses.append(browser.send("POST", path, body, headers).status)
        browser.close()
    return statuses


NASTY = (
    "",
    " ",
    "\0",
    "a\0b",
    "\x7f",
    "\ud7ff",
    "\ufffe",
    "\u202eright to left",
    "ש" * 40,
    "مرحبا",
    "👩‍👩‍👧‍👦",
    "e\u0301\u0302\u0303" * 30,
    "Z\u200d\u200c",
    "a" * 500,
    "'; DROP TABLE x; --",
    "{{ 7 * 7 }}",
    "<script>alert(1)</script>",
    "%00%0a",
    "../../etc",
    "0",
    "-1",
    "99999999999999999999",
    "1e309",
    "NaN",
    "null",
    "true",
    "\r\nSet-Cookie: a=b",
    "﷽",
    "ﬃ",
    "İ",
    "ß",
    "𝕬𝖇𝖈",
)


@drill(
    "R-18",
    "Nonsense in every field",
    broken="2,000 forms by the web and by the API, each with one to four fields of a list of hostile values",
    holds="no answer is a 5xx; what is taken prints",
    broker="",
)
def nonsense(stage: Stage) -> None:
    stage.start()
    chance = random.Random(stage.seed)  # noqa: S311  a die, no secret
    statuses: dict[int, int] = {}
    wrong: list[str] = []
    taken: list[str] = []
    for number in range(2000):
        person = stage.client.next_person(API if number % 2 else WEB)
        answers: dict[str, str] = dict(person.answers)
        fields = chance.sample(sorted(answers), chance.randint(1, 4))
        for name in fields:
            answers[name] = chance.choice(NASTY)
        odd = replace(person, answers=answers)
        stage.ledger.attempt(odd, time.time())
        reply = submit(Browser(stage.doors, address_of(odd)), odd, stage.doors.key)
        statuses[reply.status] = statuses.get(reply.status, 0) + 1
        if reply.status >= 500 or reply.status == 0:
            wrong.append(f"{reply.status} for {', '.join(fields)} ({odd.door})")
        if reply.status in (200, 201):
            taken.append(odd.reference)
    stage.figures["statuses"] = {str(status): count for status, count in sorted(statuses.items())}
    stage.must("no answer is a 5xx", not wrong, "; ".join(wrong[:3]) or len(wrong))
    broken = sum(not _prints(stage, each) for each in taken[:200])
    stage.must("what is taken prints", not broken, f"{len(taken[:200]) - broken} of {len(taken[:200])}")


def _prints(stage: Stage, reference: str) -> bool:
    reply = fetch_form(stage.doors, reference)
    try:
        return reply.status == 200 and bool(text_of(reply.body))
    except ValueError:
        return False


SCRIPTS = {
    "right to left": "שלום עליכם",
    "Arabic": "محمد عبد الله",
    "emoji": "Ana 👩‍👩‍👧‍👦",
    "zero": "a\0b",
    "combining": "Zoe\u0301\u0323",
    "joiner": "क्\u200dष",
    "five hundred": "Maximiliana " * 41,
    "Chinese": "王小明",
    "Hawaiian": "Kahakūʻai",
    "Vietnamese": "Nguyễn",
    "Navajo": "Tłʼízí Łizhinii",
    "Greek": "Ελένη",
    "full width": "ＡＢＣ",
    "override": "abc\u202edef",
}


@drill(
    "R-19",
    "Names of the whole world",
    broken="names right to left, with emoji, a zero byte, combining marks, joiners, 500 letters, in nine scripts",
    holds="each is refused with its field named, or printed as it was written",
    broker="",
)
def scripts(stage: Stage) -> None:
    stage.start()
    for name, value in SCRIPTS.items():
        person = stage.client.next_person(WEB)
        odd = replace(person, answers={**person.answers, "last_name": value}, language="en")
        stage.ledger.attempt(odd, time.time())
        reply = submit(Browser(stage.doors, address_of(odd)), odd, "")
        if reply.status == 422:
            said = b"last_name" in reply.body
            stage.must(f"{name}: refused, with the field named", said)
            continue
        form = fetch_form(stage.doors, odd.reference)
        stage.must(f"{name}: taken and printed", form.status == 200 and _says(form.body, value), reply.status)


def _says(pdf: bytes, value: str) -> bool:
    """Whether the letters of a name stand in a form, in whatever order a reader of right to left takes them from it."""
    wanted = unicodedata.normalize("NFC", value)
    letters = {each for each in wanted if unicodedata.category(each)[0] == "L"}
    return letters <= set(unicodedata.normalize("NFC", text_of(pdf)))
