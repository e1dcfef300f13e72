"""Counts add up by day and campaign, hold nothing that a person typed, and cannot fill the table."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from registration.domain import counting
from registration.domain.counting import Kind, Tracking, Visit, count, tracking
from registration.models import DailyCount, Partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Visit:
    partner = Partner.objects.create(slug="acme", name="Acme")
    return Visit(partner, "widget", "GA", "en", Tracking("spring", "email", "c1"))


def counted() -> list[tuple]:
    rows = DailyCount.objects.order_by("day", "kind", "step", "source")
    return list(rows.values_list("day", "kind", "step", "source", "count"))


def test_same_happening_adds_up_and_others_stand_apart(visit, now):
    for kind, step in ((Kind.STARTED, ""), (Kind.STARTED, ""), (Kind.STEP, "name"), (Kind.STEP, "address")):
        count(visit, kind, now, step)
    count(visit, Kind.STARTED, now + timedelta(days=1))
    day = now.date()
    assert counted() == [
        (day, "started", "", "spring", 2),
        (day, "step", "address", "spring", 1),
        (day, "step", "name", "spring", 1),
        (day + timedelta(days=1), "started", "", "spring", 1),
    ]


@pytest.mark.parametrize("word", ["maria@example.org", "two words", "x" * 61, "ñ", "<b>", "a\n"])
def test_tracking_word_that_may_hold_more_than_a_label_is_dropped(word):
    assert tracking(word, "email", "c-1") == Tracking("", "email", "c-1")


def test_endless_campaigns_are_counted_as_other(visit, now, monkeypatch):
    monkeypatch.setattr(counting, "CAMPAIGNS_A_DAY", 2)
    for source in ("a", "b", "c", "d", "a"):
        count(Visit(visit.partner, "web", "GA", "en", Tracking(source)), Kind.STARTED, now)
    count(Visit(visit.partner, "web", "GA", "en"), Kind.STARTED, now)
    found = dict(DailyCount.objects.values_list("source", "count"))
    assert found == {"a": 2, "b": 1, "other": 2, "": 1}


def test_lost_count_does_not_reach_the_person(visit, now, monkeypatch):
    def away(*_):
        raise OperationalError

    monkeypatch.setattr(counting, "_add", away)
    assert count(visit, Kind.STARTED, now) is None
