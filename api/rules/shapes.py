"""The shapes of the documents as JSON Schema, for the OpenAPI document. A test holds every document against them."""

from __future__ import annotations

from typing import Any, get_args

from api.rules.parts import Json
from registration.forms.shapes import Kind
from state_rules import CHANNELS
from state_rules.dated import Confidence, SourceKind
from state_rules.jurisdiction import Acceptance, Event, IdKind, IfNone
from state_rules.practice import ElectionKind
from state_rules.ways import Standing, WayName

TEXT: Json = {"type": "string"}
FLAG: Json = {"type": "boolean"}
DAY: Json = {"type": "string", "format": "date"}
MOMENT: Json = {"type": "string", "format": "date-time"}


def one_of(literal: Any) -> Json:
    return {"type": "string", "enum": list(get_args(literal))}


def said(description: str, shape: Json = TEXT) -> Json:
    return {**shape, "description": description}


def or_null(shape: Json) -> Json:
    return {"anyOf": [shape, {"type": "null"}]}


def listed(shape: Json = TEXT) -> Json:
    return {"type": "array", "items": shape}


def record(**parts: Json) -> Json:
    """An object that has all of these and nothing else."""
    return {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}


CHANNEL: Json = {"type": "string", "enum": list(CHANNELS)}
CONFIDENCE = said("How sure we are. Where it is low, show `confirm` beside the fact.", one_of(Confidence))
CONFIRM = said("What to do about a fact that we are not sure of; empty where we are.")
SOURCE = record(
    title=TEXT,
    in_words=TEXT,
    url=said("Empty where nobody opened the source."),
    kind=one_of(SourceKind),
    dated=or_null(DAY),
    retrieved=or_null(DAY),
)
SOURCES = listed(SOURCE)
_STANDING: dict[str, Json] = {"effective": DAY, "confidence": CONFIDENCE, "confirm": CONFIRM, "sources": SOURCES}
_ELECTION: dict[str, Json] = {
    "day": DAY,
    "day_in_words": TEXT,
    "kind": one_of(ElectionKind),
    "name": TEXT,
    "rule": said("The law's own way to name the day, in English; empty where federal law names it."),
    "confidence": CONFIDENCE,
    "doubt": said("What is not certain of the day; empty where it is."),
    "federal": said("Whether federal law alone names the day.", FLAG),
    "sources": SOURCES,
}
ELECTION = record(**_ELECTION)
CORRECTION = record(
    number={"type": "integer"},
    rule=TEXT,
    since=DAY,
    until=DAY,
    reason=TEXT,
    reason_language=said("Where the reason is in another language than the document.", or_null(TEXT)),
    in_words=TEXT,
)
CORRECTIONS = listed(CORRECTION)
SWITCH = record(
    channel=CHANNEL,
    since=MOMENT,
    until=MOMENT,
    reason=TEXT,
    reason_language=or_null(TEXT),
    in_words=TEXT,
    instead=listed(),
    advice=listed(),
)
DUE_DATE = record(
    event=one_of(Event),
    by=DAY,
    by_in_words=TEXT,
    time=said("Local time, as 17:00, or close_of_polls, close_of_business; empty: the whole day."),
    time_in_words=TEXT,
    latest=said("Where a local office sets the day: the end of the range that `by` begins.", or_null(DAY)),
    counted=said("The day that the count gives before it was moved off a closed one.", or_null(DAY)),
    closed_for=said("Why that day is closed, in English."),
    roll_unstated=said("Whether the law does not say if it moves: the earlier day is given.", FLAG),
)
LAST_CHANCE = record(
    all_needed=FLAG,
    dates=listed(DUE_DATE),
    last_day=or_null(DAY),
    races={"type": "string", "enum": ["all", "president_only", "federal_only"]},
    in_words=TEXT,
)
DEADLINE = record(
    available=FLAG,
    all_needed=said("Whether all of `dates` must be met, or any one of them suffices.", FLAG),
    dates=said("The regular close. Empty: the law states no day.", listed(DUE_DATE)),
    last_day=or_null(DAY),
    set_locally=FLAG,
    zones=said("Time zones there; that of the person's own election office counts.", listed()),
    in_words=TEXT,
    last_chance=said("What is left after the regular close.", or_null(LAST_CHANCE)),
    effective=DAY,
    confidence=CONFIDENCE,
)
WAY = record(
    way=one_of(WayName),
    channel=CHANNEL,
    standing=one_of(Standing),
    shown=said("Whether our page shows it now; those shown come first, in the page's order.", FLAG),
    title=TEXT,
    status=TEXT,
    url=said("The state's own online registration; empty otherwise."),
    last_day=or_null(DAY),
    last_day_in_words=TEXT,
    in_words=TEXT,
    last_chance_in_words=TEXT,
    confirm=CONFIRM,
    need_codes=listed(),
    needs=listed(),
    instead=said("Where it is not open: the ways that are, the best first.", listed(one_of(WayName))),
    own_form_only=FLAG,
    deadline=DEADLINE,
    off=said("Set while an operator sends nobody there.", or_null(SWITCH)),
    corrections=CORRECTIONS,
    sources=SOURCES,
)
_HEAD: dict[str, Json] = {
    "code": TEXT,
    "name": TEXT,
    "language": TEXT,
    "day": said("Today in the jurisdiction, for which all of this is told.", DAY),
    "rules_version": said("The version of the rules; after a +, the numbers of corrections in force."),
    "warning": said("Set while it is not known what is corrected or switched off: show it."),
}
LAST_DAY = record(channel=CHANNEL, label=TEXT, last_day=or_null(DAY), last_chance=or_null(DAY), in_words=TEXT)
FORM = record(
    made=said("Whether there is a form to fill in: see `fields`.", FLAG),
    acceptance=one_of(Acceptance),
    in_words=TEXT,
    no_form=or_null(record(title=TEXT, paragraphs=listed())),
    boxes=said("The boxes of the National Form to fill in.", listed()),
    previous_address_required=FLAG,
    oath=TEXT,
    mail_by=TEXT,
    mail_confirm=TEXT,
    id_number=record(
        kind=one_of(IdKind), required=FLAG, if_none=one_of(IfNone), full_ssn_optional=FLAG, in_words=TEXT, **_STANDING
    ),
    party=record(
        asked=FLAG,
        parties=listed(),
        parties_confidence=CONFIDENCE,
        no_party=TEXT,
        needed_for_primary=FLAG,
        in_words=TEXT,
        **_STANDING,
    ),
    race=record(asked=TEXT, in_words=TEXT, **_STANDING),
    first_time_mail_id=record(applies=FLAG, in_words=listed(), **_STANDING),
    citizenship_proof=record(documents=TEXT, in_words=listed(), **_STANDING),
    corrections=CORRECTIONS,
    fields_href=TEXT,
    **_STANDING,
)
JURISDICTION = record(
    **_HEAD,
    in_sentence=TEXT,
    kind={"type": "string", "enum": ["state", "district", "territory"]},
    timezones=listed(),
    registration_required=FLAG,
    review=record(checked_on=DAY, confidence=CONFIDENCE, note=TEXT),
    election=said("The first coming election for which some way to register is open.", ELECTION),
    too_late_for=listed(ELECTION),
    ways=listed(WAY),
    elections=listed(record(**_ELECTION, last_days=listed(LAST_DAY))),
    who_may=or_null(record(in_words=listed(), confirm=CONFIRM, corrections=CORRECTIONS, sources=SOURCES)),
    form=FORM,
    mail_to=record(lines=listed(), local=TEXT, local_url=TEXT, corrections=CORRECTIONS, in_words=listed(), **_STANDING),
    office=record(
        name=TEXT,
        telephone=TEXT,
        dial=said("The number as a link dials it."),
        email=TEXT,
        website=TEXT,
        lines=listed(),
        doubt=TEXT,
        corrections=CORRECTIONS,
        **_STANDING,
    ),
    pages=record(
        status=said("“Am I registered?”; empty where none is known."),
        status_confirm=CONFIRM,
        online_registration=TEXT,
        polling_place=TEXT,
        absentee=TEXT,
        local_offices=TEXT,
        corrections=CORRECTIONS,
        sources=SOURCES,
    ),
    switches=listed(SWITCH),
    corrections=CORRECTIONS,
)
JURISDICTIONS = record(
    language=TEXT,
    rules_version=TEXT,
    warning=TEXT,
    jurisdictions=listed(
        record(
            code=TEXT,
            name=TEXT,
            kind=TEXT,
            day=DAY,
            registration_required=FLAG,
            acceptance=one_of(Acceptance),
            form_made=FLAG,
            election=record(day=DAY, day_in_words=TEXT, name=TEXT),
            ways=listed(record(way=one_of(WayName), standing=one_of(Standing), last_day=or_null(DAY))),
            rules_version=TEXT,
            checked_on=DAY,
            confidence=CONFIDENCE,
            href=TEXT,
        )
    ),
)
_ANSWER: Json = {"anyOf": [TEXT, FLAG]}
WHEN = said(
    "Shown while one of these holds; always, where it is missing. An answer that is not given is empty, or false.",
    listed(record(field=TEXT, values=listed(_ANSWER))),
)
CHOICE: Json = {
    "type": "object",
    "properties": {"value": TEXT, "label": TEXT, "hint": TEXT},
    "required": ["value", "label"],
    "additionalProperties": False,
}
ITEM: Json = {
    "type": "object",
    "description": "A field (`name`, `kind`, `label`) or a group (`legend`, `items`, which are such items). What is "
    "empty is left out.",
    "properties": {
        "type": {"type": "string", "enum": ["field", "group"]},
        "name": TEXT,
        "kind": one_of(Kind),
        "label": TEXT,
        "hint": TEXT,
        "choices": listed(CHOICE),
        "optional": FLAG,
        "private": said("An ID number: never log it, store it or show it again.", FLAG),
        "autocomplete": TEXT,
        "inputmode": TEXT,
        "width": TEXT,
        "pattern": TEXT,
        "if_empty": TEXT,
        "if_misfit": TEXT,
        "problem_field": said("The name under which problems speak of it, where it is another."),
        "when": WHEN,
        "legend": TEXT,
        "reasons": listed(),
        "points": listed(),
        "folded": TEXT,
        "style": TEXT,
        "items": listed({"type": "object"}),
    },
    "required": ["type"],
    "additionalProperties": False,
}
STEP: Json = {
    "type": "object",
    "properties": {"key": TEXT, "title": TEXT, "intro": listed(), "items": listed(ITEM)},
    "required": ["key", "title", "items"],
    "additionalProperties": False,
}
FIELDS = record(
    **_HEAD,
    election=ELECTION,
    form_made=FLAG,
    acceptance=one_of(Acceptance),
    in_words=TEXT,
    off=said("Set while no form is made.", or_null(SWITCH)),
    corrections=CORRECTIONS,
    schema=said(
        "JSON Schema (draft 2020-12) of `answers` in POST applications/; null where there is no form.",
        or_null({"type": "object"}),
    ),
    steps=listed(STEP),
)
ELECTIONS = record(
    language=TEXT,
    elections=listed(record(jurisdiction=TEXT, jurisdiction_name=TEXT, from_day=DAY, **_ELECTION)),
)
RULES = record(
    version=said("The edition: everything that is published now. It stands in addresses that never change."),
    rules_version=TEXT,
    first_day=said("The earliest day that it is now in any jurisdiction.", DAY),
    last_day=DAY,
    changes_at=said("When the next day begins somewhere, and with it another edition.", MOMENT),
    languages=listed(),
    href=TEXT,
)
SHAPES: dict[str, Json] = {
    "rules": RULES,
    "jurisdictions": JURISDICTIONS,
    "jurisdiction": JURISDICTION,
    "fields": FIELDS,
    "elections": ELECTIONS,
}
