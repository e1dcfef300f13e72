"""The operators' pages, one of each record, and a client for everyone who may come."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from registration.models import Partner, Role
from tests.members import join, make_partner, make_person, signed_in
from tests.registration.admin.records import make_records
from tests.registration.admin.site_urls import ADMIN_PATH


@pytest.fixture(autouse=True)
def _operators_pages(settings, db) -> Iterator[None]:
    settings.ADMIN_PATH = ADMIN_PATH
    settings.ROOT_URLCONF = "tests.registration.admin.site_urls"
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    with translation.override("en"):
        yield


@dataclass
class Visitors:
    partner: Partner
    anonymous: Client
    member: Client
    without_factor: Client
    stale: Client
    dismissed: Client
    staff: Client


@pytest.fixture
def visitors() -> Visitors:
    """``stale`` showed the factor six minutes ago; ``dismissed`` is an operator whose account was closed."""
    partner = make_partner("acme")
    people = {name: make_person(f"{name}@example.org", factor=name != "bare") for name in ("bare", "op", "old", "gone")}
    for each in people.values():
        each.is_staff = True
        each.save()
    clients = {name: signed_in(user, factor=name != "bare") for name, user in people.items()}
    people["gone"].is_active = False
    people["gone"].save()
    return Visitors(
        partner=partner,
        anonymous=Client(),
        member=signed_in(join(partner, Role.OWNER).user),
        without_factor=clients["bare"],
        stale=signed_in(people["old"], seconds_ago=360),
        dismissed=clients["gone"],
        staff=clients["op"],
    )


@pytest.fixture
def rows(visitors) -> dict[str, object]:
    return make_records(visitors.partner)
