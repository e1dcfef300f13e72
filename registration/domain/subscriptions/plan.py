"""When the reminders are due, where the person lives. The clock on the wall there counts, whatever it is set to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from registration import phrases
from registration.domain import contacts, rules
from state_rules import Jurisdiction, due_dates, form_needs, upcoming

#: Late enough that nobody is woken, also one zone to the west.
HOUR = time(10)
DOWNLOAD_DAYS, MAILED_DAYS, STATUS_DAYS = 1, 4, 21
BEFORE_LAST_DAY = timedelta(days=3)
#: How long each is of use where nothing else ends it.
DOWNLOAD_LASTS, MAILED_LASTS, STATUS_LASTS, BIRTHDAY_LASTS = (timedelta(days=days) for days in (3, 7, 14, 14))
#: What asks or urges to mail the form is of no use after the last day to mail it.
ABOUT_MAILING = ("remind_download", "remind_mailed", "remind_deadline")
_ELECTIONS_AHEAD = 40


@dataclass(frozen=True, slots=True)
class Reminder:
    """``kind`` without its means; due ``at``, of no use from ``until`` on."""

    kind: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """What a plan follows from: a form made at ``made_at`` for the election of ``election_day``."""

    code: str
    election_day: date
    zone: str
    made_at: datetime

    @property
    def made_on(self) -> date:
        return day_of(self.made_at, self.zone)


def earliest_zone(jurisdiction: Jurisdiction) -> str:
    """The zone of the state in which a day ends first, be it only in summer: what is in time there is in time
    everywhere. The first of those that do not differ."""

    def ahead(zone: str) -> timedelta:
        moments = (datetime(2028, month, 1, tzinfo=ZoneInfo(zone)) for month in (1, 7))
        return sum((moment.utcoffset() or timedelta() for moment in moments), timedelta())

    return max(jurisdiction.timezones, key=ahead)


def day_of(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def morning(day: date, zone: str) -> datetime:
    """10:00 on the clocks there."""
    return datetime.combine(day, HOUR, ZoneInfo(zone)).astimezone(UTC)


def end_of(day: date, zone: str) -> datetime:
    """The first moment that is no longer that day there."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone)).astimezone(UTC)


def expiry(election_day: date, zone: str) -> datetime:
    """The first moment of the day on which a subscription goes."""
    return datetime.combine(contacts.last_day(election_day), time.min, ZoneInfo(zone)).astimezone(UTC)


def last_day_to_mail(case: Case, place: Jurisdiction, on: date) -> date | None:
    """The last day to mail the form with confidence, seen from the day on which it was made and by the rules
    (``place``) as they stand on ``on``; None where none is stated, or it was too late already."""
    if form_needs(place, on).acceptance != "registers":
        return None  # what is mailed asks for another form, which has to come and go in time, too
    coming = upcoming(place.code, case.made_on, _ELECTIONS_AHEAD)
    election = next((each for each in coming if each.day == case.election_day), None)
    if election is None:
        return None
    return phrases.mailing_day(due_dates(place, election, "mail", on), case.made_on)


def current_last_day(case: Case, now: datetime) -> date | None:
    """``last_day_to_mail`` by the rules and corrections of ``now``."""
    on = day_of(now, case.zone)
    return last_day_to_mail(case, rules.current(case.code, on), on)


def reminders(case: Case, last_day: date | None) -> tuple[Reminder, ...]:
    """What is to be sent, the soonest first. On the day that reminds of the deadline nothing else is."""
    expires = expiry(case.election_day, case.zone)
    end = end_of(last_day, case.zone) if last_day else None
    deadline = deadline_reminder(case, last_day)
    planned = [
        _after(case, "remind_download", DOWNLOAD_DAYS, DOWNLOAD_LASTS),
        _after(case, "remind_mailed", MAILED_DAYS, MAILED_LASTS),
    ]
    if end:
        planned = [Reminder(each.kind, each.at, min(each.until, end)) for each in planned if each.at < end]
    if deadline:
        planned = [each for each in planned if each.at != deadline.at] + [deadline]
    planned.append(_after(case, "remind_status", STATUS_DAYS, STATUS_LASTS))
    kept = [Reminder(each.kind, each.at, min(each.until, expires)) for each in planned if each.at < expires]
    return tuple(sorted(kept, key=lambda each: each.at))


def deadline_reminder(case: Case, last_day: date | None) -> Reminder | None:
    """None where there is no last day, or it is nearer than the reminder would be before it."""
    if last_day is None:
        return None
    at = morning(last_day - BEFORE_LAST_DAY, case.zone)
    return Reminder("remind_deadline", at, end_of(last_day, case.zone)) if at > case.made_at else None


def _after(case: Case, kind: str, days: int, lasts: timedelta) -> Reminder:
    at = morning(case.made_on + timedelta(days=days), case.zone)
    return Reminder(kind, at, at + lasts)
