"""Parts of answers that several views give, in the active language."""

from __future__ import annotations

from typing import Any

from registration import phrases
from registration.forms.application_form import Setting
from registration.views import presenting
from registration.views.presenting import Cited


def sources(found: list[Cited]) -> list[dict[str, str]]:
    return [{"line": each.line, "url": each.url} for each in found]


def office(setting: Setting) -> dict[str, str]:
    found = presenting.office(setting)
    return {"name": found.name, "telephone": found.telephone, "email": found.email, "website": found.website}


def election(setting: Setting) -> dict[str, Any]:
    found = setting.election
    return {
        "name": phrases.election_name(found),
        "day": found.day.isoformat(),
        "doubt": phrases.election_doubt(found),
    }
