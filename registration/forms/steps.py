"""Which steps the form of one jurisdiction has."""

from __future__ import annotations

from datetime import date

from registration.domain.validation import is_form_made
from registration.forms import address_steps, choice_steps, personal_steps
from registration.forms.contact_step import CONTACT
from registration.forms.messages_step import MESSAGES
from registration.forms.shapes import Step
from state_rules import JURISDICTIONS, Election, FormNeeds, Jurisdiction, form_needs, load, target_election


def keys_of(code: str, on: date) -> tuple[str, ...]:
    """The names of all steps that a state's form has on ``on``, those of our messages and of a partner's questions
    last; () where there is no such state, or no form."""
    if code not in JURISDICTIONS:
        return ()
    jurisdiction = load(code)
    needs = form_needs(jurisdiction, on)
    if not is_form_made(needs):
        return ()
    steps = steps_for(needs, jurisdiction, target_election(jurisdiction, on))
    return (*(step.key for step in steps), MESSAGES, CONTACT)


def steps_for(needs: FormNeeds, jurisdiction: Jurisdiction, election: Election) -> tuple[Step, ...]:
    """The steps in order, with only the boxes that this jurisdiction wants; a step without inputs is left out.

    Where the form only requests the jurisdiction's own one, that form will ask about eligibility, not this one.
    """
    steps = []
    if needs.acceptance == "registers":
        steps.append(personal_steps.eligibility(needs, jurisdiction, election))
    steps.append(personal_steps.name(needs))
    steps.append(address_steps.address(needs, jurisdiction))
    if "B" in needs.boxes:
        steps.append(address_steps.previous(needs))
    steps.append(choice_steps.numbers(needs))
    steps.append(choice_steps.party_and_race(needs))
    if "D" in needs.boxes:
        steps.append(personal_steps.helper())
    return tuple(step for step in steps if step.items)
