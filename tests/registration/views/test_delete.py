"""Deleting everything from a page; and that nothing else changes or opens what was sent."""

from __future__ import annotations

import uuid

import pytest
from django.test import TestCase
from django.urls import URLPattern, URLResolver, get_resolver

from registration.models import Application, Contact, Document, OptInQuestion, Outbox, Partner, Tombstone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _journal(settings, tmp_path) -> None:
    settings.TOMBSTONES = tmp_path / "tombstones.jsonl"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_s29_page_says_what_was_deleted_and_what_stays(client, georgia, now):
    acme = Partner.objects.create(slug="acme", name="Acme", approved_at=now)
    question = OptInQuestion.objects.create(partner=acme, means="email", text="May we write?", created_at=now)
    yes = {"partner": "acme", f"contact_question_{question.pk}": "yes", "contact_email": "luke@example.org"}
    done = client.post("/apply/ga/", georgia | yes)
    assert 'action="/delete/"' in done.content.decode()
    assert (Document.objects.count(), Contact.objects.count()) == (1, 1)
    with TestCase.captureOnCommitCallbacks(execute=True):
        page = client.post("/delete/", {"reference": georgia["reference"]})
    assert page["Clear-Site-Data"] == '"cache"'
    assert (page.status_code, Document.objects.count(), Contact.objects.count()) == (200, 0, 0)
    text = text_of(page)
    for said in (
        "your locked answers",
        "what Acme could read: your email address",
        "for up to 35 days more",
        "Georgia",
    ):
        assert said in text
    for value in ("luke@example.org", "Nguy", georgia["reference"]):
        assert value not in text
    assert Application.objects.get().status == "withdrawn"
    assert client.post("/form/", {"reference": georgia["reference"]}).status_code == 410
    assert client.post("/delete/", {"reference": georgia["reference"]}).status_code == 404


@pytest.mark.parametrize("in_batch", [True, False])
def test_s29_page_says_that_a_printed_form_may_still_come_where_a_batch_held_it(client, georgia, settings, in_batch):
    settings.PRINT_SHOP = True
    client.post("/apply/ga/", georgia | {"print_post": "yes"})
    if in_batch:
        Outbox.objects.update(outcome="batch.0123456789abcdef")
    text = text_of(client.post("/delete/", {"reference": georgia["reference"]}))
    may_come = "If it is there already, it may still come in the mail. We erase our copy in 7 days at most."
    said = [each in text for each in (may_come, "your wish that we print and mail your form")]
    assert said == [in_batch, in_batch]
    assert ("1 message that waited to be sent" in text) is not in_batch


@pytest.mark.parametrize("reference", ["", "nonsense", "a" * 26])
def test_wrong_code_says_that_nothing_was_found(client, reference):
    page = client.post("/delete/", {"reference": reference})
    assert (page.status_code, "We found nothing for this code" in text_of(page)) == (404, True)
    assert "Clear-Site-Data" not in page
    assert Tombstone.objects.count() == 0


def test_other_sites_and_links_delete_nothing(client, georgia):
    client.post("/apply/ga/", georgia)
    sent = {"reference": georgia["reference"]}
    assert client.post("/delete/", sent, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get("/delete/", sent).status_code == 405
    assert Document.objects.count() == 1


def test_page_for_the_code_offers_it_and_is_honest_about_a_lost_code(client):
    page = text_of(client.get("/d/"))
    assert 'formaction="/delete/"' in page
    assert "nobody can find your answers, not even we" in page


def test_too_many_tries_are_told_to_wait(client, settings, georgia):
    settings.DELETE_RATE = "2/600"
    client.post("/apply/ga/", georgia)
    for _ in range(2):
        assert client.post("/delete/", {"reference": "x"}).status_code == 404
    page = client.post("/delete/", {"reference": georgia["reference"]})
    assert (page.status_code, int(page["Retry-After"]) > 0, Document.objects.count()) == (429, True, 1)


#: What stands in an address: any place, and the number of the application where a number can stand.
VALUES = {
    "code": "ga",
    "slug": "acme",
    "version": "v1",
    "number": 1,
    "pk": 1,
    "identifier": "abc",
    "key": "k",
    "token": "t",
    "uidb36": "1",
    "field": "mail",
    "name": "x",
}


def addresses(application: Application, patterns=None, before: str = "/") -> list[str]:
    """Every address of the site, with the application's own number where one stands."""
    found: list[str] = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(application, pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            found.append(filled(route, application))
    return found


def filled(route: str, application: Application) -> str:
    pieces = route.replace("^", "").replace("$", "").split("<")
    out = pieces[0]
    for piece in pieces[1:]:
        name, _, rest = piece.partition(">")
        kind, _, word = name.rpartition(":")
        out += str(application.pk if kind == "uuid" or word == "id" else VALUES.get(word, "x")) + rest
    return out


def sent(model) -> list[tuple]:
    return sorted(map(str, model.objects.values_list()))


def test_s21_no_endpoint_changes_a_submitted_record_and_s23_its_number_grants_nothing(client, georgia, settings):
    """Whoever has the application's number, and every one of our addresses, but not the reference."""
    settings.DELETE_RATE = "10000/600"
    client.raise_request_exception = False
    client.post("/apply/ga/", georgia)
    application = Application.objects.get()
    before = sent(Application), sent(Document)
    number = str(application.pk)
    known = {"reference": number, "id": number, "application": number, "sealed": "x", "token": number}
    found = addresses(application)
    assert len(found) > 60
    secrets = ("Nguyễn", "057123456", georgia["reference"])
    for address in found:
        for method in ("post", "put", "patch", "delete", "get"):
            body = {"data": known} if method in ("post", "get") else {"data": known, "content_type": "application/json"}
            answer = getattr(client, method)(address, **body)
            said = b"".join(answer) if answer.streaming else answer.content
            assert answer.get("Content-Type", "") != "application/pdf" or answer.status_code != 200, (method, address)
            assert [word for word in secrets if word.encode() in said] == [], (method, address)
    assert (sent(Application), sent(Document)) == before


def test_s21_the_same_reference_with_other_answers_changes_nothing(client, georgia):
    client.post("/apply/ga/", georgia)
    before = sent(Application), sent(Document)
    assert client.post("/apply/ga/", georgia | {"home_city": "Macon"}).status_code == 409
    assert (sent(Application), sent(Document)) == before


def test_s23_number_of_an_application_is_no_reference(client, georgia):
    client.post("/apply/ga/", georgia)
    number = str(Application.objects.get().pk)
    for guess in (number, str(uuid.uuid4())):
        assert client.post("/form/", {"reference": guess}).status_code == 404
        assert client.post("/delete/", {"reference": guess}).status_code == 404
