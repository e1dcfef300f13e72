"""The ways on which the canary drill's people come: each person takes one, so that a find tells which way leaked."""

from __future__ import annotations

import json
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from drills import canary_people
from drills.canary_people import FOR_PARTNER, TICKED, canary, email, phone
from drills.client import BOOLEANS, Browser, Doors, Reply, address_of, apply_path, is_receipt
from drills.ledger import Receipt
from drills.people import API, WEB, Person, digest
from drills.stage import Stage

PARTNER = "drill"
OWN_SITE = "https://partner.example"
FORM = "application/x-www-form-urlencoded"
BY_WEB = {"Content-Type": FORM, "Sec-Fetch-Site": "same-origin"}
MESSAGES = ("link_email", "remind_email", "link_sms", "remind_sms")


@dataclass
class Way:
    """One way to send. ``answers``: how many came by status, 0 where none came."""

    name: str
    people: list[Person] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)


class Sender:
    """``questions``: the numbers of those that the partner asks. ``who``: the way of each person by their index."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.ways: list[Way] = []
        self.who: dict[int, str] = {}
        self.questions: tuple[str, ...] = ()
        self.consented: list[Person] = []
        self.mailed: set[int] = set()
        self._next = 0

    def way(self, name: str) -> Way:
        found = next((each for each in self.ways if each.name == name), None)
        if found is None:
            self.ways.append(found := Way(name))
        return found

    def person(self, name: str, door: str = WEB, state: str = "OH", language: str = "en") -> Person:
        made = canary(self.stage.crowd, self._next, door, state, language)
        self._next += 1
        self.who[made.index] = name
        self.way(name).people.append(made)
        return made

    def send(self, way: str, person: Person, method: str, path: str, body: bytes = b"", **headers: str) -> Reply:
        """Whatever the answer. Each request also comes from a page with the person's words in its address."""
        self.stage.ledger.attempt(person, time.time())
        told = urllib.parse.urlencode({"email": person.email, "name": person.answers["last_name"]})
        around = {"Referer": f"{OWN_SITE}/signup?{told}", "User-Agent": f"Browser/1.0 ({person.answers['last_name']})"}
        browser = Browser(self.stage.doors, address_of(person))
        try:
            reply = browser.send(method, path, body, {**around, **headers})
        finally:
            browser.close()
        self.way(way).answers[reply.status] += 1
        return reply

    def form(self, person: Person, before: str = "", query: str = "", **more: str) -> Reply:
        """POST of the whole form, as a browser without script does. ``before``: a partner's frame."""
        fields = {**person.answers, "reference": person.reference, **more}
        path = f"{before}{apply_path(person)}{query}"
        return self.send(
            self.who[person.index], person, "POST", path, urllib.parse.urlencode(fields).encode(), **BY_WEB
        )

    def api(self, person: Person, key: str, path: str = "applications/", **more: Any) -> Reply:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}", **more.pop("headers", {})}
        body = json.dumps(more.pop("body", None) or api_item(person, **more)).encode()
        return self.send(self.who[person.index], person, "POST", f"/api/v1/{path}", body, **headers)

    def keep(self, person: Person, reply: Reply) -> None:
        """They hold a receipt now, of which the oracle knows."""
        made = is_receipt(person, reply)
        assert made is not None, f"{self.who[person.index]}: no receipt but {reply.status}"
        self.stage.ledger.receipt(Receipt(
            person.reference, digest(person.answers), person.answers, person.email, time.time(), reply.seconds,
            person.door, person.jurisdiction, person.index, 1, person.language, made,
        ))  # fmt: skip

    def asking(self, person: Person, *names: str) -> dict[str, str]:
        """The fields of the step that asks for messages."""
        if any("email" in name for name in names):
            self.mailed.add(person.index)
        return {"messages_email": person.email, "messages_phone": phone(person.index), **dict.fromkeys(names, TICKED)}

    def agreeing(self, person: Person) -> dict[str, str]:
        """The fields of the partner's questions."""
        self.consented.append(person)
        ticked = {f"contact_question_{number}": TICKED for number in self.questions}
        whose = email(self.stage.crowd, person.index, FOR_PARTNER)
        return {**ticked, "contact_email": whose, "contact_phone": phone(person.index)}


def api_item(person: Person, **more: Any) -> dict[str, Any]:
    answers: dict[str, Any] = {name: True if name in BOOLEANS else value for name, value in person.answers.items()}
    answers |= more.pop("answers", {})
    return {"jurisdiction": person.jurisdiction, "reference": person.reference, "answers": answers, **more}


