"""Boxes 5 and 6: telephone and identity number. No number ever stands in a problem's parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registration.applicant import IdNumber
from registration.domain import phones
from registration.domain.validation.problem import Problem
from registration.domain.validation.text import NUMBER, is_blank, text_problems
from state_rules.jurisdiction import IdNumberRule

#: What suffices for each kind of rule, any one of the groups; and the code when nothing does.
_SUFFICES = {
    "licence_or_ssn4": (("licence",), ("ssn4",)),
    "licence_and_ssn4": (("licence",), ("ssn4",)),
    "full_ssn": (("ssn",),),
    "ssn4_or_full_ssn": (("ssn4",), ("ssn",)),
}
_WHEN_MISSING = {"full_ssn": "id_required_full_ssn", "ssn4_or_full_ssn": "id_required_ssn"}

_LICENCE = re.compile(r"[A-Z0-9](?:[A-Z0-9 *./-]{0,23}[A-Z0-9*])?", re.IGNORECASE | re.ASCII)
#: The Social Security Administration never assigns area 000, 666 or 900-999, group 00 or serial 0000.
_SSN = re.compile(r"(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}", re.ASCII)
_SSN4 = re.compile(r"(?!0000)\d{4}", re.ASCII)


def phone_problems(telephone: str) -> Iterator[Problem]:
    """Bounded and printable; an odd number is pointed out once and printed as typed."""
    bad_text = list(text_problems(telephone, "telephone", phones.LONGEST))
    yield from bad_text
    if not bad_text and phones.is_impossible(telephone):
        yield Problem("phone_impossible", "telephone", advisory=True)


def id_number_problems(number: IdNumber, rule: IdNumberRule) -> Iterator[Problem]:
    """What the state's rule asks for, or the person's own word that they have no such number."""
    if rule.kind == "not_asked":
        return
    yield from _shapes(number)
    given = {part for part in ("licence", "ssn4", "ssn", "other") if not is_blank(getattr(number, part))}
    groups = _SUFFICES[rule.kind] + ((("ssn",),) if rule.full_ssn_optional or rule.kind == "licence_and_ssn4" else ())
    enough = any(given.issuperset(group) for group in groups) or number.none
    enough = enough or (rule.if_none == "other_id" and "other" in given)
    if not enough and (rule.required or given):
        yield Problem(_WHEN_MISSING.get(rule.kind, "id_required"), "id_choice")
    elif rule.kind == "licence_and_ssn4" and not number.none and not ("licence" in given and given & {"ssn4", "ssn"}):
        yield Problem("id_both_wanted", "id_choice", advisory=True)


def _shapes(number: IdNumber) -> Iterator[Problem]:
    if number.licence.strip() and not _LICENCE.fullmatch(number.licence.strip()):
        yield Problem("licence_shape", "licence")
    if number.ssn4.strip() and not _SSN4.fullmatch(number.ssn4.strip()):
        yield Problem("ssn4_shape", "ssn4")
    if number.ssn.strip() and not _SSN.fullmatch(re.sub(r"[ -]", "", number.ssn)):
        yield Problem("ssn_shape", "ssn")
    yield from text_problems(number.other, "id_other", NUMBER)
