"""A jurisdiction in an address, its day, and the election in view there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from registration.domain import contacts, rules, subscriptions
from registration.domain.rules import local_day
from registration.domain.switches import active_switches
from registration.forms.application_form import Setting
from registration.models import Partner
from state_rules import JURISDICTIONS, Jurisdiction, form_needs, load, target_election

__all__ = ["PlaceConverter", "form_setting", "local_day", "setting_for", "today"]


class PlaceConverter:
    """Two letters, small in an address; a Jurisdiction in the view, as its file has it: ``setting_for`` corrects it."""

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


def setting_for(jurisdiction: Jurisdiction, partner: Partner | None = None) -> Setting:
    """Today there, with the rules as they are corrected, and the first election for which some way to register is
    open by law, be it not by mail. A way that is switched off may come back, so it still counts.

    ``partner``: whose questions the form asks at its end."""
    on = today(jurisdiction)
    found = rules.standing(jurisdiction.code, on)
    current = found.jurisdiction
    return Setting(
        current,
        form_needs(current, on),
        target_election(current, on),
        on,
        switches=active_switches(current.code, get_language() or "en", timezone.now()),
        corrections=found.corrections,
        partner=partner,
        questions=contacts.asked(partner, current, on),
    )


def form_setting(jurisdiction: Jurisdiction, partner: Partner | None) -> Setting:
    """The same for the form that people fill in, which also offers them our messages."""
    setting = setting_for(jurisdiction, partner)
    return replace(setting, messages=subscriptions.offered(partner, setting.jurisdiction, setting.on))
