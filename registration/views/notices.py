"""What operators switched off or corrected, beside what it concerns."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from registration import phrases
from registration.domain import rules, switches
from registration.domain.routing import route
from registration.domain.rules import Corrected
from registration.forms.application_form import Setting
from registration.phrases import notices
from state_rules import Channel

#: The corrected rules that stand beside a way to register, beside who may, and beside what the form asks.
OF_WAY: dict[str, tuple[str, ...]] = {
    "online": ("deadlines.online", "online"),
    "mail": ("deadlines.mail", "nvra_form"),
    "in_person": ("deadlines.in_person",),
}
WHO_MAY = ("age", "voting_age", "residency", "felony", "capacity", "citizenship_proof")
OF_FORM = (*OF_WAY["mail"], *WHO_MAY, "id_number", "party", "race", "first_time_mail_id")
AFTER_FORM = ("deadlines.mail", "mail_to", "pages", "office")


@dataclass(frozen=True, slots=True)
class Reason:
    """An operator's own sentence. ``language``: its code where it is not the page's."""

    text: str
    language: str


def _reason(english: str, spanish: str) -> Reason:
    language = get_language() or "en"
    if language == "es" and spanish:
        return Reason(spanish, "")
    return Reason(english, "" if language == "en" else "en")


def unread(*, with_switches: bool = True) -> str:
    """A sentence where corrections (or switches) are not known; "" where they are. To be asked after they were read."""
    return notices.unread() if rules.are_unread() or (with_switches and switches.are_unread()) else ""


@dataclass(frozen=True, slots=True)
class Off:
    """Why a way is switched off, since when and until when, and the ways that are open instead."""

    reason: Reason
    time: str
    instead: list[str]
    advice: list[str]


def off(setting: Setting, channel: Channel) -> Off | None:
    """None where the way is not switched off."""
    switch = setting.switch_of(channel)
    if switch is None:
        return None
    jurisdiction = setting.jurisdiction
    left = route(jurisdiction, setting.election, setting.on, setting.off).open
    advice = [] if left else [notices.nothing_instead()]
    if channel == "mail":
        advice.append(notices.paper_elsewhere())
    return Off(
        reason=_reason(switch.reason, switch.reason_es),
        time=notices.switched_off(switch.starts_at, switch.ends_at, jurisdiction.timezones),
        instead=[phrases.way_title(way) for way in left],
        advice=advice,
    )


@dataclass(frozen=True, slots=True)
class Remark:
    """A correction beside its fact: ``lead``, then the reason, then ``until``."""

    lead: str
    reason: Reason
    until: str


def remarks(corrections: tuple[Corrected, ...], of_rules: tuple[str, ...]) -> list[Remark]:
    """The corrections of these rules."""
    return _said(corrections, frozenset(of_rules))


def other_remarks(setting: Setting, shown: tuple[str, ...]) -> list[Remark]:
    """The corrections of the rules that have no place of their own on a page."""
    return _said(setting.corrections, frozenset(each.rule for each in setting.corrections) - frozenset(shown))


def _said(corrections: tuple[Corrected, ...], of_rules: frozenset[str]) -> list[Remark]:
    return [
        Remark(
            notices.corrected(each.starts_on),
            _reason(each.reason, each.reason_es),
            notices.corrected_until(each.ends_on),
        )
        for each in corrections
        if each.rule in of_rules
    ]
