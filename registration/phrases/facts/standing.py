"""The standing of a version: since when, how sure, whether it is law, and whom to ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from registration.phrases.dates import plain_day
from state_rules import Version
from state_rules.practice import Office

#: Of a version that is not the one in force.
STATUSES = {
    "in_force": gettext_noop("Earlier rule. A later one has taken its place."),
    "future": gettext_noop("This is law already. It starts on its day."),
    "pending": gettext_noop("Not decided yet. It is not law."),
    "not_operated": gettext_noop("It is on the books, but it is not used."),
    "enjoined": gettext_noop("A court has stopped it for now."),
    "struck_down": gettext_noop("A court has ended it."),
}
CONFIDENCE = {
    "high": gettext_noop("We are sure of this."),
    "medium": gettext_noop("We are fairly sure of this."),
    "low": gettext_noop("We are not sure of this."),
}


def in_force() -> str:
    return _("This is the rule in force.")


def standing(version: Version[Any], on: date) -> str:
    """Of a version that is not the one in force on ``on``: what it is then."""
    if not version.operates:
        return _(STATUSES[version.status])
    if version.effective > on:
        return _(STATUSES["future"]) if version.status == "future" else _("It came later.")
    if version.until is not None and version.until < on:
        return _("It was in force until its last day.")
    return _(STATUSES["in_force"])


def since(version: Version[Any]) -> str:
    """From which day a version holds, and until which where that is set."""
    values = {"day": plain_day(version.effective)}
    if version.until is None:
        return _("Since %(day)s.") % values
    return _("From %(day)s until %(last)s.") % {**values, "last": plain_day(version.until)}


def starting(version: Version[Any]) -> str:
    """``since`` of a version that stands in the history, where it may lie ahead."""
    if version.until is None:
        return _("From %(day)s") % {"day": plain_day(version.effective)}
    values = {"day": plain_day(version.effective), "last": plain_day(version.until)}
    return _("From %(day)s until %(last)s") % values


def sure(version: Version[Any]) -> str:
    return _(CONFIDENCE[version.confidence])


def unknown_on(first: date | None, on: date) -> str:
    """That nothing is known on a day, and from which day something is."""
    if first is not None and first > on:
        return _("We do not know the rule of that day. Our data begins on %(day)s.") % {"day": plain_day(first)}
    return _("We do not know this.")


def ask(office: Office | None) -> str:
    """Whom to ask about what is not known."""
    reach = [value for value in (office.telephone, office.website) if value] if office else []
    if not reach:
        return _("Ask the election office.")
    return _("Ask the election office: %(reach)s.") % {"reach": " · ".join(reach)}
