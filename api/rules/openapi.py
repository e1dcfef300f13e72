"""How the documents of the rules are described in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from api.rules.parts import Json
from api.rules.shapes import SHAPES
from state_rules import JURISDICTIONS

CODES = [*JURISDICTIONS, *(code.lower() for code in JURISDICTIONS)]
View = TypeVar("View", bound=type[Any])


@dataclass(frozen=True, slots=True)
class Said:
    summary: str
    description: str
    example: Json


_CACHED = (
    "The same bytes for everybody, with a strong `ETag`: send it back as `If-None-Match` and get 304. "
    "Readable from any site, without a key and without a rate."
)
SAID: dict[str, Said] = {
    "rules": Said(
        "The current edition",
        "The name of everything that is published now. Addresses that hold it never change and may be kept for ever.",
        {
            "version": "66a7d8c27151-0f3a5c1d9e7b2468",
            "rules_version": "66a7d8c27151",
            "first_day": "2026-11-26",
            "last_day": "2026-11-27",
            "changes_at": "2026-11-27T05:00:00+00:00",
            "languages": ["en", "es"],
            "href": "/api/v1/rules/66a7d8c27151-0f3a5c1d9e7b2468/",
        },
    ),
    "jurisdictions": Said(
        "Every state, district and territory, in short",
        "For each: whether one registers, the election in view, and how the ways to register stand today.",
        {
            "language": "en",
            "rules_version": "66a7d8c27151",
            "warning": "",
            "jurisdictions": [
                {
                    "code": "JF",
                    "name": "Jefferson",
                    "kind": "state",
                    "day": "2026-09-01",
                    "registration_required": True,
                    "acceptance": "registers",
                    "form_made": True,
                    "election": {
                        "day": "2026-11-03",
                        "day_in_words": "Tuesday, November 3, 2026",
                        "name": "General election",
                    },
                    "ways": [{"way": "mail", "standing": "open", "last_day": "2026-10-19"}],
                    "rules_version": "66a7d8c27151",
                    "checked_on": "2026-03-02",
                    "confidence": "high",
                    "href": "/api/v1/jurisdictions/jf/",
                }
            ],
        },
    ),
    "jurisdiction": Said(
        "How and by when one registers in one jurisdiction",
        "All that our page of the jurisdiction tells, in its words and as values: ways, deadlines, who may register, "
        "what the form asks, where it goes, the election office, official pages, sources, and what operators switched "
        "off or corrected.",
        {},
    ),
    "fields": Said(
        "The form of one jurisdiction",
        "`steps` is what our own form shows, in order: labels, help, options and conditions. `schema` is the JSON "
        "Schema of `answers` in POST applications/. It refuses no answers that the form takes; whether an age or an "
        "address fits the law, only POST applications/ says.",
        {},
    ),
    "elections": Said(
        "Coming elections",
        "The next elections of one jurisdiction, or of all, with the law's own rule for each day.",
        {
            "language": "en",
            "elections": [
                {
                    "jurisdiction": "JF",
                    "jurisdiction_name": "Jefferson",
                    "from_day": "2026-09-01",
                    "day": "2026-11-03",
                    "day_in_words": "Tuesday, November 3, 2026",
                    "kind": "general",
                    "name": "Federal general election",
                    "rule": "",
                    "confidence": "high",
                    "doubt": "",
                    "federal": True,
                    "sources": [],
                }
            ],
        },
    ),
}


def _parameters(kind: str, *, fixed: bool) -> list[OpenApiParameter]:
    found = []
    if kind == "elections":
        what = "A code such as `OH`; else all."
        found.append(OpenApiParameter("jurisdiction", OpenApiTypes.STR, enum=CODES, description=what))
    if kind in ("jurisdiction", "fields"):
        found.append(OpenApiParameter("code", OpenApiTypes.STR, "path", enum=CODES, description="`OH` or `oh`."))
    if fixed:
        what = "The edition, as `rules/` names it. Any but the current one redirects to the plain address."
        found.append(OpenApiParameter("version", OpenApiTypes.STR, OpenApiParameter.PATH, description=what))
    return found


def described(kind: str, *, fixed: bool = False) -> Callable[[View], View]:
    """Describes a view of one kind of document. ``fixed``: at the address that holds the edition."""
    said = SAID[kind]
    examples = [OpenApiExample(said.summary, value=said.example, response_only=True)] if said.example else []
    responses: dict[Any, Any] = {
        (200, "application/json"): OpenApiResponse(SHAPES[kind], said.summary, examples),
        304: OpenApiResponse(description="Nothing has changed."),
    }
    if fixed:
        responses[302] = OpenApiResponse(description="Another edition is current: its plain address.")
    schema = extend_schema(
        operation_id=f"{kind}_edition" if fixed else kind,
        summary=f"{said.summary}{', kept for ever' if fixed else ''}",
        description=f"{said.description}\n\n{_CACHED}",
        parameters=_parameters(kind, fixed=fixed),
        responses=responses,
        tags=["rules"],
    )

    def decorate(view: View) -> View:
        view.get = schema(view.get)
        return view

    return decorate
