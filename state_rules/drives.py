"""What a volunteer registration drive must do in a jurisdiction, and by when it hands in what it has collected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from state_rules.dated import Version
from state_rules.deadlines import due_dates
from state_rules.elections import Election
from state_rules.form_needs import rule_on
from state_rules.jurisdiction import Jurisdiction
from state_rules.practice import Drives, ReturnClock
from state_rules.qualifications import Channel

#: "unknown": no rule of the state is known to us; a drive asks the office before it starts.
DriveStanding = Literal["may_work", "after_duties", "cannot_work", "unknown"]
Duty = Literal[
    "group_registers",
    "large_group_registers",
    "paid_group_registers",
    "training",
    "appointment",
    "volunteer_registers",
    "paid_volunteer_registers",
    "in_every_county",
    "receipt",
    "never_pay_per_form",
    "return_in_time",
]
_OF_GROUP: dict[str, Duty] = {
    "registers": "group_registers",
    "large_drives": "large_group_registers",
    "paid_only": "paid_group_registers",
}
_OF_VOLUNTEER: dict[str, Duty] = {
    "training": "training",
    "appointment": "appointment",
    "registers": "volunteer_registers",
    "paid_only": "paid_volunteer_registers",
}
#: Whether a drive may copy or keep what people wrote on their forms. "unknown": no rule of the state is known to us.
Keeping = Literal["forbidden", "with_consent", "unknown"]
#: How a drive's forms reach the office.
HANDED_IN: tuple[Channel, ...] = ("mail", "in_person")
#: Duties that are met before the first form is taken, by everyone who takes one.
_BEFORE: frozenset[Duty] = frozenset({"group_registers", "training", "appointment", "volunteer_registers"})


@dataclass(frozen=True, slots=True)
class DriveRules:
    """``standing`` and ``duties`` of a drive; ``version`` holds fines, clocks, sources and confidence."""

    standing: DriveStanding
    duties: tuple[Duty, ...]
    version: Version[Drives]


@dataclass(frozen=True, slots=True)
class ReturnBy:
    """When a form signed on a day must have been handed in.

    ``by``: the last day. ``hours``: where the law counts hours from the signature, how many; ``by`` is then the last
    day that lies within them whole. ``because``: which limit decides.
    """

    by: date
    hours: int | None
    because: Literal["clock", "near_deadline", "deadline"]


def drive_rules(jurisdiction: Jurisdiction, on: date) -> DriveRules:
    """What is asked of a drive there on ``on``. Raises LookupError before the data begins."""
    version = rule_on(jurisdiction.drives, on)
    rule = version.value
    if not rule.possible:
        return DriveRules("cannot_work", (), version)
    duties = _duties(rule)
    if rule.group == "unknown" and rule.volunteer == "unknown" and not duties:
        return DriveRules("unknown", (), version)
    return DriveRules("after_duties" if _BEFORE & set(duties) else "may_work", duties, version)


def _duties(rule: Drives) -> tuple[Duty, ...]:
    said: list[Duty | None] = [
        _OF_GROUP.get(rule.group),
        _OF_VOLUNTEER.get(rule.volunteer),
        "in_every_county" if rule.per_county else None,
        "receipt" if rule.receipt else None,
        "never_pay_per_form" if rule.paid_per_form == "banned" else None,
        "return_in_time" if rule.return_within else None,
    ]
    return tuple(duty for duty in said if duty)


def keeping(jurisdiction: Jurisdiction, on: date) -> Keeping:
    """Whether those who bring an applicant may keep anything of theirs. Raises LookupError before the data begins."""
    return rule_on(jurisdiction.drives, on).value.keeping


def return_by(jurisdiction: Jurisdiction, signed: date, election: Election) -> ReturnBy | None:
    """By when a form signed on ``signed`` is handed in, with ``election`` coming; None where no rule is known.

    The strictest of the clocks decides: the state's own, the shorter one near the deadline, and the close of
    registration by mail or in person, whichever comes first: after it a form no longer counts for this election.
    Business days leave out weekends and holidays of the state. Raises LookupError before the data begins.
    """
    rule = rule_on(jurisdiction.drives, signed).value
    if rule.return_within is None:
        return None
    deadline = _first_close(jurisdiction, election, signed)
    found = [_run_out(jurisdiction, signed, rule.return_within, "clock")]
    if rule.near_deadline and _is_near(rule, signed, deadline):
        found.append(_run_out(jurisdiction, signed, rule.near_deadline, "near_deadline"))
    if deadline is not None and signed <= deadline:
        found.append(ReturnBy(deadline, None, "deadline"))
    return min(found, key=lambda each: each.by)


def _first_close(jurisdiction: Jurisdiction, election: Election, on: date) -> date | None:
    """The earlier of the regular closes by mail and in person; None where neither has a day."""
    dues = [due_dates(jurisdiction, election, channel, on) for channel in HANDED_IN]
    closes = [due.ordinary_last_day_to_act for due in dues if due.available]
    return min((close for close in closes if close), default=None)


def _is_near(rule: Drives, signed: date, deadline: date | None) -> bool:
    """Whether the shorter clock runs; always, where it is not known from which day."""
    if not rule.near_days:
        return True
    return deadline is not None and timedelta(0) <= deadline - signed <= timedelta(days=rule.near_days)


def _run_out(
    jurisdiction: Jurisdiction, signed: date, clock: ReturnClock, because: Literal["clock", "near_deadline"]
) -> ReturnBy:
    if clock.unit == "hours":
        return ReturnBy(signed + timedelta(days=max(clock.amount // 24 - 1, 0)), clock.amount, because)
    if clock.unit == "days":
        return ReturnBy(signed + timedelta(days=clock.amount), None, because)
    by = jurisdiction.office_days(signed).business_days_after(signed, clock.amount)
    return ReturnBy(by, None, because)
