"""The flat answers of a program, looked at with the jurisdiction's own form: its names, its kinds, its choices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.errors import Fault, fault, none_of
from registration.domain.subscriptions import NAMES
from registration.forms.bound import Complaint
from registration.forms.contact_step import named
from registration.forms.shapes import Field, Step, fields_of

TICKED = {True: "yes", False: ""}


def posted(answers: dict[str, Any], steps: tuple[Step, ...]) -> tuple[dict[str, str], list[Fault]]:
    """The answers as the web form would post them, and what no web form could post."""
    fields = {each.name: each for step in steps for each in fields_of(step.items)}
    found: list[Fault] = []
    texts: dict[str, str] = {}
    for name, value in answers.items():
        field = fields.get(name)
        code = "unknown_field" if field is None else _misfit(field, value)
        if field and code == "invalid_choice":
            found.append(none_of((choice.value for choice in field.choices), ("answers", name)))
        elif code:
            found.append(fault(code, ("answers", name)))
        else:
            texts[name] = TICKED[value] if isinstance(value, bool) else value
    return texts, found


def contact_texts(contact: dict[str, Any], source: str) -> dict[str, str]:
    """What a person lets the partner have, as the web form would post it."""
    ticked = {named(each["id"]): "yes" for each in contact["questions"]}
    return {**ticked, **{f"contact_{name}": contact.get(name, "") for name in ("email", "phone")}, "source": source}


def message_texts(messages: dict[str, Any]) -> dict[str, str]:
    """What a person wants us to send, as the web form would post it."""
    ticked = {name: TICKED[messages.get(name, False)] for name in NAMES}
    return {**ticked, **{f"messages_{name}": messages.get(name, "") for name in ("email", "phone")}}


def _misfit(field: Field, value: Any) -> str:
    """The code of what is wrong with a value's kind; "" where nothing is."""
    if field.kind == "checkbox":
        return "" if isinstance(value, bool) else "not_a_boolean"
    if not isinstance(value, str):
        return "not_a_string"
    if field.choices and value and value not in {choice.value for choice in field.choices}:
        return "invalid_choice"
    return ""


def faults(complaints: tuple[Complaint, ...]) -> Iterator[Fault]:
    """What the form says, each with the place of the answer that it is about."""
    for each in complaints:
        name = each.anchor.removeprefix("id_")
        place = f"#/answers/{name}" if name else "#/jurisdiction"
        if name.startswith("contact_"):
            place = f"#/contact/{name.removeprefix('contact_')}"
        elif name in NAMES or name.startswith("messages_"):
            place = f"#/messages/{name.removeprefix('messages_')}"
        yield Fault(each.code, each.field, place, each.message, each.advisory)
