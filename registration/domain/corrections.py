"""Correcting a fact ahead of a release: a version of one rule that is laid over a state's file for a while."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

import state_rules
from registration.domain.audit import Order, Refused, check_sentence, record
from registration.domain.rules import changes, current, local_day, problems_on
from registration.models import AuditEntry, Correction
from state_rules import Jurisdiction, RuleFileError
from state_rules.overlay import Fragment, corrected

LONGEST = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Wanted:
    jurisdiction: str
    overlay: Fragment
    reason_es: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """The rules on a correction's first day, without it and with it."""

    before: Jurisdiction
    after: Jurisdiction


def attempt(wanted: Wanted, now: datetime) -> Tried:
    """What a correction would give, together with those that are in force on its first day. Changes nothing.

    Raises Refused where it would not be taken, be it that it does not fit on a later one of its days.
    """
    if wanted.jurisdiction not in state_rules.JURISDICTIONS:
        raise Refused(f"There is no jurisdiction {wanted.jurisdiction!r}.")
    overlay = wanted.overlay
    today = local_day(now, state_rules.load(wanted.jurisdiction))
    if overlay.starts < today:
        raise Refused("The first day is past. Leave it out to begin today.")
    if overlay.ends < overlay.starts:
        raise Refused("The last day comes before the first.")
    if overlay.ends > today + LONGEST:
        raise Refused(f"The last day is more than {LONGEST.days} days ahead. Choose an earlier one, and renew it then.")
    tried = [_tried(wanted, day) for day in changes(wanted.jurisdiction, overlay.starts, overlay.ends)]
    return tried[0]


def _tried(wanted: Wanted, on: date) -> Tried:
    """Laid over the rules of one of its days. Raises Refused where it does not fit then."""
    before = current(wanted.jurisdiction, on)
    try:
        return Tried(before, corrected(before, wanted.overlay))
    except RuleFileError as error:
        when = "" if on == wanted.overlay.starts else f"From {on} on, with the corrections of then: "
        raise Refused(f"{when}{error}") from None


def correct(wanted: Wanted, order: Order) -> Correction:
    """Put a correction in force for its days; the order's reason is shown beside the fact. Raises Refused."""
    order.check()
    if wanted.reason_es:
        check_sentence(wanted.reason_es)
    attempt(wanted, order.at)
    overlay = wanted.overlay
    with transaction.atomic():
        correction = Correction.objects.create(
            jurisdiction=wanted.jurisdiction,
            rule=overlay.rule,
            fragment=overlay.text,
            starts_on=overlay.starts,
            ends_on=overlay.ends,
            reason=order.reason.strip(),
            reason_es=wanted.reason_es.strip(),
            made_by=order.by.strip(),
            made_at=order.at,
        )
        record(order, AuditEntry.Action.CORRECTED, correction, _details(correction))
    return correction


def _details(correction: Correction) -> dict[str, str]:
    return {
        "jurisdiction": correction.jurisdiction,
        "rule": correction.rule,
        "starts_on": correction.starts_on.isoformat(),
        "ends_on": correction.ends_on.isoformat(),
        "sha256": hashlib.sha256(correction.fragment.encode()).hexdigest(),
    }


def end_correction(number: int, order: Order) -> Correction:
    """End a correction before its time. Raises Refused where there is none, or where it is over already."""
    order.check()
    with transaction.atomic():
        correction = Correction.objects.select_for_update().filter(pk=number).first()
        if correction is None:
            raise Refused(f"There is no correction {number}.")
        if correction.ended_at or correction.ends_on < _today(correction, order.at):
            raise Refused(f"Correction {number} is over already.")
        correction.ended_at = order.at
        correction.save(update_fields=["ended_at"])
        record(order, AuditEntry.Action.CORRECTION_ENDED, correction, _details(correction))
    return correction


def _today(correction: Correction, now: datetime) -> date:
    return local_day(now, state_rules.load(correction.jurisdiction))


@dataclass(frozen=True, slots=True)
class Listed:
    """``problem``: why the correction does not fit the files of this release on all of its days; "" where it does."""

    correction: Correction
    problem: str


def coming_and_active(now: datetime) -> list[Listed]:
    """Every correction that is not over yet, by jurisdiction, the oldest first."""
    rows = Correction.objects.filter(ended_at=None, ends_on__gte=now.date() - timedelta(days=2))
    found = (row for row in rows.order_by("jurisdiction", "pk") if row.ends_on >= _today(row, now))
    return [Listed(row, _problem(row, _today(row, now))) for row in found]


def _problem(row: Correction, today: date) -> str:
    """The first on the days that are left, each with what is in force on it."""
    first = max(row.starts_on, today)
    for day in changes(row.jurisdiction, first, row.ends_on):
        problem = problems_on(row.jurisdiction, day).get(row.pk)
        if problem:
            return problem if day == first else f"From {day} on: {problem}"
    return ""
