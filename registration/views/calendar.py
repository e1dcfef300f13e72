"""The last days as a calendar file (RFC 5545)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registration import phrases
from registration.views import notices
from registration.views.place import setting_for
from state_rules import Due, Election, Jurisdiction, due_dates, ways

LONGEST_LINE = 75  # octets, RFC 5545 section 3.1
REMIND_DAYS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Event:
    """One whole day. ``key`` makes its UID, so that a second download replaces the first."""

    key: str
    day: date
    title: str
    text: str


@require_safe
def deadline(_request: HttpRequest, code: Jurisdiction) -> HttpResponse:
    now = timezone.now()
    body = calendar_file(events_of(code), now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="register-{code.code.lower()}.ics"'
    return response


def events_of(jurisdiction: Jurisdiction) -> list[Event]:
    """The last day of each open way for the election to aim for, the day to mail the form, and election day."""
    setting = setting_for(jurisdiction)
    jurisdiction, election = setting.jurisdiction, setting.election
    events = []
    for way in ways(jurisdiction, election, setting.on):
        if way.is_open and way.channel != "mail" and way.last_day:
            events.append(_last_day(jurisdiction, phrases.way_title(way), way.due, way.last_day))
    due = due_dates(jurisdiction, election, "mail", setting.on)
    mailing = phrases.mailing_day(due, setting.on)
    if mailing:
        events.append(_last_day(jurisdiction, _("Mail your voter registration form"), due, mailing))
    return [*events, _election_day(jurisdiction, election)]


def _last_day(jurisdiction: Jurisdiction, title: str, due: Due, day: date) -> Event:
    values = {"what": title, "state": phrases.jurisdiction_name(jurisdiction)}
    last_chance = phrases.last_chance(due)
    others = _("Other elections, such as local ones, may come sooner. Ask the election office.")
    text = " ".join(part for part in (phrases.due(due), last_chance, others, notices.unread()) if part)
    key = f"{jurisdiction.code}-{due.channel}-{due.election.day:%Y%m%d}".lower()
    return Event(key, day, _("Last day: %(what)s (%(state)s)") % values, text)


def _election_day(jurisdiction: Jurisdiction, election: Election) -> Event:
    values = {"election": phrases.election_name(election), "state": phrases.jurisdiction_name(jurisdiction)}
    title = _("%(election)s in %(state)s") % values
    return Event(f"{jurisdiction.code}-vote-{election.day:%Y%m%d}".lower(), election.day, title, "")


def calendar_file(events: list[Event], now: datetime) -> str:
    """The events as text, each with a reminder some days before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Enfranchise//Deadlines//EN", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.key}@enfranchise",
            f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(event.title)}",
            *([f"DESCRIPTION:{_escaped(event.text)}"] if event.text else []),
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_escaped(event.title)}",
            f"TRIGGER:-P{REMIND_DAYS_BEFORE}D",
            "END:VALARM",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Broken into lines of at most 75 octets, never within a letter."""
    parts: list[str] = []
    current = ""
    for letter in line:
        # a continued line starts with a space, which counts
        if len((current + letter).encode()) > LONGEST_LINE - bool(parts):
            parts.append(current)
            current = ""
        current += letter
    return "\r\n ".join([*parts, current])
