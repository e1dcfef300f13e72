"""The pages that tell how and by when to register stand while the database is away."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from registration.domain.audit import Order
from registration.domain.switches import Wanted, switch_off
from registration.models import Partner


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
    Partner.objects.create(slug="demo", name="Demo")
    client.get("/?partner=demo")
    pages = ("/", "/state/wv/", "/state/wv/rules/", "/compare/", "/apply/wv/")
    with connection.execute_wrapper(refuse):
        found = {(page, name): client.get(page, {"partner": name}) for page in pages for name in ("demo", "unknown")}
    assert {response.status_code for response in found.values()} == {200}
    assert {name: found["/state/wv/", name].context["partner_query"] for name in ("demo", "unknown")} == {
        "demo": "?partner=demo",
        "unknown": "",
    }
