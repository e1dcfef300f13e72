"""The pages that tell how and by when to register stand while the database is away."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import OperationalError, ProgrammingError, connection
from django.utils import timezone

from config.warming import warm
from registration.domain.audit import Order
from registration.domain.last_known import PAUSE
from registration.domain.switches import Wanted, switch_off
from registration.models import Partner
from tests.registration.fragments import OFFICE, stored

UNREAD = "We cannot see now what we have corrected or switched off. Check with the election office before you act."
ADDRESSES = ("/state/ga/", "/state/ga/rules/", "/apply/ga/", "/compare/")


def refuse(*_arguments):
    raise OperationalError("away")


@pytest.mark.django_db
def test_state_page_and_calendar_stand_without_the_database(client):
    with connection.execute_wrapper(refuse):
        answers = [client.get(address) for address in ("/state/wv/", "/state/wv/deadline.ics", "/apply/wv/")]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "off" in answers[0].context
    assert list(answers[0].context["off"]) == []


@pytest.mark.django_db
def test_switch_last_known_holds_without_the_database_until_it_ends(client, monkeypatch):
    now = timezone.now()
    switch_off(Wanted("online", now, now + timedelta(hours=2), "GA"), Order("Ana", "The state's site is down.", now))
    assert [card.channel for card in client.get("/state/ga/").context["off"]] == ["online"]
    with connection.execute_wrapper(refuse):
        assert [card.channel for card in client.get("/state/ga/").context["off"]] == ["online"]
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
        assert list(client.get("/state/ga/").context["off"]) == []


@pytest.mark.django_db
def test_pages_that_name_a_partner_stand_without_the_database(client):
    Partner.objects.create(slug="demo", name="Demo", approved_at=timezone.now())
    client.get("/?partner=demo")
    pages = ("/", "/state/wv/", "/state/wv/rules/", "/compare/", "/apply/wv/")
    with connection.execute_wrapper(refuse):
        found = {(page, name): client.get(page, {"partner": name}) for page in pages for name in ("demo", "unknown")}
    assert {response.status_code for response in found.values()} == {200}
    assert {name: found["/state/wv/", name].context["partner_query"] for name in ("demo", "unknown")} == {
        "demo": "?partner=demo",
        "unknown": "",
    }


def text_of(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


@pytest.mark.django_db
@pytest.mark.parametrize("before", ["/compare/", "/state/al/", "/es/state/al/", ""])
def test_what_any_page_or_the_start_read_is_known_to_every_page(client, before):
    now = timezone.now()
    switch_off(Wanted("online", now, now + timedelta(hours=2), "GA"), Order("Ana", "The state's site is down.", now))
    stored("office", OFFICE)
    client.get(before) if before else warm()
    with connection.execute_wrapper(refuse):
        answer, spanish, form, rules, table = (
            client.get(address)
            for address in ("/state/ga/", "/es/state/ga/", "/apply/ga/", "/state/ga/rules/", "/compare/")
        )
    assert [[card.channel for card in each.context["off"]] for each in (answer, spanish)] == [["online"]] * 2
    assert ["(404) 555-0199" in text_of(each) for each in (answer, rules)] == [True] * 2
    georgia = next(row for row in table.context["rows"] if row.code == "GA")
    assert georgia.ways["online"].said == ("Not available for now",)
    assert [UNREAD in text_of(each) for each in (answer, form, rules, table)] == [False] * 4


@pytest.mark.django_db
def test_switch_that_was_to_come_begins_without_the_database(client):
    now = timezone.now()
    wanted = Wanted("online", now + timedelta(hours=1), now + timedelta(hours=2), "GA")
    switch_off(wanted, Order("Ana", "The state's site is down.", now))
    stored("office", OFFICE, starts_on=(now + timedelta(days=1)).date())
    client.get("/")
    client.get("/compare/")
    with connection.execute_wrapper(refuse):
        assert list(client.get("/state/ga/").context["off"]) == []
        with time_machine.travel(now + timedelta(hours=1), tick=False):
            assert [card.channel for card in client.get("/state/ga/").context["off"]] == ["online"]
        with time_machine.travel(now + timedelta(days=1), tick=False):
            assert "(404) 555-0199" in text_of(client.get("/state/ga/"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_where_nothing_was_ever_read_the_page_says_so_once(client, address, outage_clock):
    with connection.execute_wrapper(refuse):
        unread = text_of(client.get(address))
    outage_clock.now += PAUSE
    assert (unread.count(UNREAD), text_of(client.get(address)).count(UNREAD)) == (1, 0)


@pytest.mark.django_db
def test_where_nothing_was_ever_read_the_calendar_says_so(client):
    with connection.execute_wrapper(refuse):
        calendar = client.get("/state/ga/deadline.ics").content.decode().replace("\r\n ", "")
    assert UNREAD in calendar


@pytest.mark.django_db
def test_start_is_not_stopped_by_a_database_that_is_away_or_not_prepared(client, caplog, outage_clock):
    def unprepared(*_arguments):
        raise ProgrammingError("no such table")

    for fault in (refuse, unprepared):
        with connection.execute_wrapper(fault):
            warm()
        outage_clock.now += PAUSE
    assert [record.msg for record in caplog.records] == [
        "the database does not answer: switches as last known",
        "switches and corrections could not be read at the start",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "heading"), [("", "We cannot open your form just now"), ("/es", None)])
def test_code_is_kept_for_another_try_without_the_database(client, georgia, look, prefix, heading):
    client.post("/apply/ga/", georgia)
    typed = f" {georgia['reference'].upper()} "
    with connection.execute_wrapper(refuse):
        found = look(client.post(f"{prefix}/form/", {"reference": typed}))
    assert (found.response.status_code, found.response["Retry-After"]) == (503, "30")
    assert "no-store" in found.response["Cache-Control"]
    assert heading is None or found.headings == [heading]
    assert found.value("reference") == georgia["reference"]
    assert f'action="{prefix}/form/"' in found.html
    assert client.post(f"{prefix}/form/", {"reference": found.value("reference")})["Content-Type"] == "application/pdf"


@pytest.mark.django_db
def test_s27_text_that_is_no_code_is_not_repeated_without_the_database(client, look):
    with connection.execute_wrapper(refuse):
        found = look(client.post("/form/", {"reference": "a" * 26, "sealed": ""}))
        other = client.post("/form/", {"reference": "Zz-canary <b>"})
    assert (found.response.status_code, found.value("reference")) == (503, "a" * 26)
    assert (other.status_code, b"Zz-canary" in other.content) == (404, False)
