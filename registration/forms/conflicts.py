"""Answers that cannot both be meant. Without the script every input is open, and nothing typed may just vanish."""

from __future__ import annotations

from collections.abc import Iterator

from registration.domain.validation import Problem
from registration.forms.choice_steps import ID_FIELDS, NO_PARTY, OTHER_PARTY, id_choices, party_choices
from registration.forms.reading import Answers, wants_id_number, wants_party
from state_rules import FormNeeds


def conflicts(answers: Answers, needs: FormNeeds) -> Iterator[Problem]:
    """A choice beside something typed that it leaves out. What is printed would lack one of the two."""
    if wants_id_number(needs):
        yield from _id_number(answers, needs)
    if wants_party(needs):
        yield from _party(answers, needs)


def _id_number(answers: Answers, needs: FormNeeds) -> Iterator[Problem]:
    labels = {choice.value: choice.label for choice in id_choices(needs.id_number.value)}
    choice = answers.one_of("id_choice", tuple(ID_FIELDS))
    typed = {name for names in ID_FIELDS.values() for name in names if answers.text(name)}
    if choice and typed - set(ID_FIELDS[choice]):
        yield Problem("id_choice_conflict", "id_choice", {"choice": labels.get(choice, choice)})


def _party(answers: Answers, needs: FormNeeds) -> Iterator[Problem]:
    labels = {choice.value: choice.label for choice in party_choices(needs.party.value)}
    choice = answers.text("party_choice")
    left_out = choice == NO_PARTY or (choice != OTHER_PARTY and choice in labels)
    if left_out and answers.text("party_other"):
        yield Problem("party_choice_conflict", "party_choice", {"choice": labels[choice]})
