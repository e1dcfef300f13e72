"""The pages that tell how and by when to register stand while the database is away."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from registration.domain.audit import Order
from registration.domain.switches import Wanted, switch_off


def refuse(*_arguments):
    raise DatabaseError("away")


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
