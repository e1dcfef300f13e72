"""People with unmistakable words come on every way there is, everything that can fail fails; then all is searched."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import signal
import time
import urllib.parse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from drills import canary_places, records
from drills.canary_people import canary, words
from drills.canary_places import Place
from drills.canary_sending import (
    BY_WEB,
    OWN_SITE,
    PARTNER,
    Sender,
    everything_by_api,
    everything_by_web,
    everything_by_widget,
    invalid,
    reaches,
)
from drills.client import Browser, Reply
from drills.people import API, WEB, Person
from drills.places import Program, until
from drills.registry import drill
from drills.scenarios.web import Points
from drills.searching import KINDS, SPELLINGS, Finder
from drills.stage import Stage

QUIET = "quiet"
WITH_PAPER = {"PRINT_SHOP": "true", "OFFER_SMS": "true", "SMS_URL": "console:", "ALERTS_TO": "alerts@operator.example"}
#: What is due within the hour is due now, whoever held it.
HURRY = """
UPDATE registration_outbox SET available_at = now(), queued_until = NULL, lease_until = NULL
WHERE done_at IS NULL AND dead_at IS NULL AND kind <> 'print_post' AND available_at < now() + interval '1 hour'
"""
#: The broker's, were it Redis, and the counts'.
REDIS_NUMBERS = (0, 1)
MAY_IN_TEXTS = ("telephone", "code of the form")
BY = ("--by", "Drill", "--reason", "A partner for a drill.")
#: Who stands in the files that the drill plants: a number of each kind is theirs.
PLANTED = ((82, "MO"), (83, "KY"))


@drill(
    "S-40",
    "What people wrote, looked for everywhere",
    broken="web form, widget, API, messages, paper, contacts, deletion, refusals; a 500, a killed web process and "
    "worker, a crash, 550 and 421 of the mail server, no database, no Redis (waits between tries are cut short)",
    holds="no name, address, birth date, number, e-mail address, telephone or code but where docs/canary.md allows it",
    cache=True,
    letters=False,
)
def canaries(stage: Stage) -> None:
    began = time.time()
    sender = Sender(stage)
    web = Points(stage, ("submit.received",), "fail"), Points(stage, ("submit.before_commit",), "kill")
    work = Points(stage, ("outbox.before_done",), "fail"), Points(stage, ("outbox.sent",), "kill")
    # The product as it is: real letters are asked for, so that no kind of row of the drills' own is needed.
    stage.site.settings |= {
        **WITH_PAPER,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "FAILPOINTS": ",".join(each.setting for each in (*web, *work)),
    }
    test_key = _partners(stage, sender)
    with _cores_allowed():
        stage.start()
    everything_by_web(sender)
    everything_by_widget(sender)
    everything_by_api(sender, test_key)
    invalid(sender)
    _keeps_nothing(sender)
    _work_fails(sender, *work)
    _mail_fails(sender)
    _web_fails(sender, *web)
    _services_away(sender)
    _deleted(sender)
    paper = _paper(sender)
    stage.site.manage("shell", "-c", f"from drills import inside; inside.export({PARTNER!r}, {str(_folder(stage))!r})")
    _hurry(stage)
    stage.drain()
    stage.figures["seconds_of_sending"] = round(time.time() - began)
    looked = time.monotonic()
    _look(stage, sender, paper, began)
    stage.figures["seconds_of_looking"] = round(time.monotonic() - looked)


@contextlib.contextmanager
def _cores_allowed() -> Iterator[None]:
    """What starts meanwhile may leave core dumps, unless it forbids that itself."""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)


def _folder(stage: Stage) -> Path:
    path = stage.folder / "exports"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _partners(stage: Stage, sender: Sender) -> str:
    """The partner asks questions; another one keeps nothing. Gives a test key."""
    manage = stage.site.manage
    said = manage("shell", "-c", f"from drills import inside; inside.ask_and_allow({PARTNER!r}, {OWN_SITE!r})")
    sender.questions = tuple(re.findall(r"\d+", said.split("questions")[-1]))
    manage("partner", "create", QUIET, "--name", "Quiet Partner", *BY)
    manage("partner", "storing", QUIET, "nothing", *BY)
    return _key(manage("partner", "key", PARTNER, "--mode", "test", *BY))


def _key(printed: str) -> str:
    return next(word for word in printed.split() if len(word) > 30 and "_" in word)


def _hidden(reply: Reply, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"'.encode(), reply.body)
    return found[1].decode() if found else ""


def _download(sender: Sender, way: str, person: Person, sealed: str = "") -> None:
    reference = {"reference": person.reference, **({"sealed": sealed} if sealed else {})}
    body = urllib.parse.urlencode(reference).encode()
    reply = sender.send(way, person, "POST", "/form/", body, **BY_WEB)
    sender.stage.must(f"{way}: the form is there", reply.body.startswith(b"%PDF"), reply.status)


def _keeps_nothing(sender: Sender) -> None:
    way = "partner that keeps nothing"
    person = sender.person(way, WEB, "KY")
    reply = sender.form(person, f"/embed/{QUIET}")
    _download(sender, way, person, _hidden(reply, "sealed"))
    sender.stage.kept_nowhere += 1


def _work_fails(sender: Sender, fails: Points, kills: Points) -> None:
    """The task that sends a letter raises, and the worker's process is killed after it has sent another."""
    stage = sender.stage
    for points, way in ((fails, "a task of the worker raises"), (kills, "worker killed in the middle of a letter")):
        name = next(iter(points.files))
        stage.drain()
        with stage.fault(way):
            points.arm(name)
            person = sender.person(way, WEB, "IA")
            sender.keep(person, sender.form(person, **sender.asking(person, "link_email", "link_sms")))
            until(partial(points.happened, name), 30, way)
            time.sleep(1)
            _hurry(stage)


