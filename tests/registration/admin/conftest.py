"""The operators' pages, one of each record, and a client for everyone who may come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from registration.models import Application, AuditEntry, Correction, DailyCount, Document, Partner, Role, Switch
from tests.members import join, make_partner, make_person, signed_in
from tests.registration.admin.site_urls import ADMIN_PATH

NOW = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)


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
    """One of each record, by the name of its kind."""
    order = {"reason": "It does not answer.", "made_by": "Ana", "made_at": NOW}
    application = Application.objects.create(
        partner=visitors.partner, reference_hash=b"\x07" * 32, jurisdiction="GA", channel="web", language="en",
        rules_version="v1", election_day=date(2028, 11, 7), created_at=NOW,
    )  # fmt: skip
    made = (
        application,
        Document.objects.create(
            application=application, reference_hash=b"\x08" * 32, sealed=b"Zz-sealed-bytes", expires_at=NOW
        ),
        visitors.partner,
        AuditEntry.objects.create(
            who="Ana", action="corrected", subject_kind="correction", subject_id=1, reason="So it is.", at=NOW
        ),
        DailyCount.objects.create(partner=visitors.partner, day=NOW.date(), kind="started", channel="web", count=3),
        Switch.objects.create(
            jurisdiction="GA", channel="online", starts_at=NOW, ends_at=NOW + timedelta(days=1), **order
        ),
        Correction.objects.create(
            jurisdiction="GA", rule="office", fragment="[[office]]", starts_on=NOW.date(), ends_on=NOW.date(), **order
        ),
    )
    return {type(each).__name__.lower(): each for each in made}
