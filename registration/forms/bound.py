"""Steps together with what was answered and what is wrong with it: what a template shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registration.forms.shapes import Choice, Field, Group, Item, Step, When, fields_of


@dataclass(frozen=True, slots=True)
class Complaint:
    """One problem in words. ``anchor``: the id of the input that the summary links to."""

    code: str
    field: str
    anchor: str
    message: str
    advisory: bool

    @property
    def token(self) -> str:
        """What is remembered of a notice once it was seen. The same notice about another field is another one."""
        return f"{self.code}:{self.field}"


def condition(when: When | None) -> str:
    """A condition as the script reads it: "field=value,value", or several of which one suffices, with "|"."""
    if not when:
        return ""
    own = f"{when.field}={','.join(when.values)}"
    return f"{own}|{condition(when.either)}" if when.either else own


@dataclass(frozen=True, slots=True)
class BoundField:
    field: Field
    value: str
    messages: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of the input; of a set of radio buttons, the first one's, so that a link reaches something."""
        return f"id_{self.field.name}"

    @property
    def when(self) -> str:
        return condition(self.field.when)

    @property
    def described_by(self) -> str:
        """The ids of hint and messages, for aria-describedby."""
        parts = [f"hint_{self.field.name}"] if self.field.hint else []
        return " ".join([*parts, f"problem_{self.field.name}"])

    @property
    def choices(self) -> list[tuple[Choice, str, bool]]:
        """Each choice with the id of its input and whether it is chosen. "" is chosen only by choosing it."""
        marked = []
        for number, choice in enumerate(self.field.choices):
            own_id = self.id if not number else f"{self.id}_{number}"
            marked.append((choice, own_id, bool(self.value) and choice.value == self.value))
        return marked

    @property
    def ticked(self) -> bool:
        return self.value == "yes"


@dataclass(frozen=True, slots=True)
class BoundGroup:
    group: Group
    items: tuple[BoundField | BoundGroup, ...]
    messages: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def when(self) -> str:
        return condition(self.group.when)

    @property
    def is_open(self) -> bool:
        """Whether a folded group holds an answer, and so is shown open."""
        return any(isinstance(item, BoundField) and item.value for item in self.items)


@dataclass(frozen=True, slots=True)
class BoundStep:
    step: Step
    items: tuple[BoundField | BoundGroup, ...]
    has_problems: bool


def anchor_of(name: str, steps: Iterable[Step]) -> str:
    """The id of the input that a Problem's field names."""
    for step in steps:
        for field in fields_of(step.items):
            if name in (field.name, field.problem_field):
                return f"id_{field.name}"
    return ""


def problem_names(step: Step) -> set[str]:
    """The field names under which problems of this step are reported."""
    return {field.problem_field or field.name for field in fields_of(step.items)}


def bind(steps: tuple[Step, ...], data: Mapping[str, str], complaints: Iterable[Complaint]) -> tuple[BoundStep, ...]:
    """Steps with values and messages. Private inputs get no value: a number is never written into a page."""
    by_field: dict[str, list[Complaint]] = {}
    for complaint in complaints:
        by_field.setdefault(complaint.field, []).append(complaint)
    return tuple(
        BoundStep(step, _bind_items(step.items, data, by_field), bool(problem_names(step) & by_field.keys()))
        for step in steps
    )


def _bind_items(
    items: tuple[Item, ...], data: Mapping[str, str], by_field: dict[str, list[Complaint]]
) -> tuple[BoundField | BoundGroup, ...]:
    bound: list[BoundField | BoundGroup] = []
    for item in items:
        messages, notices = _said_of(item.name, by_field)
        if isinstance(item, Field):
            value = "" if item.private else data.get(item.name, "")
            bound.append(BoundField(item, value, messages, notices))
        else:
            bound.append(BoundGroup(item, _bind_items(item.items, data, by_field), messages, notices))
    return tuple(bound)


def _said_of(name: str, by_field: dict[str, list[Complaint]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    said = by_field.get(name, []) if name else []
    return (
        tuple(complaint.message for complaint in said if not complaint.advisory),
        tuple(complaint.message for complaint in said if complaint.advisory),
    )