def _hurry(stage: Stage) -> None:
    stage.stack.postgres.query(HURRY, stage.database)


def _mail_fails(sender: Sender) -> None:
    stage = sender.stage
    for answer in ("550", "421", "drop-after-DATA"):
        way = f"mail server: {answer}"
        stage.drain()
        with stage.fault(way):
            stage.sink.mode.set(answer)
            person = sender.person(way, WEB, "OH")
            sender.keep(person, sender.form(person, **sender.asking(person, "link_email")))
            until(partial(_says, stage, ANSWERED[answer]), 30, way)
            stage.sink.mode.set("ok")
            _hurry(stage)


_LINKS = "SELECT count(*) > 0 FROM registration_outbox WHERE kind = 'link_email' AND "
ANSWERED = {
    "550": _LINKS + "outcome = 'refused' AND done_at IS NOT NULL",
    "421": _LINKS + "deferrals > 0 AND done_at IS NULL",
    "drop-after-DATA": _LINKS + "deferrals > 0 AND done_at IS NULL",
}


def _says(stage: Stage, question: str) -> bool:
    return stage.stack.postgres.query(question, stage.database) == "True"


def _web_fails(sender: Sender, fails: Points, kills: Points) -> None:
    """500 at each door; then the process is killed, then it crashes as by a bug in C."""
    stage = sender.stage
    statuses = []
    for door, before in ((WEB, ""), (WEB, f"/embed/{PARTNER}"), (API, "")):
        fails.files["submit.received"].unlink(missing_ok=True)
        person = sender.person("an error of ours: 500", door, "MO")
        by_api = door == API
        statuses.append(
            (
                sender.api(person, stage.stack.api_key)
                if by_api
                else sender.form(person, before, **sender.asking(person))
            ).status
        )
    stage.must("an error of ours is a 500 at each door", statuses == [500] * 3, statuses)
    with stage.fault("the web process dies"):
        kills.arm("submit.before_commit")
        person = sender.person("web process killed in the middle", WEB, "KY")
        sender.form(person, **sender.asking(person, "link_email"))
        _back(stage)
        time.sleep(6.5)  # a server that dies again within 6 seconds is taken for broken, and ends
        person = sender.person("web process crashes (SIGSEGV)", WEB, "MO")
        sender.form(person)
        for pid in stage.site.web_workers():
            os.kill(pid, signal.SIGSEGV)
        _back(stage)
        sender.keep(person, sender.form(person))
    stage.also_unsure += 2


def _back(stage: Stage) -> None:
    time.sleep(0.3)
    until(lambda: reaches(stage.doors), 40, "the web server is back")


