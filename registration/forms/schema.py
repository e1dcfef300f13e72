"""The form of one jurisdiction for programs: its steps as plain values, and what its answers must look like as JSON
Schema. Made from the steps that the pages show, so that page, widget, kiosk and API ask the same.

An answer is text; of a checkbox it is true or false. A schema refuses no answers that the form takes; what the law
makes of them (an age, a ZIP code of another state) only the form can say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from registration.domain.phones import LONGEST as PHONE
from registration.domain.validation.text import NUMBER, PART, PASSAGE
from registration.forms.choice_steps import ID_FIELDS, LICENCE_PATTERN, SSN4_PATTERN, id_choices
from registration.forms.reading import wants_id_number
from registration.forms.shapes import Field, Group, Item, Step, When, fields_of
from state_rules import FormNeeds
from state_rules.jurisdiction import IdNumberRule

Json = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TICKED = "yes"
_PLACE = ("home_description", "home_crossroads", "home_landmarks")
_PREVIOUS = ("previous_street", "previous_unit", "previous_city", "previous_zip")
#: Longest answers, where they are not as long as a part of a name or address may be.
_LONGEST = {
    **dict.fromkeys((*_PLACE, "helper_address"), PASSAGE),
    **dict.fromkeys(("id_other", "helper_telephone"), NUMBER),
    "telephone": PHONE,
}
_ZIP = r"[0-9]{5}(?:-?[0-9]{4})?"
#: What an answer looks like, be it empty or with white space around it.
_PATTERNS = {
    **dict.fromkeys(("home_zip", "mailing_zip", "previous_zip"), _ZIP),
    "birth_day": "[0-9]+",
    "birth_year": "[0-9]{4}",
    "licence": LICENCE_PATTERN,
    "ssn4": SSN4_PATTERN,
    # hyphens and spaces may stand anywhere
    "ssn": r"[ \-]*(?:[0-9][ \-]*){9}",
}
#: Asked for by the page, and left out without a word where one does not know them.
_MAY_LACK = frozenset({"previous_first_name", "previous_zip", "party_other"})
#: Of which any one suffices: an earlier address says as much as a "yes".
_EITHER = {"home_description": _PLACE, "previous_registration": ("previous_registration", *_PREVIOUS)}
#: Needed only while another answer is as here, though always shown.
_NEEDED_WHILE = dict.fromkeys(("home_city", "home_zip"), When("no_street_address", ("",)))
#: What a request for the jurisdiction's own form needs: a name, and one address to send it to.
_OF_REQUEST = ("first_name", "last_name", "home_", "mailing_")
_WRITTEN = ("text", "textarea")


def as_json(steps: tuple[Step, ...], needs: FormNeeds) -> Json:
    """``schema``: of the answers; ``steps``: what is asked, in order, in the active language. Both without a value
    that is empty."""
    return {"schema": schema(steps, needs), "steps": [_step(step, _ticks(steps)) for step in steps]}


def _ticks(steps: tuple[Step, ...]) -> frozenset[str]:
    """The names of the checkboxes."""
    return frozenset(field.name for step in steps for field in fields_of(step.items) if field.kind == "checkbox")


# The steps


def _filled(part: Json) -> Json:
    return {name: value for name, value in part.items() if value not in ("", False, None, [], {})}


def _step(step: Step, ticks: frozenset[str]) -> Json:
    items = [_item(item, ticks) for item in step.items]
    return _filled({"key": step.key, "title": step.title, "intro": list(step.intro), "items": items})


def _item(item: Item, ticks: frozenset[str]) -> Json:
    return _group(item, ticks) if isinstance(item, Group) else _field(item, ticks)


def _group(group: Group, ticks: frozenset[str]) -> Json:
    return _filled(
        {
            "type": "group",
            "name": group.name,
            "legend": group.legend,
            "hint": group.hint,
            "reasons": list(group.reasons),
            "points": list(group.points),
            "folded": group.folded,
            "style": group.style,
            "when": _alternatives(group.when, ticks),
            "items": [_item(item, ticks) for item in group.items],
        }
    )


def _field(field: Field, ticks: frozenset[str]) -> Json:
    choices = [{"value": each.value, "label": each.label} | _filled({"hint": each.hint}) for each in field.choices]
    return _filled(
        {
            "type": "field",
            "name": field.name,
            "kind": field.kind,
            "label": field.label,
            "hint": field.hint,
            "choices": choices,
            "optional": field.optional,
            "private": field.private,
            "autocomplete": field.autocomplete,
            "inputmode": field.inputmode,
            "width": field.width,
            "pattern": field.pattern,
            "if_empty": field.complaint,
            "if_misfit": field.misfit,
            "problem_field": field.problem_field,
            "when": _alternatives(field.when, ticks),
        }
    )


def _alternatives(when: When | None, ticks: frozenset[str]) -> list[Json]:
    """A condition: shown while one of these holds. No answer is "", or false of a checkbox."""
    found = []
    while when:
        values = [value == TICKED for value in when.values] if when.field in ticks else list(when.values)
        found.append({"field": when.field, "values": values})
        when = when.either
    return found


# The schema


def schema(steps: tuple[Step, ...], needs: FormNeeds) -> Json:
    """What the answers must look like, and which are needed while others are as they are."""
    fields = [field for step in steps for field in fields_of(step.items)]
    always, conditional = [], []
    for conditions, need in _needs(steps, needs):
        if conditions:
            conditional.append({"if": {"allOf": conditions}, "then": need})
        else:
            always.append(need)
    return _filled(
        {
            "$schema": DIALECT,
            "type": "object",
            "properties": {field.name: _property(field) for field in fields},
            "additionalProperties": False,
            "allOf": [*always, *conditional],
        }
    ) | {"additionalProperties": False}


def _property(field: Field) -> Json:
    said = _filled({"title": field.label, "description": field.hint, "writeOnly": field.private})
    if field.kind == "checkbox":
        return {"type": "boolean", **said}
    if field.choices:
        return {
            "type": "string",
            "enum": list(dict.fromkeys(["", *(choice.value for choice in field.choices)])),
            **said,
        }
    pattern = _PATTERNS.get(field.name)
    if pattern:
        return {"type": "string", "pattern": rf"^\s*(?:{pattern})?\s*$", **said}
    return {"type": "string", "maxLength": _LONGEST.get(field.name, PART), **said}


def _given(name: str) -> Json:
    """There is something to see in it."""
    return {"properties": {name: {"pattern": r"\S"}}, "required": [name]}


def _any_given(names: tuple[str, ...]) -> Json:
    return _given(names[0]) if len(names) == 1 else {"anyOf": [_given(name) for name in names]}


def _is(name: str, values: tuple[str, ...], ticks: frozenset[str]) -> Json:
    """The answer is one of ``values``, of which "" is none."""
    wanted: list[str | bool] = [value == TICKED for value in values] if name in ticks else list(values)
    holds: Json = {"properties": {name: {"enum": wanted}}}
    return holds if "" in values else {**holds, "required": [name]}


def _while(when: When, ticks: frozenset[str]) -> Json:
    own = _is(when.field, when.values, ticks)
    return {"anyOf": [own, *_branches(_while(when.either, ticks))]} if when.either else own


def _branches(condition: Json) -> list[Json]:
    return condition["anyOf"] if set(condition) == {"anyOf"} else [condition]


def _or_written(condition: Json, group: Group) -> Json:
    """A part that hangs on a tick counts where anything is written in it, ticked or not."""
    written = tuple(field.name for field in fields_of(group.items) if field.kind in _WRITTEN)
    return {"anyOf": [*_branches(condition), *(_given(name) for name in written)]} if written else condition


def _needs(steps: tuple[Step, ...], needs: FormNeeds) -> Iterator[tuple[list[Json], Json]]:
    """What is needed, each with the conditions under which it is."""
    ticks = _ticks(steps)
    request = needs.acceptance == "request_only"
    for step in steps:
        for field, conditions in _walk(step.items, [], ticks):
            if request and not field.name.startswith(_OF_REQUEST):
                continue
            if request and field.name.startswith("home_"):
                conditions = [*conditions, _home_counts(ticks)]
            if _is_needed(field, needs):
                yield conditions, _any_given(_EITHER.get(field.name, (field.name,)))
    if wants_id_number(needs) and needs.id_number.value.required and not request:
        yield [], _id_number(needs.id_number.value)


def _is_needed(field: Field, needs: FormNeeds) -> bool:
    if field.optional or field.kind == "checkbox" or field.name == "id_choice" or field.private:
        return False
    if field.name == "previous_street":
        return needs.nvra.value.previous_address_required
    return field.name not in _MAY_LACK


def _walk(items: tuple[Item, ...], outer: list[Json], ticks: frozenset[str]) -> Iterator[tuple[Field, list[Json]]]:
    """Every input with the conditions under which it is asked."""
    for item in items:
        own = [_while(item.when, ticks)] if item.when else []
        if isinstance(item, Group):
            own = [_or_written(each, item) for each in own]
            yield from _walk(item.items, [*outer, *own], ticks)
        else:
            needed = _NEEDED_WHILE.get(item.name)
            yield item, [*outer, *own, *([_while(needed, ticks)] if needed else [])]


def _home_counts(ticks: frozenset[str]) -> Json:
    """Of a request: whether the home is looked at, since it is begun or there is no other address."""
    home = ("home_street", "home_unit", "home_city", "home_zip", *_PLACE)
    mailing = ("mailing_street", "mailing_unit", "mailing_city", "mailing_zip")
    elsewhere = {"anyOf": [_is("mailing_different", (TICKED,), ticks), *(_given(name) for name in mailing)]}
    begun = [_is("no_street_address", (TICKED,), ticks), *(_given(name) for name in home)]
    return {"anyOf": [*begun, {"not": elsewhere}]}


def _id_number(rule: IdNumberRule) -> Json:
    """The number that the choice names; without a choice, any; or the person's word that they have none."""
    ways: list[Json] = []
    offered: dict[str, None] = {}
    for choice in id_choices(rule):
        named = ID_FIELDS[choice.value]
        offered |= dict.fromkeys(named)
        chosen: Json = {"properties": {"id_choice": {"const": choice.value}}, "required": ["id_choice"]}
        ways.append({"allOf": [chosen, _any_given(named)]} if named else chosen)
    ways.append({"allOf": [{"not": _given("id_choice")}, _any_given(tuple(offered))]})
    return {"anyOf": ways}
