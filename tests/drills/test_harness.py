"""The ledger, the people, the proxy and the mail sink do what they say."""

import json
import smtplib
import socket
import threading
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from drills.client import Browser, Doors, Reply, gives_back, is_receipt
from drills.ledger import Ledger, read_lines
from drills.people import API, Crowd
from drills.places import HOST, Missing, free_port, program, until
from drills.proxy import Proxy
from drills.registry import all_drills, drill_of
from drills.running import LOG
from drills.smtp_sink import Sink
from registration.domain.sealing import normal_reference
from registration.forms.application_form import ApplicationForm
from tests.drills.test_oracle import receipt_of
from tests.registration.test_every_jurisdiction import setting

CROWD = Crowd(1, "test")


def test_people_are_the_same_for_a_seed_and_unlike_each_other():
    people = [CROWD.person(index) for index in range(200)]
    assert people == [Crowd(1, "test").person(index) for index in range(200)]
    assert Crowd(2, "test").person(0).answers != people[0].answers
    assert len({person.reference for person in people}) == 200
    assert len({person.answers["last_name"] for person in people}) == 200
    assert all(normal_reference(person.reference) == person.reference for person in people)
    assert normal_reference(CROWD.person(1, API).reference)


@pytest.mark.django_db
@pytest.mark.parametrize("index", range(16))
def test_people_answer_everything_that_their_state_asks(index):
    person = CROWD.person(index)
    form = ApplicationForm(setting(person.jurisdiction), person.answers)
    assert [(each.code, each.field) for each in form.complaints] == []