def _services_away(sender: Sender) -> None:
    stage, key = sender.stage, sender.stage.stack.api_key
    way = "database away"
    people = [sender.person(way, WEB, "OH"), sender.person(way, WEB, "KY"), sender.person(way, API, "MO")]
    # The frame's page was seen before: a process that just began knows no partner while the database is away.
    sender.send(way, people[1], "GET", f"/embed/{PARTNER}/apply/ky/")
    with stage.fault(way):
        stage.stack.postgres.immediate()
        replies = [sender.form(people[0], **sender.asking(people[0], *MESSAGES_BY_MAIL))]
        replies.append(sender.form(people[1], f"/embed/{PARTNER}"))
        replies.append(sender.api(people[2], key))
        for person, reply in zip(people[:2], replies, strict=False):
            _download(sender, way, person, _hidden(reply, "sealed"))
        stage.stack.postgres.start()
        _back(stage)
    with stage.fault("Redis is away"):
        stage.stack.redis.kill9()
        person = sender.person("Redis away", WEB, "MO")
        sender.keep(person, sender.form(person))
        stage.stack.redis.start()


MESSAGES_BY_MAIL = ("link_email", "remind_email")


def _deleted(sender: Sender) -> None:
    """What was kept is deleted, with more in the boxes than belongs there; a contact is withdrawn."""
    way = "deleted, and a contact withdrawn"
    for path in ("/delete/", "/contact/withdraw/"):
        person = sender.person(way, WEB, "MO")
        sender.form(
            person, query=f"?partner={PARTNER}", **sender.asking(person, "remind_email"), **sender.agreeing(person)
        )
        sender.consented.remove(person)
        body = urllib.parse.urlencode({**person.answers, "reference": person.reference}).encode()
        reply = sender.send(way, person, "POST", path, body, **BY_WEB)
        sender.stage.must(f"{path} finds it", reply.status == 200, reply.status)


def _paper(sender: Sender) -> tuple[Place, Place]:
    """Two people ask for their form on paper. The batch is looked at, and is erased when it is posted."""
    stage, asked = sender.stage, []
    for state in ("OH", "KY"):
        person = sender.person("form on paper from the print shop", WEB, state)
        sender.keep(person, sender.form(person, **sender.asking(person, "print_post")))
        asked.append(person.index)
    shop = stage.folder / "print-shop"
    stage.site.manage("print_export", str(shop), "--by", "Drill")
    found = canary_places.batch(Finder(stage.crowd), shop, frozenset(asked))
    folder = next(path for path in shop.iterdir() if path.is_dir())
    stage.must("one form for each who asked, and a manifest", len(list(folder.iterdir())) == len(asked) + 1, len(asked))
    stage.site.manage("print_posted", str(folder), "--by", "Drill")
    stage.must("the batch is erased when it is posted", not folder.exists())
    return found


def _look(stage: Stage, sender: Sender, paper: tuple[Place, Place], began: float) -> None:
    finder = Finder(stage.crowd)
    planted = tuple(canary(stage.crowd, index, WEB, state) for index, state in PLANTED)
    site, stack = stage.site, stage.stack
    stack.postgres.query("CHECKPOINT")
    consented = frozenset(person.index for person in sender.consented)
    exported, beyond = canary_places.export(finder, _folder(stage), consented)
    services = [each.program for each in (stack.postgres, stack.redis, stack.rabbitmq) if each.program]
    dumping = canary_places.may_dump(_pids(site.programs))
    running = canary_places.processes(finder, _pids([*site.programs, *services]))
    phones = "The number that a message goes to, in the file that takes the place of a provider."
    codes = "The link to the form, which the person asked for, holds its code behind the #."
    places = [
        canary_places.folder(finder, "logs of web server, relay and worker", site.logs, planted),
        canary_places.folder(finder, "the site's VAR_DIR but for text messages", _apart(stage), planted),
        canary_places.folder(finder, "text messages", site.folder / "sms", planted, may=MAY_IN_TEXTS,
                             why=f"{phones} {codes}"),
        canary_places.folder(finder, "the site's TMPDIR", site.temporary, planted),
        canary_places.folder(finder, "PostgreSQL's folder (data, write-ahead log, log)", stack.postgres.folder, planted,
                             deep=False),
        canary_places.texts(finder, "a dump of the database", [("dump", stack.postgres.dump(stage.database))]),
        canary_places.folder(finder, "Redis's folder (append-only file, dump, log)", stack.redis.folder, planted),
        canary_places.texts(finder, "every key and value of Redis", _of_redis(stage)),
        canary_places.folder(finder, "RabbitMQ's folder (messages, logs)", stack.rabbitmq.folder, planted),
        *canary_places.mails(finder, stage.sink.received(), frozenset(sender.mailed)),
        exported,
        *paper,
        running,
        canary_places.texts(finder, "/metrics, health, and the audit as printed", _printed(stage)),
        canary_places.shared_folders(finder, began, stack.folder),
        canary_places.source_folder(finder, began),
    ]  # fmt: skip
    _judge(stage, sender, places)
    stage.must("an export holds nothing beyond what was agreed to", not beyond, ", ".join(beyond))
    found = {each.who for names in exported.searched.found.values() for each in names}
    stage.must("and everybody who agreed", found == consented, f"{len(found)} of {len(consented)}")
    stage.must("no process of the site may leave a core dump", not dumping, ", ".join(dumping))
    left = canary_places.cores(began, site.folder)
    stage.must("no core dump lies about", not left, ", ".join(left))


