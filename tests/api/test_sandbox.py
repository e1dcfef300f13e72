"""Test keys let a program meet every outcome, and store nothing that counts."""

import json
import uuid

import pytest

from api import sandbox as rules_of_sandbox
from api.serializers.applications import OUTCOMES
from registration.models import Application, DailyCount, Document
from tests.api.conftest import problem
from tests.api.test_applications import body

pytestmark = pytest.mark.django_db
EXPECTED = {
    "created": (201, "", None),
    "problems": (400, "invalid", None),
    "notices": (400, "notices", None),
    "conflict": (409, "reference_reused", None),
    "expired": (410, "expired", None),
    "throttled": (429, "throttled", "1"),
    "unavailable": (503, "unavailable", "1"),
    "server_error": (500, "server_error", None),
    "slow": (201, "", None),
}


@pytest.fixture(autouse=True)
def _in_no_hurry(monkeypatch):
    monkeypatch.setattr(rules_of_sandbox, "SLOW_SECONDS", 0.01)


def nothing_was_stored() -> bool:
    return not (Application.objects.exists() or Document.objects.exists() or DailyCount.objects.exists())


def test_every_outcome_is_expected_here():
    assert set(EXPECTED) | {"hostile"} == set(OUTCOMES)


@pytest.mark.parametrize("outcome", EXPECTED)
def test_outcome_that_a_test_key_asks_for(sandbox, outcome):
    sent = body(sandbox=outcome)
    first, second = sandbox.post("applications/", sent), sandbox.post("applications/", sent)
    status, kind, retry_after = EXPECTED[outcome]
    assert first.status_code == status
    assert first.content == second.content
    assert first.headers.get("Retry-After") == retry_after
    if kind:
        assert problem(first)[1] == kind
    assert nothing_was_stored()


def test_application_of_a_test_key_looks_like_one_and_is_none(sandbox, live):
    sent = body()
    said = json.loads(sandbox.post("applications/", sent).content)
    assert said["test"] is True
    assert said["form"]["url"].endswith(f"#{sent['reference']}")
    status = json.loads(sandbox.get(f"applications/{said['id']}/").content)
    assert (status["id"], status["status"], status["jurisdiction"]) == (said["id"], "form_ready", "OH")
    assert problem(live.get(f"applications/{said['id']}/"))[:2] == (404, "not_found")
    assert nothing_was_stored()


def test_test_key_sees_no_real_application(sandbox, live):
    made = json.loads(live.post("applications/", body()).content)
    assert problem(sandbox.get(f"applications/{made['id']}/"))[:2] == (404, "not_found")


def test_answers_of_a_test_key_are_looked_at(sandbox):
    wrong = sandbox.post("applications/", body(answers={"last_name": ""}))
    assert problem(wrong)[2] == [("last_name_required", "#/answers/last_name")]


def test_notices_end_when_they_were_seen(sandbox):
    sent = body(sandbox="notices")
    [notice] = json.loads(sandbox.post("applications/", sent).content)["errors"]
    assert notice["advisory"] is True
    seen = [f"{notice['code']}:{notice['field']}"]
    assert sandbox.post("applications/", {**sent, "notices_seen": seen}).status_code == 201


def test_pdf_of_a_test_key_is_drawn_and_not_kept(sandbox):
    response = sandbox.post("applications/", body(), accept="application/pdf")
    assert response.content.startswith(b"%PDF-")
    assert nothing_was_stored()


def references_failing(times: int) -> str:
    made = (str(uuid.UUID(int=(number << 80) | 0x4000_8000_0000_0000_0000)) for number in range(1, 10_000))
    return next(each for each in made if len(rules_of_sandbox.failures_of(each)) == times)


@pytest.mark.parametrize("times", range(rules_of_sandbox.MOST_FAILURES + 1))
def test_hostile_reference_fails_so_often_and_then_works(sandbox, times):
    reference = references_failing(times)
    sent = body(reference=reference, sandbox="hostile")
    kinds = [problem(sandbox.post("applications/", sent))[1] for _ in range(times)]
    assert kinds == list(rules_of_sandbox.failures_of(reference))
    assert sandbox.post("applications/", sent).status_code == 201
    assert sandbox.post("applications/", sent).status_code == 201
    assert nothing_was_stored()


def test_hostile_counts_apart_for_each_reference(sandbox):
    reference = references_failing(1)
    sandbox.post("applications/", body(reference=reference, sandbox="hostile"))
    other = references_failing(2)
    statuses = [sandbox.post("applications/", body(reference=other, sandbox="hostile")).status_code for _ in range(3)]
    assert statuses[2] == 201
    assert 201 not in statuses[:2]


@pytest.mark.parametrize("outcome", ["server_error", "unavailable", "throttled"])
def test_failure_that_was_asked_for_is_no_error_in_the_log(sandbox, caplog, outcome):
    assert sandbox.post("applications/", body(sandbox=outcome)).status_code == EXPECTED[outcome][0]
    assert [each.getMessage() for each in caplog.records if each.levelname != "INFO"] == []


@pytest.mark.urls("tests.api.doors")
def test_failure_that_nobody_asked_for_is_an_error_in_the_log(public, caplog):
    assert public.get("broken/").status_code == 500
    assert "django.request" in [each.name for each in caplog.records if each.levelname == "ERROR"]
