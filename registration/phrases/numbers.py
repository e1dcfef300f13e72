"""Words for a partner's numbers: the steps of the form, the doors, and what is wrong with a span of days."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

STEPS = {
    "eligibility": gettext_noop("Who may register"),
    "name": gettext_noop("Name"),
    "address": gettext_noop("Address"),
    "previous": gettext_noop("Earlier registration"),
    "numbers": gettext_noop("ID number and telephone"),
    "choices": gettext_noop("Party and race"),
    "helper": gettext_noop("Help with signing"),
    "contact": gettext_noop("Stay in touch"),
    "review": gettext_noop("Check of the answers"),
}
CHANNELS = {
    "web": gettext_noop("Our site"),
    "widget": gettext_noop("Widget"),
    "api": gettext_noop("API"),
    "kiosk": gettext_noop("Kiosk"),
}
SPAN_PROBLEMS = {
    "span_shape": gettext_noop("Enter two real days, each as year, month and day."),
    "span_order": gettext_noop("Choose a last day that does not come before the first."),
    "span_too_long": gettext_noop("Choose at most %(limit)s days."),
}


def step(key: str) -> str:
    return _(STEPS[key]) if key in STEPS else key


def channel(key: str) -> str:
    return _(CHANNELS[key]) if key in CHANNELS else key


def span_problem(code: str, params: dict[str, object]) -> str:
    return _(SPAN_PROBLEMS[code]) % params
