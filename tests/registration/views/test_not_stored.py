"""A form that the database did not take, for a reason of its own: nothing that was typed is lost."""

import pytest
from django.db import DatabaseError, OperationalError, connection, connections

from registration.domain.submission import new_reference
from registration.models import Application, DailyCount
from registration.views import counts
from tests.registration.test_canary import ANSWERS, AT_A_STREET

pytestmark = pytest.mark.django_db
SENT = {**ANSWERS, **AT_A_STREET, "partner": ""}


@pytest.fixture(autouse=True)
def _nobody_is_too_fast(settings):
    settings.FORM_FASTEST_SECONDS = 0


def _goes_away(execute, sql, params, many, context):
    if "INSERT INTO" in sql and "registration_application" in sql:
        raise DatabaseError("database disk image is malformed")
    return execute(sql, params, many, context)


def test_r06_form_that_is_not_stored_comes_back_with_the_answers(client):
    reference = new_reference()
    with connection.execute_wrapper(_goes_away):
        response = client.post("/apply/mo/", {**SENT, "reference": reference})
    page = response.content.decode()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert f'name="reference" value="{reference}"' in page
    assert all(SENT[name] in page for name in ("last_name", "home_street", "helper_name"))
    assert "We could not keep your form just now." in page
    assert SENT["licence"] not in page
    assert not Application.objects.exists()
    assert client.post("/apply/mo/", {**SENT, "reference": reference}).status_code == 200
    assert Application.objects.count() == 1


def test_r06_form_that_was_stored_is_counted_although_the_database_was_away_a_moment_ago(client, monkeypatch):
    monkeypatch.setattr(counts.switches, "is_database_away", lambda: True)
    monkeypatch.setattr(counts, "named", lambda _slug: None)  # a process that has read no partner yet
    assert client.post("/apply/mo/", {**SENT, "reference": new_reference()}).status_code == 200
    assert {row.kind: row.count for row in DailyCount.objects.all()} == {"form_made": 1, "started": 1}


def _cannot_count(execute, sql, params, many, context):
    if "INSERT INTO" in sql and "registration_dailycount" in sql:
        raise DatabaseError("a count that fails")
    return execute(sql, params, many, context)


def test_count_that_fails_keeps_no_form_from_being_stored(client):
    with connection.execute_wrapper(_cannot_count):
        assert client.post("/apply/mo/", {**SENT, "reference": new_reference()}).status_code == 200
    assert (Application.objects.count(), DailyCount.objects.count()) == (1, 0)


def _loses_the_connection(execute, sql, params, many, context):
    if "INSERT INTO" in sql and "registration_dailycount" in sql:
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        other.close()
    return execute(sql, params, many, context)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connection to lose")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_r06_form_whose_transaction_is_lost_with_its_count_is_not_said_to_be_stored(client):
    reference = new_reference()
    with connection.execute_wrapper(_loses_the_connection):
        response = client.post("/apply/mo/", {**SENT, "reference": reference})
    assert not Application.objects.exists()
    assert (response.status_code, 'name="sealed"' in response.content.decode()) == (200, True)


def _ends_the_transaction(execute, sql, params, many, context):
    if "INSERT INTO" in sql and "registration_dailycount" in sql:
        connection.connection.rollback()
        raise OperationalError("disk I/O error")
    return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_r08_form_whose_transaction_the_database_ended_is_not_said_to_be_stored(client):
    with connection.execute_wrapper(_ends_the_transaction):
        response = client.post("/apply/mo/", {**SENT, "reference": new_reference()})
    assert not Application.objects.exists()
    assert (response.status_code, 'name="sealed"' in response.content.decode()) == (200, True)
