"""S-40 for the web form: unique values go through every path, failures included; then the disk is searched."""

import base64
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

import state_rules
from registration.domain.submission import new_reference
from registration.models import Application, Contact, Document

ROOT = Path(__file__).resolve().parent.parent.parent
CANARIES = {
    "last_name": "Zyxcanarylast",
    "first_name": "Qwvcanaryfirst",
    "middle_name": "Jkxcanarymiddle",
    "home_street": "90817 Canarystreet Vbx",
    "home_city": "Canarycity Wqz",
    "mailing_street": "PO Box 5550917",
    "licence": "CNRY4417365902",
    "ssn4": "7391",
    "telephone": "404-555-0177",
    "party_other": "Canaryparty Xvq",
    "helper_name": "Canaryhelper Pfj",
    "helper_address": "77120 Canaryhelperstreet Kdz",
    "home_description": "Canarydescription Lrw",
    "home_landmarks": "Canarylandmark Gzt",
    "home_crossroads": "Canarycrossroad Bnv",
    "contact_email": "canarymail.hwq@vbx-canary.example",
    "contact_phone": "404-555-0188",
}
#: The partner "demo" asks both of these, so that what is typed for them is kept, encrypted, and found nowhere.
QUESTIONS = ("email", "phone")
SAID_YES = {f"contact_question_{number}": "yes" for number, _means in enumerate(QUESTIONS, 1)}
ASK = f"""
from django.utils import timezone
from registration.models import OptInQuestion, Partner
for number, means in enumerate({QUESTIONS!r}, 1):
    partner = Partner.objects.get(slug="demo")
    OptInQuestion(pk=number, partner=partner, means=means, text="May we?", created_at=timezone.now()).save()
"""
# Four digits stand anywhere by chance, so the last four of the SSN are looked for only beside a separator.
SEARCHED = {name: value for name, value in CANARIES.items() if name != "ssn4"}
ANSWERS = {
    **CANARIES,
    "citizen": "yes", "eighteen": "yes", "other_rule": "no",
    "birth_month": "7", "birth_day": "19", "birth_year": "1953",
    "home_zip": "63101", "mailing_different": "yes", "mailing_city": "Canarycity Wqz", "mailing_state": "MO",
    "mailing_zip": "63101", "id_choice": "both", "helped": "yes", "party_choice": "other",
    "previous_registration": "no", "partner": "demo", **SAID_YES,
}  # fmt: skip
# A home is either at a street or described.
AT_A_STREET = {"home_description": "", "home_landmarks": "", "home_crossroads": ""}
DESCRIBED = {"no_street_address": "yes", "home_street": ""}
DIALLED = "+14045550188"
BIRTH = ("07/19/1953", "1953-07-19", "7/19/1953")


def spellings(text: str) -> Iterator[bytes]:
    yield text.encode()
    yield text.encode("utf-16-le")
    yield urllib.parse.quote(text).encode()
    yield urllib.parse.quote_plus(text).encode()
    for shift in range(3):  # base64 of the text at any offset in what surrounds it
        encoded = base64.b64encode(b"\0" * shift + text.encode())
        yield encoded[4:-4] if len(encoded) > 12 else encoded
    yield text.encode().hex().encode()
    yield text.encode("utf-16-be").hex().encode()  # as values stand in a form


def found_in(data: bytes) -> list[str]:
    folded = data.lower()
    names = [name for name, value in SEARCHED.items() if any(each.lower() in folded for each in spellings(value))]
    names += ["birth_date" for value in BIRTH if value.encode() in data]
    names += ["contact_phone, as kept"] if DIALLED.encode() in data else []
    names += ["ssn4" for wrapped in (b'"7391"', b"=7391", b"'7391'", b" 7391 ") if wrapped in data]
    return names


def test_the_search_finds_what_it_looks_for():
    for name, value in SEARCHED.items():
        assert found_in(b"xx" + value.encode() + b"yy") == [name]
        assert found_in(b"\0".join([b"x", value.encode("utf-16-le"), b"y"])) == [name]
        assert name in found_in(base64.b64encode(b"abcd" + value.encode() + b"efgh"))
        assert name in found_in(base64.b64encode(b"abc" + value.encode() + b"efgh"))
    assert found_in(b'{"ssn4": "7391"}') == ["ssn4"]


