"""A jurisdiction in an address, its day, and the election in view there."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from registration.forms.application_form import Setting
from state_rules import JURISDICTIONS, Election, Jurisdiction, form_needs, load, target_election, upcoming, ways

ELECTIONS_AHEAD = 8


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
    return timezone.now().astimezone(ZoneInfo(jurisdiction.timezones[0])).date()


def mail_election(jurisdiction: Jurisdiction, on: date) -> Election:
    """The first election for which a mailed form still counts; it may be later than the one to aim for."""
    for election in upcoming(jurisdiction.code, on, ELECTIONS_AHEAD):
        if any(way.channel == "mail" and way.is_open for way in ways(jurisdiction, election, on)):
            return election
    return target_election(jurisdiction, on)


def setting_for(jurisdiction: Jurisdiction) -> Setting:
    on = today(jurisdiction)
    return Setting(jurisdiction, form_needs(jurisdiction, on), mail_election(jurisdiction, on), on)
