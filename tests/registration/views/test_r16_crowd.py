"""R-16: when more come than can be served, each is told at once when to come again, and keeps what they typed."""

import html
import io
import re
import threading
from datetime import UTC, datetime

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from config.admission import Admission, Gate
from registration.forms.application_form import ApplicationForm
from registration.forms.choice_steps import PRIVATE
from registration.forms.shapes import fields_of
from registration.models import Partner, PartnerSite
from registration.views.place import form_setting
from state_rules import JURISDICTIONS, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowded(settings, georgia) -> Client:
    """A visitor of a server process that has no room for anybody."""
    settings.SERVED_AT_ONCE = settings.SERVED_SOON = 0
    return Client()


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def test_r16_form_comes_back_with_everything_but_the_number_and_can_be_sent_again(client, crowded, georgia):
    sent = {**georgia, "last_name": 'O\'Brien & "Söhne"'}
    response = crowded.post("/apply/ga/", sent)
    assert response.status_code == 503
    assert 3 <= int(response.headers["Retry-After"]) <= 12
    page = response.content.decode()
    assert hidden(page) == {name: value for name, value in sent.items() if name != "licence"}
    assert "057123456" not in page
    assert "We never write an ID number into a page. So we will ask you for yours once more." in page
    again = client.post("/apply/ga/", hidden(page))
    assert (again.status_code, again.content.decode().count('class="usa-error-message"')) == (422, 1)
    assert client.post("/apply/ga/", {**hidden(page), "licence": "057123456"}).status_code == 200


def test_r16_whoever_has_no_number_is_not_told_of_one(crowded, georgia):
    page = crowded.post("/apply/ga/", {**georgia, "licence": "", "id_choice": "none"}).content.decode()
    assert "ID number" not in page


def test_r16_another_sites_form_is_not_given_back(crowded, georgia):
    response = crowded.post("/apply/ga/", georgia, headers={"sec-fetch-site": "cross-site"})
    assert (response.status_code, hidden(response.content.decode())) == (503, {})


@pytest.mark.parametrize(("method", "path"), [("get", "/"), ("get", "/apply/ga/"), ("post", "/form/")])
def test_r16_any_other_page_can_be_loaded_again(crowded, method, path):
    response = getattr(crowded, method)(path, {"reference": "a" * 26})
    page = response.content.decode()
    assert (response.status_code, hidden(page), "a" * 26 in page) == (503, {}, False)
    assert re.search(r"Please wait \d+ seconds, then load this page again\.", page)


def test_r16_page_is_in_the_language_of_its_address(crowded, georgia):
    page = crowded.post("/es/apply/ga/", georgia).content.decode()
    assert "Muchas personas están aquí en este momento" in page
    assert 'action="/es/apply/ga/"' in page


def test_r16_partners_frame_says_it_too(client, crowded, georgia):
    partner = Partner.objects.create(slug="acme", name="Acme", approved_at=datetime(2028, 1, 1, tzinfo=UTC))
    PartnerSite.objects.create(partner=partner, origin="https://acme.example", created_at=partner.approved_at)
    response = crowded.post("/embed/acme/apply/ga/", georgia)
    page = response.content.decode()
    assert (response.status_code, hidden(page)["last_name"]) == (503, georgia["last_name"])
    assert 'action="/embed/acme/apply/ga/"' in page


def test_r16_api_says_it_as_a_problem(crowded):
    response = crowded.post("/api/v1/applications/", {}, content_type="application/json")
    assert (response.status_code, response.json()["type"]) == (503, "urn:problem-type:enfranchise:unavailable")
    assert 3 <= int(response.headers["Retry-After"]) <= 12


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/jurisdictions/"])
def test_r16_health_is_answered_in_a_crowd(crowded, path):
    assert crowded.get(path).status_code == (200 if path == "/healthz" else 503)


def test_r16_private_inputs_are_those_that_no_page_repeats():
    found = set()
    for code in JURISDICTIONS:
        form = ApplicationForm(form_setting(load(code), None))
        found |= {field.name for step in form.steps for field in fields_of(step.items) if field.private}
    assert found == PRIVATE


def test_r16_waiting_room_is_bounded_and_those_who_wait_have_their_turn():
    gate = Gate(at_once=1, waiting=2, patience=10)
    assert gate.enter()
    came: list[bool] = []
    waiting = [threading.Thread(target=lambda: came.append(gate.enter())) for _ in range(2)]
    for each in waiting:
        each.start()
    while gate.waiting < 2:
        pass
    assert gate.enter() is False
    gate.leave()
    gate.leave()
    for each in waiting:
        each.join(10)
    assert came == [True, True]


def test_r16_who_has_filled_in_a_form_waits_where_who_begins_is_sent_away():
    gate = Gate(at_once=1, waiting=2, patience=10)
    assert gate.enter()
    first = threading.Thread(target=gate.enter)
    first.start()
    while gate.waiting < 1:
        pass
    assert gate.enter(0.5) is False
    came: list[bool] = []
    second = threading.Thread(target=lambda: came.append(gate.enter(1.0)))
    second.start()
    while gate.waiting < 2:
        pass
    gate.leave()
    gate.leave()
    first.join(10)
    second.join(10)
    assert came == [True]


def test_r16_nobody_waits_longer_than_people_do():
    gate = Gate(at_once=1, waiting=2, patience=0.01)
    assert (gate.enter(), gate.enter(), gate.waiting) == (True, False, 0)


class Slow:
    """The body of a request that goes on when somebody wants it to."""

    def __init__(self, body: bytes) -> None:
        self.body, self.go_on = io.BytesIO(body), threading.Event()

    def read(self, size: int = -1) -> bytes:
        self.go_on.wait(20)
        return self.body.read(size)

    readline = read


def test_s26_who_sends_a_byte_a_minute_takes_no_place(settings):
    settings.SERVED_AT_ONCE, settings.SERVED_SOON = 1, 0
    served = []
    admission = Admission(lambda request: served.append(request.POST.get("word")) or HttpResponse())
    slow = Slow(b"word=slow")
    request = RequestFactory().post("/apply/ga/", {"word": "slow"}, content_type="application/x-www-form-urlencoded")
    request.environ |= {"wsgi.input": slow, "CONTENT_LENGTH": "9"}
    sender = threading.Thread(target=admission, args=[WSGIRequest(request.environ)])
    sender.start()
    assert admission(RequestFactory().post("/apply/ga/", {"word": "quick"})).status_code == 200
    slow.go_on.set()
    sender.join(20)
    assert served == ["quick", "slow"]


def test_s26_long_upload_to_a_page_that_takes_no_file_is_not_read():
    request = RequestFactory().post("/apply/ga/", {"word": "a" * 300_000})
    request.environ["wsgi.input"] = unread = io.BytesIO(b"a" * 10)
    assert Admission(lambda _request: HttpResponse())(WSGIRequest(request.environ)).status_code == 400
    assert unread.tell() == 0
