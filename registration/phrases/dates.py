"""Days and times in words, in the active language."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext


def day(value: date) -> str:
    """A day with its weekday: "Monday, October 5, 2026"."""
    return pgettext("a day", "%(weekday)s, %(month)s %(day)d, %(year)d") % {
        "weekday": WEEKDAYS[value.weekday()],
        "month": MONTHS[value.month],
        "day": value.day,
        "year": value.year,
    }


def plain_day(value: date) -> str:
    """A day without its weekday, for dates of documents: "August 15, 2013"."""
    return pgettext("a day", "%(month)s %(day)d, %(year)d") % {
        "month": MONTHS[value.month],
        "day": value.day,
        "year": value.year,
    }


def moment(value: datetime, *, seconds: bool = False) -> str:
    """A point in time, for records that are read all over the country: "October 5, 2026, 14:05 UTC"."""
    utc = value.astimezone(UTC)
    time = f"{utc:%H:%M:%S}" if seconds else f"{utc:%H:%M}"
    return pgettext("a moment", "%(day)s, %(time)s UTC") % {"day": plain_day(utc.date()), "time": time}


def clock(time: str) -> str:
    """A rule's local time in words. ``time``: "17:00", "close_of_polls", "close_of_business" or "".

    Translations stand after "by" in a sentence, as in "by 5 p.m.".
    """
    named = {
        "": "",
        "close_of_polls": _("the time the polls close"),
        "close_of_business": _("the end of office hours"),
        "12:00": _("noon"),
        "00:00": _("12 a.m., when the day begins,"),
    }
    if time in named:
        return named[time]
    hour, minute = (int(part) for part in time.split(":"))
    shown = (hour - 1) % 12 + 1
    values = {"hour": shown, "minute": f"{minute:02}"}
    # one o'clock is singular in some languages
    if minute and hour < 12:
        said = ngettext("%(hour)d:%(minute)s a.m.", "%(hour)d:%(minute)s a.m.", shown)
    elif minute:
        said = ngettext("%(hour)d:%(minute)s p.m.", "%(hour)d:%(minute)s p.m.", shown)
    elif hour < 12:
        said = ngettext("%(hour)d a.m.", "%(hour)d a.m.", shown)
    else:
        said = ngettext("%(hour)d p.m.", "%(hour)d p.m.", shown)
    return said % values


def by(value: date, time: str = "") -> str:
    """ "by Monday, October 5, 2026" or "by 5 p.m. on Monday, October 5, 2026", to stand within a sentence."""
    if time:
        return pgettext("last moment", "by %(clock)s on %(day)s") % {"clock": clock(time), "day": day(value)}
    return pgettext("last moment", "by %(day)s") % {"day": day(value)}
