"""The coming elections as a document, with the law's own rule for each day."""

from __future__ import annotations

from django.utils.translation import get_language

from api.rules.parts import Json, day, election
from api.rules.snapshot import ELECTIONS_AHEAD, Snapshot
from registration import phrases
from state_rules import upcoming


def of_places(found: Snapshot, codes: tuple[str, ...]) -> Json:
    """The next elections of these jurisdictions, soonest first, then by jurisdiction."""
    rows = []
    for code in codes:
        place = found.places[code]
        for each in upcoming(code, place.on, ELECTIONS_AHEAD):
            where = {"jurisdiction": code, "jurisdiction_name": phrases.jurisdiction_name(place.jurisdiction)}
            rows.append({**where, "from_day": day(place.on), **election(each)})
    rows.sort(key=lambda row: (row["day"], row["jurisdiction"]))
    return {"language": get_language(), "elections": rows}
