"""Boxes 7, 8 and D: party, race or ethnic group, and who helped."""

from __future__ import annotations

from collections.abc import Iterator

from registration.applicant import Applicant, Helper
from registration.domain.validation.problem import Problem
from registration.domain.validation.text import NUMBER, PART, PASSAGE, is_blank, text_problems
from state_rules import FormNeeds


def party_problems(applicant: Applicant, needs: FormNeeds) -> Iterator[Problem]:
    rule = needs.party.value
    if not rule.asked:
        return
    yield from text_problems(applicant.party, "party_choice")
    if rule.needed_for_primary and is_blank(applicant.party):
        yield Problem("party_left_blank", "party_choice", advisory=True)


def race_problems(applicant: Applicant, needs: FormNeeds) -> Iterator[Problem]:
    asked = needs.race.value.asked
    if asked == "not_asked":
        return
    yield from text_problems(applicant.race, "race")
    if not is_blank(applicant.race):
        return
    if asked == "required":
        yield Problem("race_required", "race")
    elif asked == "required_not_fatal":
        yield Problem("race_left_blank", "race", advisory=True)


def helper_problems(helper: Helper) -> Iterator[Problem]:
    """Box D wants name and address; the telephone is optional."""
    yield from text_problems(helper.name, "helper_name", PART)
    yield from text_problems(helper.address, "helper_address", PASSAGE)
    yield from text_problems(helper.telephone, "helper_telephone", NUMBER)
    if is_blank(helper.name):
        yield Problem("helper_name_required", "helper_name")
    if is_blank(helper.address):
        yield Problem("helper_address_required", "helper_address")
