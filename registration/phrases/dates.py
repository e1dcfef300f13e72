"""Days and times in words, in the active language."""

from __future__ import annotations

from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


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


def clock(time: str) -> str:
    """A rule's local time in words. ``time``: "17:00", "close_of_polls", "close_of_business" or "".

    Translations stand after "by" in a sentence, as in "by 5 p.m.".
    """
    named = {
        "": "",
        "close_of_polls": _("the time the polls close"),
        "close_of_business": _("the end of office hours"),
        "12:00": _("noon"),
    }
    if time in named:
        return named[time]
    hour, minute = (int(part) for part in time.split(":"))
    values = {"hour": (hour - 1) % 12 + 1, "minute": f"{minute:02}"}
    if minute:
        return (_("%(hour)d:%(minute)s a.m.") if hour < 12 else _("%(hour)d:%(minute)s p.m.")) % values
    return (_("%(hour)d a.m.") if hour < 12 else _("%(hour)d p.m.")) % values


def by(value: date, time: str = "") -> str:
    """ "by Monday, October 5, 2026" or "by 5 p.m. on Monday, October 5, 2026", to stand within a sentence."""
    if time:
        return pgettext("last moment", "by %(clock)s on %(day)s") % {"clock": clock(time), "day": day(value)}
    return pgettext("last moment", "by %(day)s") % {"day": day(value)}
