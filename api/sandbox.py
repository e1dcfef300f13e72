"""What test keys get. Nothing is stored; each outcome that a program must be able to handle can be asked for.

Answers are fixed by what was sent, so that they can be compared. "hostile" lets good requests fail first, as a bad
day does: how often and how is decided by the reference.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from api.errors import ApiProblem, Fault
from registration import phrases
from registration.domain.rates import Rate, take
from registration.domain.validation import Problem
from registration.models import ApiKey, Application
from state_rules import JURISDICTIONS, load

#: The identifiers of test applications begin with this and have version 8; no real one does.
MARK = 0x7E57
VERSION = 8
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
ELECTION_DAY = date(2026, 11, 3)
SLOW_SECONDS = 2.0
WAIT = {"Retry-After": "1"}
#: Attempts of a hostile reference are remembered for so long.
MEMORY = 3600
FAILURES = ("unavailable", "throttled", "server_error")
MOST_FAILURES = 3


@dataclass(frozen=True, slots=True)
class TestApplication:
    """Looks like a record; is none."""

    id: UUID
    jurisdiction: str
    status: str = Application.Status.FORM_READY
    channel: str = Application.Channel.API
    language: str = "en"
    election_day: date = ELECTION_DAY
    created_at: datetime = MADE_AT

    @property
    def expires_at(self) -> datetime:
        return MADE_AT + timedelta(days=settings.SEALED_ANSWERS_DAYS)


def application_of(reference: str, code: str) -> TestApplication:
    """The same for the same reference and jurisdiction."""
    digest = hashlib.sha256(reference.encode()).digest()
    value = MARK << 112 | JURISDICTIONS.index(code) << 104 | int.from_bytes(digest[:13], "big")
    value = value & ~(0xF << 76) | VERSION << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return TestApplication(UUID(int=value), code)


def application(wanted: UUID) -> TestApplication | None:
    """The one that a test key was given under this identifier."""
    index = wanted.int >> 104 & 0xFF
    if wanted.int >> 112 != MARK or wanted.version != VERSION or index >= len(JURISDICTIONS):
        return None
    return TestApplication(wanted, JURISDICTIONS[index])


def play(outcome: str, sent: dict[str, Any], key: ApiKey) -> None:
    """Raises the ApiProblem of the outcome that was asked for; returns where the application is "made"."""
    if outcome == "slow":
        time.sleep(SLOW_SECONDS)
    elif outcome == "hostile":
        _hostile(sent["reference"], key)
    elif outcome in ("throttled", "unavailable"):
        raise ApiProblem(outcome, headers=WAIT, is_played=True)
    elif outcome == "server_error":
        raise ApiProblem("server_error", is_played=True)
    elif outcome == "conflict":
        raise ApiProblem("reference_reused", is_played=True)
    elif outcome == "expired":
        raise ApiProblem("expired", is_played=True)
    elif outcome == "problems":
        raise ApiProblem("invalid", (*_said(sent, PROBLEMS), *_said(sent, NOTICES)), is_played=True)
    elif outcome == "notices":
        _notices(sent)


PROBLEMS = (Problem("last_name_required", "last_name"), Problem("zip_shape", "home_zip"))
NOTICES = (Problem("previous_street_missing", "previous_street", advisory=True),)


def _said(sent: dict[str, Any], problems: tuple[Problem, ...]) -> tuple[Fault, ...]:
    place = load(sent["jurisdiction"])
    return tuple(
        Fault(each.code, each.field, f"#/answers/{each.field}", phrases.problem(each, place), each.advisory)
        for each in problems
    )


def _notices(sent: dict[str, Any]) -> None:
    """Once the notice is among those seen, the application is made."""
    seen = sent.get("notices_seen", ())
    left = tuple(each for each in _said(sent, NOTICES) if f"{each.code}:{each.field}" not in seen)
    if left:
        raise ApiProblem("notices", left, is_played=True)


def failures_of(reference: str) -> tuple[str, ...]:
    """How the first requests with a hostile reference fail; one in four never does."""
    digest = hashlib.sha256(b"hostile" + reference.encode()).digest()
    return tuple(FAILURES[byte % len(FAILURES)] for byte in digest[1 : 1 + digest[0] % (MOST_FAILURES + 1)])


def _hostile(reference: str, key: ApiKey) -> None:
    guest = hashlib.sha256(f"{key.identifier} {reference}".encode()).hexdigest()[:40]
    attempt = take(Rate("hostile", MOST_FAILURES, MEMORY), guest, time.time()).count
    failures = failures_of(reference)
    if attempt <= len(failures):
        kind = failures[attempt - 1]
        raise ApiProblem(kind, headers={} if kind == "server_error" else WAIT, is_played=True)
