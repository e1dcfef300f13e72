"""What a drill works with: a site of its own on the shared services, people, and the oracle's judgement at the end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from drills import canary, oracle, records
from drills.client import Client, Doors, Load, fetch_form, load
from drills.ledger import Ledger, Receipt
from drills.oracle import Verdict, Window
from drills.people import Crowd
from drills.places import NotReady, until
from drills.processes import Site
from drills.registry import Drill
from drills.services import Postgres
from drills.smtp_sink import Sink
from drills.stack import BASE, Stack

#: Forms that are read of a run that made more.
FORMS_READ = 60


class Stage:
    """``musts``: (what must hold, whether it does, the figure). ``windows``: while something is broken.
    ``mailed_again``: whose letters may come a second time although nothing was."""

    def __init__(self, drill: Drill, stack: Stack, seed: int) -> None:
        self.drill, self.stack, self.seed = drill, stack, seed
        self.name = drill.id.lower().replace("-", "")
        self.folder = stack.folder / self.name
        self.folder.mkdir(mode=0o700)
        self.database = f"{self.name}"
        stack.postgres.create_database(self.database, BASE)
        self.sink = Sink(self.folder)
        self.site = Site(self.folder, self._settings())
        self.crowd = Crowd(seed, drill.id, sms=drill.sms)
        self.ledger = Ledger(self.folder / "ledger")
        self.doors = Doors([self.site.port], stack.api_key)
        self.client = Client(self.doors, self.ledger, self.crowd)
        self.windows: list[Window] = []
        self.mailed_again: list[Window] = []
        self.musts: list[Verdict] = []
        self.figures: dict[str, Any] = {}
        self.expected_dead = 0
        self._forgotten: set[str] = set()
        #: Requests that a fault cut short although no answer tells so, such as one whose process was killed after it.
        self.also_unsure = 0
        #: Forms of which nothing was to be kept: they are counted.
        self.kept_nowhere = 0
        self.closing: list[Callable[[], object]] = []
        self.url = stack.postgres.url(self.database)
        self.sink.start()  # the last of all, so that nothing is left where another part failed

    def _settings(self) -> dict[str, str]:
        stack, drill = self.stack, self.drill
        settings = {
            **stack.settings,
            "DATABASE_URL": stack.postgres.url(self.database),
            "EMAIL_URL": self.sink.url,
        }
        if drill.broker == "rabbitmq":
            stack.rabbitmq.add_vhost(self.name)
            settings["CELERY_BROKER_URL"] = stack.rabbitmq.url(self.name)
        elif drill.broker == "redis":
            settings["CELERY_BROKER_URL"] = stack.redis.url(0)
        if drill.broker == "redis" or drill.cache:
            stack.redis.wipe()
        if drill.cache:
            settings["CACHE_URL"] = stack.redis.url(1)
        return settings

    def start(
        self, *, web_processes: int = 1, relays: int = 1, workers: int = 1, idle: bool = False, **more: Any
    ) -> None:
        """The site's processes; relay and workers only where there is a broker. ``idle``: whether workers leave the
        cores to the web server while it wants them."""
        if self.drill.broker:
            for _ in range(relays):
                self.site.start_relay(**more)
            for _ in range(workers):
                self.site.start_worker(idle=idle, **more)
        if web_processes:
            self.site.start_web(workers=web_processes, **more)

    @contextmanager
    def load(self, rate: float = 10) -> Iterator[Load]:
        with load(self.client, rate) as running:
            yield running
        self.figures["people"] = running.sent

    @contextmanager
    def fault(self, what: str) -> Iterator[None]:
        """While this runs, and ten seconds longer, errors may be the fault's doing."""
        began = time.time()
        try:
            yield
        finally:
            self.windows.append(Window(began, time.time(), what))
            self.figures.setdefault("fault_seconds", round(time.time() - began, 1))

    def must(self, what: str, holds: bool, figure: object = "") -> None:
        self.musts.append(Verdict("must", bool(holds), f"{what}: {figure}" if figure != "" else what))

    def answered_in(self, began: float, ended: float) -> list[float]:
        """Seconds that full answers took which came between the two moments."""
        return sorted(each.seconds for each in self.ledger.answers() if each.status and began <= each.at <= ended)

    def forget(self, receipts: list[Receipt]) -> None:
        """Of these nothing has to be there any more: their owners had it deleted, or came after a backup was made."""
        self._forgotten |= {each.reference for each in receipts}

    def move_to(self, postgres: Postgres) -> None:
        """The site's database, which is there, is that of another cluster."""
        self.stack.take_over(postgres)
        self.url = self.site.settings["DATABASE_URL"] = postgres.url(self.database)

    def handed_back(self) -> int:
        """People who have their form on the page, since it could not be stored."""
        return len({each.reference for each in self.ledger.answers() if each.handed_back})

    def asked(self) -> int:
        """People who hold a receipt and asked for messages."""
        return sum(bool(each.person.messages) for each in self.ledger.receipts())

    def drain(self) -> float:
        """Wait until nothing is left to do; gives the seconds."""
        try:
            took = until(lambda: not records.waiting(self.url), self.drill.patience, "the outbox", 0.5)
        except NotReady:
            took = self.drill.patience
        self.figures["drained_after"] = max(round(took, 1), self.figures.get("drained_after", 0.0))
        return took

    def settle(self) -> list[Verdict]:
        """After the drill: drain, judge. The site must run."""
        self.drain()
        return [*self.musts, *self._judge()]

    def _judge(self) -> list[Verdict]:
        receipts = [each for each in self.ledger.receipts() if each.reference not in self._forgotten]
        answers = self.ledger.answers()
        mails, kept = self.sink.received(), records.read(self.url)
        handed_back = sum(each.handed_back for each in answers)
        cut_short = sum(each.status == 0 or each.status >= 500 for each in answers)
        seconds = sorted(each.seconds for each in answers if each.status)
        self.figures |= {
            "receipts": len(receipts),
            "tried_again": sum(each.tries > 1 for each in receipts),
            "seconds_half": round(at_share(seconds, 0.5), 3),
            "seconds_95": round(at_share(seconds, 0.95), 3),
            "outbox": kept.outbox,
        }
        owed = receipts if self.drill.letters else []
        return [
            oracle.i1_receipts(receipts, kept),
            oracle.i2_attempts(self.ledger.attempts(), kept),
            oracle.i3_forms(receipts, self._form, self.crowd.mark, FORMS_READ),
            oracle.i4_mails(mails, [*self.windows, *self.mailed_again]),
            oracle.i5_outbox(kept, self.expected_dead),
            self._canaries(),
            oracle.i7_errors(answers, self.windows),
            self._audit(),
            oracle.i9_counts(kept, cut_short + self.also_unsure, handed_back, self.kept_nowhere),
            oracle.i10_letters(owed, mails, self.sink.refused(), self.expected_dead),
        ]

    def _form(self, reference: str) -> bytes:
        reply = fetch_form(self.doors, reference)
        return reply.body if reply.status == 200 else b""

    def _canaries(self) -> Verdict:
        people = [each.person for each in self.ledger.receipts()]
        search = canary.Search(self.crowd.mark, self.crowd.mail_mark, people)
        found = search.folder(self.site.folder)
        for folder, deep in self.stack.folders():
            found += search.folder(folder, deep=deep)
        found += search.data(self.stack.postgres.dump(self.database), "a dump of the database")
        messages = self.sink.received()
        for number, message in enumerate(messages):
            found += search.mail(message["raw"], f"mail {number}")
        folders = 1 + len(self.stack.folders())
        return oracle.i6_canaries(found, f"{folders} folders, a dump and {len(messages)} mails searched")

    def _audit(self) -> Verdict:
        try:
            return oracle.i8_audit(self.site.manage("audit", "verify"), "")
        except NotReady as error:
            known = "unrecognized arguments" not in str(error)
            return oracle.i8_audit("", str(error).splitlines()[-1] if known else "")

    def close(self) -> None:
        for each in reversed(self.closing):
            each()
        self.site.stop()
        self.sink.stop()
        self.ledger.close()


def at_share(values: list[float], share: float) -> float:
    """The value below which ``share`` of them lie; 0 where there is none."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0