def test_ledger_gives_back_what_was_written(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    ledger.attempt(CROWD.person(0), 1.0)
    ledger.receipt(receipt_of(0))
    assert ledger.attempts() == {CROWD.person(0).reference}
    assert ledger.receipts() == [receipt_of(0)]
    assert ledger.receipts()[0].person == CROWD.person(0).__class__(**{**CROWD.person(0).as_json(), "language": "en"})


def test_ledger_survives_a_torn_last_line(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    for index in range(3):
        ledger.receipt(receipt_of(index))
    path = tmp_path / "ledger" / "receipts.jsonl"
    path.write_bytes(path.read_bytes()[:-10])
    assert [each["index"] for each in read_lines(path)] == [0, 1]


def test_ledger_is_whole_when_many_write(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    threads = [threading.Thread(target=ledger.receipt, args=(receipt_of(index),)) for index in range(40)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(each.index for each in ledger.receipts()) == list(range(40))


def test_receipt_is_the_full_page_of_this_reference_alone():
    person = next(each for each in map(CROWD.person, range(20)) if each.language == "en")
    page = f'<form action="/form/"><input name="reference" value="{person.reference}"></form></html>'
    assert is_receipt(person, Reply(200, page.encode())) == ""
    assert is_receipt(person, Reply(200, page.removesuffix("</html>").encode())) is None
    assert is_receipt(person, Reply(200, page.replace(person.reference, "other").encode())) is None
    assert is_receipt(person, Reply(422, page.encode())) is None
    by_api = CROWD.person(0, API)
    said = {"id": "7", "form": {"url": f"http://x/d/#{by_api.reference}"}}
    assert is_receipt(by_api, Reply(201, json.dumps(said).encode())) == "7"
    assert is_receipt(by_api, Reply(201, b'{"id": "7"}')) is None


def test_page_gives_back_what_was_typed():
    person = CROWD.person(0)
    page = f"{person.answers['last_name']} {person.answers['home_street']}"
    assert gives_back(person, Reply(503, page.encode()))
    assert not gives_back(person, Reply(503, b"Something went wrong"))


@pytest.mark.enable_socket
def test_browser_tells_a_cut_answer_from_a_whole_one():
    answers = [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\ncut",
    ]
    with socket.create_server((HOST, 0)) as server:
        doors = Doors([server.getsockname()[1]])
        replies = []
        for each in answers:
            thread = threading.Thread(target=lambda text=each: _answer(server, text))
            thread.start()
            browser = Browser(doors)
            replies.append(browser.send("GET", "/"))
            browser.close()
            thread.join()
    assert [(each.status, each.body) for each in replies] == [(200, b"whole"), (0, b"")]
    assert replies[1].error == "IncompleteRead"


def _answer(server: socket.socket, text: bytes) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(1000)
        connection.sendall(text)


def test_missing_program_is_named_with_its_package():
    with pytest.raises(Missing, match=r"no-such-program is not installed.*apt-get install its-package"):
        program("no-such-program", package="its-package")


def test_drills_have_ids_of_their_own_and_say_what_they_are():
    drills = all_drills()
    assert len({each.id for each in drills}) == len(drills)
    assert all(each.broken and each.holds and each.title for each in drills)
    assert drill_of("r-06").title == "PostgreSQL restarts under load"


def test_logs_are_of_known_drills_and_name_nobody():
    known = {each.id for each in all_drills()} | {"R-30"}
    for path in LOG.glob("*.json"):
        text = path.read_text()
        assert json.loads(text)["id"] in known
        assert "vxqk" not in text.lower()
        assert "/tmp/" not in text  # noqa: S108  a word to look for


@pytest.fixture
def sink(tmp_path):
    made = Sink(tmp_path)
    made.start()
    yield made
    made.stop()


def send(sink: Sink, number: int) -> None:
    letter = EmailMessage()
    letter["To"], letter["From"], letter["Subject"] = f"p{number}@people.example", "us@here.example", "Form"
    letter["Message-ID"] = f"<{number}@here.example>"
    letter.set_content("Ready.")
    with smtplib.SMTP(HOST, sink.port, timeout=5) as connection:
        connection.send_message(letter)


@pytest.mark.drills
def test_sink_keeps_what_it_takes_and_fails_as_told(sink):
    send(sink, 1)
    for mode, error in (("421", smtplib.SMTPRecipientsRefused), ("550", smtplib.SMTPRecipientsRefused)):
        sink.mode.set(mode)
        with pytest.raises(error):
            send(sink, 2)
    sink.mode.set("drop-after-DATA")
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(sink, 3)
    sink.mode.set("refuse")
    with pytest.raises((OSError, smtplib.SMTPServerDisconnected)):
        send(sink, 4)
    sink.mode.set("slow=0.5")
    begun = time.monotonic()
    send(sink, 5)
    assert time.monotonic() - begun >= 0.5
    assert sink.refused() == {"p2@people.example"}
    kept = [(each["message_id"], each["to"], each["answered"]) for each in sink.received()]
    assert kept == [
        ("<1@here.example>", ["p1@people.example"], True),
        ("<3@here.example>", ["p3@people.example"], False),
        ("<5@here.example>", ["p5@people.example"], True),
    ]


@pytest.fixture
def echo():
    with socket.create_server((HOST, free_port())) as server:
        threading.Thread(target=_echo, args=(server,), daemon=True).start()
        yield server.getsockname()[1]


def _echo(server: socket.socket) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_repeat, args=(connection,), daemon=True).start()


def _repeat(connection: socket.socket) -> None:
    with connection:
        try:
            while piece := connection.recv(100):
                connection.sendall(piece)
        except OSError:
            return


@pytest.fixture
def proxy(tmp_path: Path, echo: int):
    made = Proxy(tmp_path, "echo", echo)
    made.start()
    yield made
    made.stop()


def ask(proxy: Proxy, seconds: float = 1.0) -> bytes:
    with socket.create_connection((HOST, proxy.port), timeout=seconds) as connection:
        connection.sendall(b"hello")
        return connection.recv(100)


@pytest.mark.drills
def test_proxy_fails_as_told_and_recovers(proxy):
    assert ask(proxy) == b"hello"
    proxy.mode.set("latency=0.3")
    begun = time.monotonic()
    assert ask(proxy, 3) == b"hello"
    assert time.monotonic() - begun >= 0.6
    proxy.mode.set("drop")
    with pytest.raises(TimeoutError):
        ask(proxy)
    proxy.mode.set("refuse")
    until(lambda: not _is_open(proxy.port), 2, "refusing")
    proxy.mode.set("pass")
    until(lambda: _is_open(proxy.port), 2, "passing")
    with socket.create_connection((HOST, proxy.port), timeout=2) as held:
        held.sendall(b"hello")
        assert held.recv(100) == b"hello"
        proxy.mode.set("reset")
        with pytest.raises(ConnectionResetError):
            held.recv(100)
    proxy.mode.set("pass")
    assert ask(proxy) == b"hello"


def _is_open(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True
