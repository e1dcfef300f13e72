"""Fixtures that every test may use. Unit tests reach no network but this machine's own services."""

import os
from datetime import UTC, date, datetime

import pytest
from hypothesis import settings
from pytest_socket import socket_allow_hosts

from registration.applicant import Address, Applicant, IdNumber, Name

# A busy machine is no fault of the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
LOOPBACK = ["127.0.0.1", "::1"]
# The browser driver's event loop runs in the test's own thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def _only_this_machine():
    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


class Seconds:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def outage_clock(monkeypatch) -> Seconds:
    """What one test read from its database is not known to the next, as in a process of its own."""
    from registration.domain import contacts, rules, sites, switches
    from registration.domain.last_known import LastKnown, Outage
    from registration.views import partner

    clock = Seconds()
    outage = Outage(clock)
    remembered = ((rules, "corrections"), (switches, "switches"), (partner, "partners"), (contacts, "questions"))
    for module, name in remembered:
        monkeypatch.setattr(module, "_last_known", LastKnown(name, outage))
    monkeypatch.setattr(sites, "_origins", sites.Origins(LastKnown("sites", outage), clock))
    return clock


@pytest.fixture(autouse=True)
def _programs_may_be_fast(settings) -> None:
    """Tests send their forms at once, as no person could, and look at once at what they changed; those of the time
    trap and of what is remembered set it themselves."""
    settings.FORM_FASTEST_SECONDS = settings.READ_AGAIN_AFTER = 0


@pytest.fixture
def on() -> date:
    return date(2028, 6, 1)


@pytest.fixture
def now() -> datetime:
    return datetime(2028, 6, 1, 15, 30, tzinfo=UTC)


@pytest.fixture
def applicant() -> Applicant:
    return Applicant(
        jurisdiction="GA",
        citizen="yes",
        eighteen="yes",
        other_rule="no",
        birth_date=date(1990, 2, 28),
        name=Name(last="Nguyễn", first="Łukasz", middle="Kahakūʻai", suffix="Jr"),
        home=Address(street="123 1/2 Main St", unit="4B", city="Atlanta", state="GA", zip_code="30303"),
        telephone="(404) 555-0123",
        id_number=IdNumber(licence="057123456"),
    )
