"""A partner, its keys, and a caller that speaks JSON."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from registration.domain import keys
from registration.domain.audit import Order
from registration.domain.keys import SCOPES, KeyWish
from registration.models import Partner


@dataclass
class Caller:
    """A program with a key, or without one."""

    key: str = ""

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        sent = {"HTTP_" + name.upper(): value for name, value in headers.items()}
        if self.key:
            sent["HTTP_AUTHORIZATION"] = f"Bearer {self.key}"
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = sent.pop("HTTP_CONTENT_TYPE", "application/json")
        client = Client(raise_request_exception=False)
        return client.generic(method, f"/api/v1/{path}", data, content_type=kind, **sent)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self("POST", path, body, **headers)


def key_of(partner: Partner, mode: str = "live", scopes: tuple[str, ...] = SCOPES) -> str:
    """The text of a new key. Not audited: the audit is never deleted, not even after a test that commits."""
    order = Order("member 1", "A test.", timezone.now())
    return keys._make(partner, KeyWish("Server", mode, scopes), order)[1]


@pytest.fixture
def partner(db) -> Partner:
    return Partner.objects.create(slug="acme", name="Acme", approved_at=timezone.now())


@pytest.fixture
def other_partner(db) -> Partner:
    return Partner.objects.create(slug="globex", name="Globex", approved_at=timezone.now())


@pytest.fixture
def live(partner) -> Caller:
    return Caller(key_of(partner))


@pytest.fixture
def sandbox(partner) -> Caller:
    return Caller(key_of(partner, "test"))


@pytest.fixture
def public(db) -> Caller:
    return Caller()


def problem(response: HttpResponse) -> tuple[int, str, list[tuple[str, str]]]:
    """(status, kind, [(code, pointer)]) of a problem, whose form is checked on the way."""
    assert response.headers["Content-Type"] == "application/problem+json"
    said = json.loads(response.content)
    assert set(said) == {"type", "title", "status", "detail", "errors"}
    assert said["status"] == response.status_code
    assert said["errors"]
    assert all(set(each) == {"code", "field", "pointer", "detail", "advisory"} for each in said["errors"])
    assert all(each["detail"] for each in said["errors"])
    kind = said["type"].removeprefix("urn:problem-type:enfranchise:")
    return said["status"], kind, [(each["code"], each["pointer"]) for each in said["errors"]]