def everything_by_web(sender: Sender) -> None:
    """Each kind of number, both languages, and what a form's page offers beside it."""
    for state, language in (("OH", "en"), ("MO", "es"), ("KY", "en"), ("IA", "es")):
        person = sender.person("web form, without script", WEB, state, language)
        sender.keep(person, sender.form(person))
    person = sender.person("one step looked at by the script")
    for step in ("name", "numbers", "home"):
        step_fields = urllib.parse.urlencode({**person.answers, "step": step}).encode()
        sender.send(
            "one step looked at by the script", person, "POST", f"{apply_path(person)}check/", step_fields, **BY_WEB
        )
    person = sender.person("messages asked for on the form", WEB, "MO")
    sender.keep(person, sender.form(person, **sender.asking(person, *MESSAGES)))
    person = sender.person("contact for the partner", WEB, "KY")
    sender.keep(person, sender.form(person, query=f"?partner={PARTNER}", **sender.agreeing(person)))
    person = sender.person("words in an address, as of a wrong link")
    words = urllib.parse.urlencode({**person.answers, "email": person.email, "q": person.answers["birth_year"]})
    for path in (f"/apply/oh/?{words}", f"/state/oh/?{words}", f"/{person.answers['last_name']}/?{words}",
                 f"/api/v1/elections/?{words}", f"/d/?{person.reference}", f"/embed/{PARTNER}/?{words}"):  # fmt: skip
        sender.send(sender.who[person.index], person, "GET", path)
    person = sender.person("written to too young a reader: /remind/")
    born = canary_people.born(person.index, young=True)
    fields: dict[str, object] = {
        "birth_month": born.month,
        "birth_day": born.day,
        "birth_year": born.year,
        "reference": person.reference,
    }
    body = urllib.parse.urlencode({**fields, **sender.asking(person)}).encode()
    reply = sender.send(sender.who[person.index], person, "POST", "/remind/oh/", body, **BY_WEB)
    assert reply.status == 200, reply.status


def everything_by_widget(sender: Sender) -> None:
    for state, language in (("OH", "en"), ("IA", "es")):
        person = sender.person("the widget's frame, with messages and a contact", WEB, state, language)
        more = {**sender.asking(person, "link_email"), **sender.agreeing(person)}
        reply = sender.form(person, f"/embed/{PARTNER}", **more)
        assert person.reference.encode() in reply.body, reply.status
        assert reply.status == 200, reply.status


def everything_by_api(sender: Sender, test_key: str) -> None:
    key = sender.stage.stack.api_key
    for state in canary_people.STATES:
        person = sender.person("API, one application", API, state)
        sender.keep(person, sender.api(person, key))
    person = sender.person("API, with messages and a contact", API, "KY")
    sender.consented.append(person)
    asked = {"id": int(sender.questions[0])}
    contact = {"questions": [asked], "email": email(sender.stage.crowd, person.index, FOR_PARTNER)}
    messages = {"email": person.email, "link_email": True}
    sender.mailed.add(person.index)
    sender.keep(person, sender.api(person, key, contact=contact, messages=messages))
    person = sender.person("API, dry run", API)
    sender.api(person, key, dry_run=True)
    person = sender.person("API, test key", API)
    sender.api(person, test_key)
    bulk = [sender.person("API, bulk, one of them invalid", API, state) for state in ("OH", "KY", "MO")]
    wrong = {"home_zip": bulk[2].answers["last_name"]}
    items = [*map(api_item, bulk[:2]), api_item(bulk[2], answers=wrong)]
    for each in bulk:
        sender.stage.ledger.attempt(each, time.time())
    sender.api(bulk[0], key, "applications/bulk/", body={"items": items})
    person = sender.person("API, invalid and malformed", API)
    sender.api(person, key, answers={"home_zip": person.answers["last_name"], person.answers["last_name"]: "x"})
    sender.api(person, person.answers["last_name"])
    broken = json.dumps(api_item(person)).encode()[:-2]
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    sender.send(sender.who[person.index], person, "POST", "/api/v1/applications/", broken, **headers)
    for origin in (OWN_SITE, f"https://{person.answers['last_name'].lower()}.example"):
        person = sender.person("API, in a browser on the partner's site and on another", API)
        sender.api(person, key, headers={"Origin": origin})


def invalid(sender: Sender) -> None:
    """422, 409, 413, 403."""
    person = sender.person("invalid answers, and other refusals", WEB, "MO")
    name, way = person.answers["last_name"], sender.who[person.index]
    for bad in ({"home_zip": name}, {"birth_month": "13"}, {"ssn4": f"{person.answers['ssn4']}x"}):
        sender.form(person, **bad)
    sender.form(person, pad=name * 30_000)
    body = urllib.parse.urlencode(person.answers).encode()
    for headers in (
        {"Content-Type": FORM, "Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": f"{FORM}; charset={name}"},
    ):
        sender.send(way, person, "POST", apply_path(person), body, **headers)
    sender.send(way, person, "POST", apply_path(person), f"{name}=%ff%fe&last_name=%00{name}".encode(), **BY_WEB)
    for path in ("/form/", "/delete/", "/contact/withdraw/", "/m/"):
        sender.send(way, person, "POST", path, body, **BY_WEB)


def reaches(doors: Doors) -> bool:
    browser = Browser(doors)
    try:
        return browser.send("GET", "/readyz").status == 200
    finally:
        browser.close()
