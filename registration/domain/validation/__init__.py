"""Every problem of an applicant's answers at once, as values. Decides nothing by a state's name: the rules do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from registration.applicant import Applicant
from registration.domain.validation.names import name_problems
from registration.domain.validation.numbers import id_number_problems, phone_problems
from registration.domain.validation.places import home_problems, mailing_problems, previous_problems
from registration.domain.validation.problem import PROBLEM_CODES, Problem
from registration.domain.validation.rest import helper_problems, party_problems, race_problems
from registration.domain.validation.who import birth_date_from, who_problems
from state_rules import Election, FormNeeds, Jurisdiction, form_needs

__all__ = ["PROBLEM_CODES", "Problem", "birth_date_from", "is_form_made", "problems"]


def is_form_made(needs: FormNeeds) -> bool:
    """Whether there is a form to fill in for this state: one that registers, or that asks for the state's own."""
    return needs.acceptance in ("registers", "request_only")


def problems(applicant: Applicant, rules: Jurisdiction, election: Election, *, on: date) -> tuple[Problem, ...]:
    """Everything that the person can fix, in the order of the form. Empty: the form can be made.

    Advisory problems are among them; only the others keep the form from being made. Never raises for anything
    that a person can type. Boxes that the state does not want are not looked at.
    """
    needs = form_needs(rules, on)
    if not is_form_made(needs):
        return (Problem("form_not_used", "", {"acceptance": needs.acceptance}),)
    if needs.acceptance == "request_only":
        return tuple(_request_problems(applicant, rules))
    found = [*who_problems(applicant, rules, election, on), *name_problems(applicant.name)]
    found += home_problems(applicant, rules)
    if applicant.mailing is not None:
        found += mailing_problems(applicant.mailing)
    found += _changes(applicant, needs)
    found += phone_problems(applicant.telephone)
    found += id_number_problems(applicant.id_number, needs.id_number.value)
    found += [*party_problems(applicant, needs), *race_problems(applicant, needs)]
    if applicant.helper is not None and "D" in needs.boxes:
        found += helper_problems(applicant.helper)
    return tuple(found)


def _changes(applicant: Applicant, needs: FormNeeds) -> Iterator[Problem]:
    if applicant.previous_name is not None and "A" in needs.boxes:
        yield from name_problems(applicant.previous_name, "previous_")
    if "B" in needs.boxes:
        yield from previous_problems(applicant, needs)


def _request_problems(applicant: Applicant, rules: Jurisdiction) -> Iterator[Problem]:
    """A request for the state's own form needs a name, and a home or mailing address to send it to."""
    if applicant.citizen == "no":
        yield Problem("citizen_no", "citizen")
    yield from name_problems(applicant.name)
    if applicant.mailing is not None:
        yield from mailing_problems(applicant.mailing)
    described = applicant.no_street_address or bool(applicant.home_location)
    if applicant.home or described or applicant.mailing is None:
        yield from home_problems(applicant, rules)
