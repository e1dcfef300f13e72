"""A jurisdiction in an address, its day, and the election in view there."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from registration.forms.application_form import Setting
from state_rules import JURISDICTIONS, Jurisdiction, form_needs, load, target_election


class PlaceConverter:
    """Two letters, small in an address; a Jurisdiction in the view."""

    regex = "[a-zA-Z]{2}"

    def to_python(self, value: str) -> Jurisdiction:
        if value.upper() not in JURISDICTIONS:
            raise ValueError
        return load(value.upper())

    def to_url(self, value: Jurisdiction | str) -> str:
        return (value if isinstance(value, str) else value.code).lower()


def today(jurisdiction: Jurisdiction) -> date:
    """The calendar day where the jurisdiction's main time zone is."""
    return local_day(timezone.now(), jurisdiction)


def local_day(moment: datetime, jurisdiction: Jurisdiction) -> date:
    """The day that a moment falls on there."""
    return moment.astimezone(ZoneInfo(jurisdiction.timezones[0])).date()


def setting_for(jurisdiction: Jurisdiction) -> Setting:
    """Today there, and the first election for which some way to register is open, be it not by mail."""
    on = today(jurisdiction)
    return Setting(jurisdiction, form_needs(jurisdiction, on), target_election(jurisdiction, on), on)
