"""S-25: no other site can send anything in a person's name, by whatever kind of body a form or a script can post."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from registration.models import AuditEntry, Membership
from tests.members import make_people, signed_in

pytestmark = pytest.mark.django_db
#: What a page elsewhere can send without asking first.
SIMPLE = {
    "form": ("application/x-www-form-urlencoded", "role=owner&email=evil%40example.org"),
    "multipart": (
        "multipart/form-data; boundary=x",
        '--x\r\nContent-Disposition: form-data; name="role"\r\n\r\nowner\r\n--x--\r\n',
    ),
    "text": ("text/plain", "role=owner\r\nemail=evil@example.org\r\n"),
    "json as text": ("text/plain", '{"role": "owner", "email": "evil@example.org", "csrfmiddlewaretoken": "="}'),
    "nothing": ("", ""),
}
DASHBOARD = ["members/", "keys/make/", "leave/", "sites/add/", "webhooks/add/"]
PUBLIC = ["/find/", "/apply/ga/", "/apply/ga/check/", "/form/", "/contact/withdraw/", "/delete/", "/m/", "/remind/ga/"]


@pytest.fixture(autouse=True)
def _forget_tries():
    cache.clear()


@pytest.fixture
def owner():
    people = make_people()
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(people.members["owner"].user).cookies
    return client


@pytest.mark.parametrize("kind", SIMPLE)
@pytest.mark.parametrize("path", DASHBOARD)
def test_s25_dashboard_takes_nothing_without_its_token(owner, path, kind):
    before = (AuditEntry.objects.count(), Membership.objects.count())
    media, body = SIMPLE[kind]
    for headers in ({}, {"origin": "https://evil.example"}, {"origin": "null"}, {"referer": "https://evil.example/"}):
        answer = owner.generic("POST", f"/partners/acme/{path}", body, media, headers=headers)
        assert answer.status_code == 403, headers
    assert (AuditEntry.objects.count(), Membership.objects.count()) == before


@pytest.mark.parametrize("kind", SIMPLE)
def test_s25_sign_in_of_another_person_cannot_be_forged(kind, settings):
    media, body = SIMPLE[kind]
    answer = Client(enforce_csrf_checks=True).generic("POST", "/partners/account/sign-in/", body, media)
    assert answer.status_code == 403


@pytest.mark.parametrize("kind", SIMPLE)
@pytest.mark.parametrize("path", PUBLIC)
def test_s25_public_pages_take_nothing_from_another_site(client, path, kind):
    media, body = SIMPLE[kind]
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
    ):
        assert client.generic("POST", path, body, media, headers=headers).status_code == 403, headers


def test_s25_api_reads_no_body_that_a_form_could_send(client):
    for kind, (media, body) in SIMPLE.items():
        answer = client.generic("POST", "/api/v1/assessments/", body, media)
        assert (kind, answer.status_code) == (kind, 415 if body else answer.status_code)
        assert answer.status_code >= 400


def test_s25_api_knows_nobody_by_a_cookie(owner):
    answer = owner.generic("POST", "/api/v1/applications/", "{}", "application/json")
    assert (answer.status_code, json.loads(answer.content)["errors"][0]["code"]) == (401, "key_missing")
