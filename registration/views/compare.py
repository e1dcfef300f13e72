"""All jurisdictions side by side, to filter, sort and print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from registration import phrases
from registration.phrases import comparison
from registration.views import notices, tiles
from registration.views.comparing import FILTERS, SORTS, Row, Wanted, arranged, rows, wanted
from registration.views.page import page, public_briefly, switches
from registration.views.partner import carried, query_of

#: The columns in their order; those that can be sorted by have a link.
COLUMNS = ("name", "election", "left", "online", "mail", "in_person", "same_day", "age", "felony", "id_number")


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading. ``query``: the address's parameters that sort by it; ``sorted``: for aria-sort."""

    name: str
    label: str
    query: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One select of the form: its name, its words, and (value, words, chosen) of each option."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]


@public_briefly
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    asked = wanted(request.GET.dict())
    everywhere = rows()
    shown = arranged(everywhere, asked)
    kept = carried(request)
    context = {
        "heads": _heads(asked, kept),
        "choices": _choices(asked),
        "sorts": _sorts(asked),
        "sort_down": asked.descending,
        "unknown": asked.unknown,
        "rows": shown,
        "unread": notices.unread(),
        "count": ngettext("%(number)d place", "%(number)d places", len(shown)) % {"number": len(shown)},
        "day": phrases.day(min(row.on for row in everywhere)),
        "filtered": asked.query() != {},
        "switches": switches(request, query_of({**asked.query(), **kept})),
        **_picture(everywhere),
    }
    return page(request, "compare/compare.html", context)


def _heads(asked: Wanted, kept: dict[str, str]) -> list[Head]:
    found = []
    for name in COLUMNS:
        label = comparison.column(name)
        if name not in SORTS:
            found.append(Head(name, label, "", ""))
            continue
        here = name == asked.sort
        order = f"-{name}" if here and not asked.descending else name
        query = query_of({**asked.query(sort=order), **kept}) or "?"
        found.append(Head(name, label, query, ("descending" if asked.descending else "ascending") if here else "none"))
    return found


def _choices(asked: Wanted) -> list[Choice]:
    return [
        Choice(
            name,
            comparison.label(name),
            [(value, comparison.filters(name, value), asked.filters.get(name) == value) for value in values],
        )
        for name, values in FILTERS.items()
    ]


def _sorts(asked: Wanted) -> list[tuple[str, str, bool]]:
    """(value, words, chosen) of each order, the way up; an order the way down stays chosen as it is."""
    found = []
    for name in SORTS:
        here = name == asked.sort
        found.append((f"-{name}" if here and asked.descending else name, comparison.column(name), here))
    return found


def _picture(everywhere: list[Row]) -> dict[str, Any]:
    found = tiles.tiles(everywhere)
    width, height = tiles.size()
    bands = [(name, comparison.bands(name), held) for name, held in tiles.by_band(found)]
    return {"tiles": found, "tiles_width": width, "tiles_height": height, "tile_side": tiles.SIDE, "bands": bands}
