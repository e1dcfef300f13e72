"""The public page of what is kept and for how long, made from the schedule, with the numbers that prove it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from registration import phrases
from registration.domain import retention, rules, storing
from registration.phrases import retention as words
from registration.views.page import page, public
from registration.views.presenting import Cited, cited
from state_rules import drive_rules, keeping


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of the schedule. The numbers are None where the database does not tell them, or it stays."""

    kind: str
    what: str
    how_long: str
    days: int | None
    why: str
    afterwards: str
    by_schedule: tuple[int, int] | None = None
    on_request: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class StateLine:
    code: str
    name: str
    keeping: str
    said: str
    sources: list[Cited]


@dataclass(frozen=True, slots=True)
class Proof:
    """What the database says of the forgetting. ``late``: kinds of which something is still here."""

    totals: dict[tuple[str, str], tuple[int, int]]
    last_run: datetime | None
    late: tuple[str, ...]

    def is_late(self, now: datetime) -> bool:
        return bool(self.late) or self.last_run is None or now - self.last_run > retention.LATE


def proof(now: datetime) -> Proof | None:
    """None while the database is away."""
    try:
        return Proof(retention.totals(now), retention.last_run(), retention.late(now))
    except (OperationalError, InterfaceError):
        return None


def lines(found: Proof | None) -> list[Line]:
    return [_line(kept, found) for kept in retention.SCHEDULE]


def _line(kept: retention.Kept, found: Proof | None) -> Line:
    days = retention.length_of(kept.kind).days
    said = words.kept(kept.kind, days)
    totals = found.totals if found else {}
    numbers = [totals.get((kept.kind, why.value), (0, 0)) if found else None for why in retention.Why]
    return Line(kept.kind, said.what, said.how_long, days, said.why, said.afterwards, *numbers)


def staying() -> list[Line]:
    found = [(kept.kind, words.kept(kept.kind, 0)) for kept in retention.STAYS]
    return [Line(kind, said.what, said.how_long, None, said.why, said.afterwards) for kind, said in found]


def states(now: datetime) -> list[StateLine]:
    """What each state's law says of keeping, by name."""
    found = []
    for standing, on in rules.everywhere(now):
        jurisdiction = standing.jurisdiction
        said = keeping(jurisdiction, on)
        version = drive_rules(jurisdiction, on).version
        sources = cited(version) if said != "unknown" else []
        name = phrases.jurisdiction_name(jurisdiction)
        found.append(StateLine(jurisdiction.code, name, said, words.keeping(said), sources))
    return sorted(found, key=lambda each: each.name)


@public
@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = proof(now)
    late = [words.kept(kind, 0).what for kind in found.late] if found else []
    context: dict[str, Any] = {
        "lines": lines(found),
        "staying": staying(),
        "states": [each for each in states(now) if each.keeping != "unknown"],
        "proof": found,
        "is_late": found is not None and found.is_late(now),
        "late": late,
        "backups": retention.BACKUPS,
        "keeps_nothing": storing.keeps_nothing(None),
    }
    return page(request, "schedule.html", context)


@public
@require_safe
def schedule_json(_request: HttpRequest) -> JsonResponse:
    """The same for programs. Numbers are [in the last thirty days, ever]."""
    now = timezone.now()
    found = proof(now)
    return JsonResponse(
        {
            "schedule": [asdict(each) for each in lines(found)],
            "stays": [asdict(each) for each in staying()],
            "states": [asdict(each) for each in states(now)],
            "last_run": found.last_run if found else None,
            "is_late": found.is_late(now) if found else None,
            "late": found.late if found else None,
            "backups_days": retention.BACKUPS,
        }
    )
