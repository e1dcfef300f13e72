"""A partner's numbers by program: its own alone, zeros for a test key, every fault of the question at once."""

import json
from datetime import date, timedelta

import pytest
import time_machine

from registration.models import DailyCount
from tests.api.conftest import Caller, key_of, problem
from tests.api.test_openapi import check_answer, served

pytestmark = pytest.mark.django_db
TODAY = date(2028, 6, 1)
SPAN = "from=2028-05-31&to=2028-06-01"
ZERO = {"started": 0, "forms_made": 0, "handed_to_state": 0}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2028-06-01 15:30:00+00:00", tick=False):
        yield


def add(partner, kind: str, count: int, days_ago: int = 0, **more: str) -> None:
    values = {"jurisdiction": "GA", "channel": "widget", "language": "en", **more}
    DailyCount.objects.create(partner=partner, kind=kind, count=count, day=TODAY - timedelta(days=days_ago), **values)


@pytest.fixture
def counted(partner, other_partner):
    add(partner, "started", 9, source="spring")
    add(partner, "step", 5, step="eligibility")
    add(partner, "form_made", 4, 1, jurisdiction="OH")
    add(partner, "handed_to_state", 2)
    add(other_partner, "started", 1000)


def asked(caller, query: str) -> dict:
    response = caller.get(f"statistics/?{query}")
    assert response.status_code == 200
    return json.loads(response.content)


def test_statistics_by_day_have_every_day_and_the_total(live, counted):
    assert asked(live, SPAN) == {
        "first": "2028-05-31",
        "last": "2028-06-01",
        "by": "day",
        "total": {"started": 9, "forms_made": 4, "handed_to_state": 2},
        "rows": [
            {"key": "2028-05-31", "started": 0, "forms_made": 4, "handed_to_state": 0},
            {"key": "2028-06-01", "started": 9, "forms_made": 0, "handed_to_state": 2},
        ],
        "steps": [],
        "test": False,
    }


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("state", ["OH", "GA"]), ("source", ["", "spring"]), ("channel", ["widget"]),
        ("language", ["en"]), ("medium", [""]), ("campaign", [""]),
    ],
)  # fmt: skip
def test_statistics_by_something_have_the_largest_first(live, counted, by, keys):
    assert [row["key"] for row in asked(live, f"{SPAN}&by={by}")["rows"]] == keys


def test_statistics_by_step_say_where_people_stopped(live, counted):
    said = asked(live, f"{SPAN}&by=step")
    assert said["rows"] == []
    assert said["steps"][:2] == [
        {"step": "eligibility", "reached": 9, "stopped": 4},
        {"step": "name", "reached": 5, "stopped": 5},
    ]


def test_statistics_of_the_last_30_days_where_nothing_is_said(live, counted):
    said = asked(live, "")
    assert (said["first"], said["last"], len(said["rows"])) == ("2028-05-03", "2028-06-01", 30)
    said = asked(live, "to=2028-05-10")
    assert (said["first"], said["last"]) == ("2028-04-11", "2028-05-10")


@pytest.mark.parametrize(("by", "rows"), [("day", 2), ("state", 0), ("step", 0)])
def test_statistics_of_a_test_key_are_zeros(sandbox, counted, by, rows):
    said = asked(sandbox, f"{SPAN}&by={by}")
    assert (said["total"], said["test"], said["steps"]) == (ZERO, True, [])
    assert [{name: row[name] for name in ZERO} for row in said["rows"]] == [ZERO] * rows


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        (
            "from=2028-02-30&to=x&by=person",
            [("invalid_choice", "#/by"), ("not_a_date", "#/to"), ("not_a_date", "#/from")],
        ),
        ("from=2028-06-02&to=2028-06-01", [("span_order", "#/to")]),
        ("from=0001-01-01&to=9999-12-31", [("span_too_long", "#/from")]),
        ("to=0001-01-01&from=0001-01-02", [("span_order", "#/to")]),
        ("person=ana", [("unknown_parameter", "#/person")]),
    ],
)
def test_statistics_say_everything_that_is_wrong_with_the_question(live, query, errors):
    assert problem(live.get(f"statistics/?{query}")) == (400, "invalid", errors)


def test_statistics_need_their_scope(partner, public):
    narrow = Caller(key_of(partner, scopes=("applications:write",)))
    assert problem(narrow.get("statistics/"))[:2] == (403, "scope_missing")
    assert problem(public.get("statistics/"))[:2] == (401, "key_missing")


@pytest.mark.parametrize("by", ["day", "step"])
def test_statistics_are_as_the_document_says(live, public, counted, by):
    said = served(public)
    check_answer(said, said["paths"]["/statistics/"]["get"], live.get(f"statistics/?by={by}"))
