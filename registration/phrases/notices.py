"""What an operator switched off or corrected, as sentences. The operator's own reason stands beside them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registration.phrases.dates import clock, day, plain_day


def moment(value: datetime, zones: tuple[str, ...]) -> str:
    """A moment where the first of ``zones`` is; its city is named where there are several."""
    local = value.astimezone(ZoneInfo(zones[0]))
    values = {"day": day(local.date()), "clock": clock(f"{local:%H:%M}"), "city": _city(zones[0])}
    if len(zones) > 1:
        return pgettext("a moment", "%(clock)s in %(city)s on %(day)s") % values
    return pgettext("a moment", "%(clock)s on %(day)s") % values


def _city(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def switched_off(starts: datetime, ends: datetime, zones: tuple[str, ...]) -> str:
    """Since when and until when a way is switched off."""
    values = {"start": moment(starts, zones), "end": moment(ends, zones)}
    return _("We switched this off at %(start)s. It stays off until %(end)s at the latest.") % values


def nothing_instead() -> str:
    """What to do where no other way is open."""
    return _("No other way is open now. Ask the election office.")


def paper_elsewhere() -> str:
    """Where to find the form while we do not make it."""
    return _("The election office has paper forms, too.")


def unread() -> str:
    """What to do where it is not known whether anything is switched off or corrected."""
    return _("We cannot see now what we have corrected or switched off. Check with the election office before you act.")


def corrected(starts: date) -> str:
    """What stands before the reason of a correction."""
    return _("We corrected this on %(day)s:") % {"day": plain_day(starts)}


def corrected_until(ends: date) -> str:
    """What stands after it."""
    return _("The correction stands until %(day)s at the latest.") % {"day": plain_day(ends)}
