"""Many applications at a time: each stands for itself."""

import json

import pytest

from registration.models import Application
from tests.api.conftest import problem
from tests.api.test_applications import body

pytestmark = pytest.mark.django_db


def test_each_item_has_its_own_result(live):
    good, wrong = body(), body(answers={"last_name": ""})
    live.post("applications/", good)
    items = [good, wrong, body(lang="es"), {"jurisdiction": "OH"}, body(jurisdiction="ND"), {**body(), "dry_run": True}]
    response = live.post("applications/bulk/", {"items": items})
    said = json.loads(response.content)
    assert response.status_code == 200
    assert (said["created"], said["replayed"], said["refused"]) == (1, 1, 4)
    assert [(each["index"], each["status"], each["replayed"]) for each in said["results"]] == [
        (0, 201, True), (1, 400, False), (2, 201, False), (3, 400, False), (4, 400, False), (5, 400, False),
    ]  # fmt: skip
    assert said["results"][1]["problem"]["errors"][0]["pointer"] == "#/answers/last_name"
    assert said["results"][2]["application"]["language"] == "es"
    assert Application.objects.count() == 2


def test_whole_request_again_makes_nothing_new(live):
    sent = {"items": [body() for _ in range(5)]}
    first = json.loads(live.post("applications/bulk/", sent).content)
    again = json.loads(live.post("applications/bulk/", sent).content)
    assert (first["created"], again["created"], again["replayed"]) == (5, 0, 5)
    assert [each["application"]["id"] for each in first["results"]] == [
        each["application"]["id"] for each in again["results"]
    ]
    assert Application.objects.count() == 5


def test_reference_twice_in_one_request_is_refused_the_second_time(live):
    sent = body()
    said = json.loads(live.post("applications/bulk/", {"items": [sent, sent]}).content)
    assert [each["status"] for each in said["results"]] == [201, 400]
    assert said["results"][1]["problem"]["errors"][0]["code"] == "same_reference"


def test_failure_of_one_item_ends_no_other(live, settings, tmp_path):
    settings.FAILPOINTS = [f"submit.after_commit:fail:{tmp_path / 'once'}"]
    said = json.loads(live.post("applications/bulk/", {"items": [body(), body()]}).content)
    assert [each["status"] for each in said["results"]] == [500, 201]


@pytest.mark.parametrize(
    ("items", "found"),
    [([], ("min_length", "#/items")), ("x", ("not_a_list", "#/items")), ([1], ("not_an_object", "#/items/0"))],
)
def test_request_of_another_shape_is_refused(live, items, found):
    said = problem(live.post("applications/bulk/", {"items": items}))
    assert (said[:2], found in said[2]) == ((400, "invalid"), True)


def test_more_items_than_allowed_are_refused(live):
    found = problem(live.post("applications/bulk/", {"items": [{}] * 101}))
    assert found[2] == [("max_length", "#/items")]


def test_100_whole_applications_fit(live):
    said = json.loads(live.post("applications/bulk/", {"items": [body() for _ in range(100)]}).content)
    assert said["created"] == 100


def test_test_key_stores_nothing(sandbox):
    said = json.loads(sandbox.post("applications/bulk/", {"items": [body(), body(sandbox="conflict")]}).content)
    assert [each["status"] for each in said["results"]] == [201, 409]
    assert not Application.objects.exists()
