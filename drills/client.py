"""People at browsers and partners' servers, over real HTTP: they send, wait, and try again with what they have."""

from __future__ import annotations

import http.client
import json
import random
import re
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from drills.ledger import Answer, Ledger, Receipt
from drills.people import API, WEB, Crowd, Person, digest
from drills.places import HOST

#: How long a person looks at a page that does not come, and how often they try again before they go home.
PATIENCE, TRIES = 30.0, 12
BOOLEANS = ("mailing_different", "helped", "name_changed", "no_street_address")


@dataclass(frozen=True, slots=True)
class Reply:
    """A full answer, or status 0 with the class of what went wrong."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    error: str = ""


@dataclass
class Doors:
    """Where people go: ports in the order in which they are tried, and the partner's key for the API."""

    ports: list[int]
    key: str = ""


class Browser:
    """One connection that is kept, as a browser does."""

    def __init__(self, doors: Doors, address: str = "10.0.0.1", timeout: float = PATIENCE) -> None:
        self.doors, self.timeout = doors, timeout
        self.address = address
        self._connection: http.client.HTTPConnection | None = None

    def send(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
        """The whole answer, or what kept it from coming."""
        begun = time.monotonic()
        port = self.doors.ports[0]
        if self._connection is None or self._connection.port != port:
            self.close()
            self._connection = http.client.HTTPConnection(HOST, port, timeout=self.timeout)
        try:
            self._connection.request(method, path, body, {"X-Forwarded-For": self.address, **(headers or {})})
            with self._connection.getresponse() as answer:
                data = answer.read()  # raises where the answer is cut short
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return Reply(0, seconds=time.monotonic() - begun, error=type(error).__name__)
        headers_of = {name.lower(): value for name, value in answer.getheaders()}
        if answer.will_close:
            self.close()
        return Reply(answer.status, data, headers_of, time.monotonic() - begun)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def web_form(person: Person, **more: str) -> bytes:
    return urllib.parse.urlencode({**person.answers, **person.messages, "reference": person.reference, **more}).encode()


def api_body(person: Person) -> bytes:
    answers: dict[str, object] = {**person.answers, "mailing_different": False}
    sent = {"jurisdiction": person.jurisdiction, "reference": person.reference, "answers": answers}
    wanted = person.messages
    messages = {name.removeprefix("messages_"): value == "yes" or value for name, value in wanted.items()}
    asked = {"messages": messages} if messages else {}
    return json.dumps({**sent, **asked, "lang": person.language}).encode()


def apply_path(person: Person) -> str:
    language = "" if person.language == "en" else f"/{person.language}"
    return f"{language}/apply/{person.jurisdiction.lower()}/"


def submit(browser: Browser, person: Person, key: str) -> Reply:
    if person.door == API:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
        return browser.send("POST", "/api/v1/applications/", api_body(person), headers)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    return browser.send("POST", apply_path(person), web_form(person), headers)


def is_receipt(person: Person, reply: Reply) -> str | None:
    """The application's id ("" from the web) where this is the full page or answer that says it is done, else None."""
    if person.door == API:
        if reply.status not in (200, 201):
            return None
        said = json.loads(reply.body)
        whole = said.get("id") and person.reference in said.get("form", {}).get("url", "")
        return str(said["id"]) if whole else None
    marks = (f'name="reference" value="{person.reference}"', 'action="' + _form_path(person), "</html>")
    text = reply.body.decode("utf-8", "replace")
    is_whole = reply.status == 200 and all(mark in text for mark in marks)
    return "" if is_whole and not is_handed_back(reply) else None


def is_handed_back(reply: Reply) -> bool:
    """Whether nothing was kept, as the page says, and the person has the form on it: no receipt, and no loss."""
    return reply.status == 200 and b'name="sealed"' in reply.body


def _form_path(person: Person) -> str:
    return "/form/" if person.language == "en" else f"/{person.language}/form/"


def gives_back(person: Person, reply: Reply) -> bool:
    """Whether whoever gets this answer still has what they typed: on the page, or in the program that sent it."""
    if person.door == API:
        return True
    text = reply.body.decode("utf-8", "replace")
    return all(person.answers[name] in text for name in ("last_name", "home_street"))


class Client:
    """Sends people, and writes down what they hold."""

    def __init__(self, doors: Doors, ledger: Ledger, crowd: Crowd, *, api_share: float = 0.25) -> None:
        self.doors, self.ledger, self.crowd, self.api_share = doors, ledger, crowd, api_share
        self._lock = threading.Lock()
        self._next = 0
        self.open = 0

    def next_person(self, door: str = "") -> Person:
        with self._lock:
            index, self._next = self._next, self._next + 1
        every = round(1 / self.api_share) if self.api_share and self.doors.key else 0
        return self.crowd.person(index, door or (API if every and index % every == 0 else WEB))

    def once(self, person: Person, browser: Browser | None = None) -> tuple[Reply, str | None]:
        """One try: the attempt is on disk before it is sent, the answer is noted after."""
        own = browser or Browser(self.doors, address_of(person))
        self.ledger.attempt(person, time.time())
        reply = submit(own, person, self.doors.key)
        made = is_receipt(person, reply)
        kept = reply.status >= 500 and gives_back(person, reply)
        retry_after = reply.headers.get("retry-after", "")
        self.ledger.answer(
            Answer(
                person.reference,
                time.time(),
                reply.seconds,
                reply.status,
                person.door,
                kept,
                reply.error,
                retry_after,
                is_handed_back(reply),
            )
        )
        if browser is None:
            own.close()
        return reply, made

    def whole_way(self, person: Person, *, reads_first: bool = True, tries: int = TRIES) -> Receipt | None:
        """As a person does: look at the page, send, and send the same again where it did not work."""
        browser = Browser(self.doors, address_of(person))
        with self._lock:
            self.open += 1
        try:
            if reads_first and person.door == WEB:
                browser.send("GET", apply_path(person))
            for count in range(1, tries + 1):
                reply, made = self.once(person, browser)
                if made is not None:
                    return self._hold(person, reply, made, count)
                if is_handed_back(reply):
                    return None
                if 400 <= reply.status < 500 and reply.status not in (408, 409, 429):
                    return None  # it is told what is wrong, and trying again would be told the same
                time.sleep(_pause(reply, count))
            return None
        finally:
            browser.close()
            with self._lock:
                self.open -= 1

    def _hold(self, person: Person, reply: Reply, application: str, tries: int) -> Receipt:
        receipt = Receipt(
            person.reference,
            digest(person.answers),
            person.answers,
            person.email,
            time.time(),
            reply.seconds,
            person.door,
            person.jurisdiction,
            person.index,
            tries,
            person.language,
            application,
        )
        self.ledger.receipt(receipt)
        return receipt


def _pause(reply: Reply, count: int) -> float:
    """Seconds before the next try: as many as the page says, or what a person's patience is."""
    said = reply.headers.get("retry-after", "")
    own = min(0.5 * count, 3) * random.uniform(0.5, 1.5)  # noqa: S311  a pause, no secret
    return max(own, float(said)) if said.isdigit() and reply.status != 429 else own


def address_of(person: Person) -> str:
    """An address of their own, as proxies tell it."""
    return f"10.{person.index >> 8 & 255}.{person.index & 255}.7"


class Load:
    """People who come at a steady rate, whatever happens: a slow site has more of them at once, not fewer a second."""

    def __init__(self, client: Client, rate: float, most_at_once: int = 200) -> None:
        self.client, self.rate = client, rate
        self._room = threading.Semaphore(most_at_once)
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._pacer = threading.Thread(target=self._run, daemon=True)
        self.sent = 0

    def start(self) -> None:
        self._pacer.start()

    def _run(self) -> None:
        due = time.monotonic()
        while not self._over.is_set():
            self._room.acquire()
            thread = threading.Thread(target=self._one, daemon=True)
            thread.start()
            self._threads = [each for each in self._threads if each.is_alive()] + [thread]
            self.sent += 1
            due = max(due + 1 / self.rate, time.monotonic() - 1)
            self._over.wait(max(0, due - time.monotonic()))

    def _one(self) -> None:
        try:
            self.client.whole_way(self.client.next_person(), reads_first=self.sent % 5 == 0)
        finally:
            self._room.release()

    def stop(self, seconds: float = 60) -> None:
        """Nobody new comes; those who are there end what they began."""
        self._over.set()
        self._pacer.join(5)
        end = time.monotonic() + seconds
        for each in list(self._threads):
            each.join(max(0.0, end - time.monotonic()))


class Readers:
    """People who only look: ``rate`` pages a second. ``statuses``: how often each came, 0 for no answer."""

    PAGES = ("/", "/state/oh/", "/apply/oh/", "/es/", "/compare/", "/api/v1/jurisdictions/")

    def __init__(self, doors: Doors, rate: float, threads: int = 4) -> None:
        self.doors, self._every = doors, threads / rate
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._run, args=(number,), daemon=True) for number in range(threads)]
        self.statuses: dict[int, int] = {}

    def _run(self, number: int) -> None:
        due, count = time.monotonic(), number
        browser = Browser(self.doors, f"10.253.{number}.1")
        while not self._over.is_set():
            status = browser.send("GET", self.PAGES[count % len(self.PAGES)]).status
            count += 1
            with self._lock:
                self.statuses[status] = self.statuses.get(status, 0) + 1
            due = max(due + self._every, time.monotonic() - 1)
            self._over.wait(max(0, due - time.monotonic()))
        browser.close()

    def __enter__(self) -> Readers:
        for each in self._threads:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for each in self._threads:
            each.join(PATIENCE)


@contextmanager
def load(client: Client, rate: float = 10) -> Iterator[Load]:
    running = Load(client, rate)
    running.start()
    try:
        yield running
    finally:
        running.stop()


def fetch_form(doors: Doors, reference: str, address: str = "10.255.0.1") -> Reply:
    """The PDF, as its owner downloads it."""
    browser = Browser(doors, address)
    body = urllib.parse.urlencode({"reference": reference}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    try:
        return browser.send("POST", "/form/", body, headers)
    finally:
        browser.close()


def hidden_reference(page: bytes) -> str:
    """The reference that a page of a form carries, "" where there is none."""
    found = re.search(rb'name="reference" value="([^"]*)"', page)
    return found.group(1).decode() if found else ""