class Site:
    """The real server in a process of its own, with everything it may write under one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        scratch = folder / "tmp"
        scratch.mkdir()
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self.environment = {**kept, "VAR_DIR": str(folder / "var"), "TMPDIR": str(scratch), "PORT": str(self.port),
                            "LOG_LEVEL": "DEBUG", "STATIC_ROOT": str(ROOT / "staticfiles"),
                            "FORM_FASTEST_SECONDS": "0"}  # fmt: skip
        self.log = (folder / "server.log").open("wb")
        self.run("migrate")
        self.run("seed_demo")
        self.run("shell", "-c", ASK)
        command = [sys.executable, "manage.py", "serve"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )
        self.wait()

    def run(self, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log, check=False)

    def wait(self) -> None:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server did not start")

    def post(self, path: str, data: dict[str, str], **headers: str) -> tuple[int, bytes]:
        body = urllib.parse.urlencode(data).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        for _ in range(10):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  our own address
                    return answer.status, answer.read()
            except urllib.error.HTTPError as error:
                return error.code, error.read()
            except urllib.error.URLError as error:
                # A server may refuse by the headers alone and hang up; the client then fails on the body that it still
                # sends, if it comes to that. Such a request did nothing, and is sent again for its answer.
                if not isinstance(error.reason, BrokenPipeError | ConnectionResetError):
                    raise
        raise AssertionError("the server never answered")

    def post_file(self, path: str, name: str, text: str) -> int:
        """A file part, held open after most of it was sent: what waits for the rest must not wait on disk. One that is
        longer is not read at all (tests/registration/views/test_r16_crowd.py)."""
        head = f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="x"\r\n\r\n'
        body = (head + text * 15_000).encode()
        lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: multipart/form-data; boundary=edge"]
        lines += [f"Content-Length: {len(body) + 12}", "Connection: close", "", ""]
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall("\r\n".join(lines).encode() + body)
            time.sleep(1)
            self.held_open = self.everything_written()
            connection.sendall(b"\r\n--edge--\r\n")
            return int(connection.recv(64).split()[1])

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=30)
        self.log.close()

    def everything_written(self) -> dict[str, bytes]:
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in files}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.stop()


def drive(site: Site) -> list[int]:
    """Success, replay, reuse, refusal, checks, downloads, oversize, a broken server: the statuses in order."""
    code = state_rules.load("MO")
    apply, check, form = (
        reverse("apply", kwargs={"code": code}),
        reverse("check", kwargs={"code": code}),
        reverse("form"),
    )
    reference = new_reference()
    whole = {**ANSWERS, **AT_A_STREET, "reference": reference}
    statuses = [
        site.post(apply, {**ANSWERS, **DESCRIBED, "reference": new_reference()})[0],
        site.post(apply, {**ANSWERS, "reference": new_reference()})[0],
        site.post(apply, whole)[0],
        site.post(apply, whole)[0],
        site.post(apply, {**whole, "party_other": "Canaryparty Xvq the second"})[0],
        site.post(apply, {**whole, "citizen": "", "home_zip": "Canarycity Wqz"})[0],
        site.post(apply, {**whole, "switch_language": "es"})[0],
        site.post(apply, {**whole, "website": "Zyxcanarylast"})[0],
        site.post(apply, {**whole, "reference": "Zyxcanarylast"})[0],
        site.post(apply, whole, Origin="https://elsewhere.example")[0],
        site.post(check, {**whole, "step": "address"})[0],
        site.post(form, {"reference": "Zyxcanarylast"})[0],
        site.post(apply, {**whole, "helper_name": "Canaryhelper Pfj" * 40_000})[0],
        site.post(f"{apply}no-such-page/", whole)[0],
    ]
    statuses.append(site.post_file(apply, "licence", CANARIES["licence"]))
    status, pdf = site.post(form, {"reference": reference})
    assert pdf.startswith(b"%PDF-")
    kept = "SELECT count(*), count(name), count(email), count(phone), count(zip_code) FROM registration_contact"
    with sqlite3.connect(site.folder / "var/enfranchise.sqlite3") as database:
        assert database.execute(kept).fetchall() == [(2, 2, 2, 2, 2)]
    withdraw = reverse("withdraw")
    taken_back = [site.post(withdraw, {"reference": each})[0] for each in (reference, "Zyxcanarylast")]
    assert taken_back == [200, 404]
    with sqlite3.connect(site.folder / "var/enfranchise.sqlite3") as database:
        database.execute("ALTER TABLE registration_document RENAME TO registration_document_away")
    statuses += [status, site.post(apply, {**whole, "reference": new_reference()})[0]]
    statuses += [site.post(form, {"reference": reference})[0]]
    return statuses


def test_s40_nothing_an_applicant_wrote_is_left_on_disk(site):
    assert drive(site) == [200, 422, 200, 200, 409, 422, 200, 422, 422, 403, 200, 404, 400, 404, 422, 200, 200, 503]
    site.stop()
    written = site.everything_written()
    assert "var/enfranchise.sqlite3" in written
    assert b"OperationalError" in written["server.log"]
    for files in (written, site.held_open):
        assert {name: found_in(data) for name, data in files.items() if found_in(data)} == {}


@pytest.mark.django_db
def test_s40_nothing_an_applicant_wrote_is_in_a_column(client):
    call_command("seed_demo", stdout=StringIO())
    exec(ASK, {})  # noqa: S102  our own lines above
    path = reverse("apply", kwargs={"code": state_rules.load("MO")})
    for home in (AT_A_STREET, DESCRIBED):
        assert client.post(path, {**ANSWERS, **home, "reference": new_reference()}).status_code == 200
    assert Application.objects.count() == Document.objects.count() == Contact.objects.count() == 2
    rows: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  names from the database itself
            rows += [
                repr([bytes(value) if isinstance(value, memoryview) else value for value in row]) for row in cursor
            ]
    assert found_in("\n".join(rows).encode()) == []
