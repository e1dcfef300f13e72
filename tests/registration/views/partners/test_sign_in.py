"""Signing in: the password, then the second factor."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from registration.models import Role
from tests.members import PASSWORD, TOTP_SECRET, join, make_partner

pytestmark = pytest.mark.django_db
SIGN_IN = "/partners/account/sign-in/"
SECOND = "/partners/account/factor/sign-in/"


def code_now() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(TOTP_SECRET, counter))


@pytest.fixture
def member():
    return join(make_partner("acme"), Role.OWNER, "ann@example.org", password=PASSWORD)


def type_password(client: Client, password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"login": "ann@example.org", "password": password, **more})


def test_sign_in_with_password_and_code_leads_to_the_dashboard(member, client):
    assert type_password(client)["Location"] == SECOND
    assert client.get("/partners/acme/").status_code == 302
    answer = client.post(SECOND, {"code": code_now()})
    assert (answer.status_code, answer["Location"]) == (302, "/partners/")
    assert client.get("/partners/acme/").status_code == 200
    assert time.time() - client.session["account_authentication_methods"][-1]["at"] < 60


def test_sign_in_with_a_wrong_code_stays_outside(member, client, look):
    type_password(client)
    wrong = client.post(SECOND, {"code": "000000"})
    assert (wrong.status_code, look(wrong).headings) == (200, ["One more step"])
    assert "Incorrect code." in look(wrong).html
    assert client.get("/partners/acme/").status_code == 302