def _pids(programs: list[Program]) -> list[int]:
    return [pid for each in programs if each.is_running for pid in canary_places.with_children(each.pid)]


def _apart(stage: Stage) -> Path:
    """VAR_DIR without the text messages, which go beside it to be looked at on their own."""
    beside = stage.site.folder / "sms"
    (stage.site.var / "sms").rename(beside)
    return stage.site.var


def _of_redis(stage: Stage) -> list[tuple[str, bytes]]:
    import redis

    parts = []
    for number in REDIS_NUMBERS:
        with redis.Redis(port=stage.stack.redis.port, db=number) as connection:
            for key in connection.scan_iter():
                parts.append((f"a key of database {number}", key + b" " + (connection.dump(key) or b"")))
    return parts


def _printed(stage: Stage) -> list[tuple[str, bytes]]:
    browser = Browser(stage.doors)
    browser.address = ""
    manage = stage.site.manage
    parts = [("audit", manage("audit", "list").encode()), ("health", manage("health").encode())]
    try:
        reply = browser.send("GET", "/metrics", b"", {"Authorization": f"Bearer {METRICS_TOKEN}"})
        stage.must("the metrics are there", b"enfranchise_" in reply.body, reply.status)
        return [*parts, ("metrics", reply.body)]
    finally:
        browser.close()


METRICS_TOKEN = "a-token-of-a-drill-that-is-long-enough"  # noqa: S105  of a site that lives for minutes
WITH_PAPER["METRICS_TOKEN"] = METRICS_TOKEN


def _judge(stage: Stage, sender: Sender, places: list[Place]) -> None:
    leaked = dict.fromkeys(sender.who, 0)
    for place in places:
        place.judge()
        for where, each in place.leaks:
            leaked[each.who] = leaked.get(each.who, 0) + 1
            way = sender.who.get(each.who, "somebody")
            print(f"  leak: {each.kind} {each.part} ({each.spelling}) of {way!r} in {place.name}: {where}")
        stage.must(f"{place.name}: nothing beyond what may be there", not place.leaks, f"{len(place.leaks)} finds")
        if place.control[1]:
            stage.must("and what was planted there is found", place.control[0] == place.control[1],
                       f"{place.control[0]} of {place.control[1]} spellings")  # fmt: skip
    stage.figures["looked_for"] = {
        "people": len(sender.who),
        "words": sum(len(words(person)) for way in sender.ways for person in way.people),
        "kinds": list(KINDS),
        "spellings": list(SPELLINGS),
    }
    stage.figures["places"] = [place.as_json() for place in places]
    stage.figures["ways"] = [
        {
            "way": way.name,
            "people": len(way.people),
            "words": sum(len(words(person)) for person in way.people),
            "answers": {str(status): count for status, count in sorted(way.answers.items())},
            "leaks": sum(leaked.get(person.index, 0) for person in way.people),
        }
        for way in sender.ways
    ]
    stage.figures["rows_waiting"] = records.waiting(stage.url)
