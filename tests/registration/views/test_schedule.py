"""The public page of what goes when, and the same for programs."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from registration.domain import retention
from registration.models import Document

pytestmark = pytest.mark.django_db
ADDRESS = "/privacy/schedule/"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_page_names_every_kind_with_its_end_and_the_states_with_sources(client):
    page = text_of(client.get(ADDRESS))
    assert all(f'id="{kept.kind}"' in page for kept in retention.SCHEDULE)
    assert "30 days after you sent the form" in page
    assert "Nothing may be kept." in page
    assert "https://" in page
    assert ADDRESS in client.get("/privacy/").content.decode()


def test_page_says_a_shorter_time(client, settings):
    settings.SEALED_ANSWERS_DAYS = 7
    assert "7 days after you sent the form" in text_of(client.get(ADDRESS))


def test_numbers_prove_it_and_a_late_job_is_told(client, georgia):
    assert "It has not run yet." in text_of(client.get(ADDRESS))
    client.post("/apply/ga/", georgia)
    now = timezone.now()
    Document.objects.update(expires_at=now - timedelta(hours=2))
    page = text_of(client.get(ADDRESS))
    assert (
        "The deleting job is late." in page,
        "Still here, although its time is over: Your locked answers" in page,
    ) == (
        True,
        True,
    )
    retention.forget_all(lambda: now)
    page = text_of(client.get(ADDRESS))
    assert ("The deleting job is late." in page, "1 in 30 days, 1 in all" in page) == (False, True)
    said = json.loads(client.get("/privacy/schedule.json").content)
    [answers] = [each for each in said["schedule"] if each["kind"] == "sealed_answers"]
    assert (answers["days"], answers["by_schedule"], answers["on_request"]) == (30, [1, 1], [0, 0])
    assert (said["is_late"], said["late"], len(said["states"]) > 50) == (False, [], True)


def test_page_stands_without_the_database(client):
    def refuse(*_arguments):
        raise OperationalError("away")

    with connection.execute_wrapper(refuse):
        page = client.get(ADDRESS)
        program = client.get("/privacy/schedule.json")
    assert (page.status_code, "The numbers cannot be read right now." in text_of(page)) == (200, True)
    assert json.loads(program.content)["last_run"] is None


def test_page_speaks_spanish(client):
    assert client.get("/es/privacy/schedule/").status_code == 200
