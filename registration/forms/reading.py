"""What was posted, as an Applicant. Translates; decides nothing and corrects nothing but white space."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, cast, get_args

from registration.applicant import Address, Answer, Applicant, Helper, HomeLocation, IdNumber, Name, Suffix, Title
from registration.domain.validation import Problem, birth_date_from
from registration.forms.choice_steps import ID_FIELDS, NO_PARTY, OTHER_PARTY, no_party_printed
from state_rules import FormNeeds

OtherRule = Literal["", "no", "yes", "unsure"]


class Answers:
    """Posted text by name: trimmed, with line breaks as spaces, and "" for what was not sent."""

    def __init__(self, data: Mapping[str, str]) -> None:
        self._data = data

    def text(self, name: str) -> str:
        lines = self._data.get(name, "").replace("\r\n", "\n").split("\n")
        return " ".join(line.strip() for line in lines).strip()

    def ticked(self, name: str) -> bool:
        return self.text(name) == "yes"

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name)
        return value if value in allowed else ""

    def answer(self, name: str) -> Answer:
        return cast(Answer, self.one_of(name, get_args(Answer)))


def applicant_from(data: Mapping[str, str], needs: FormNeeds, code: str) -> Applicant:
    """The Applicant that the posted answers describe, with only the boxes that the form shows.

    A part that hangs on a tick (mailing address, previous name) is read when it is ticked or when anything stands
    in it: without the script those inputs are always open, and nothing that a person wrote is dropped.
    """
    answers = Answers(data)
    previous = _address(answers, "previous") if "B" in needs.boxes else Address()
    registered_before = answers.answer("previous_registration") if "B" in needs.boxes else ""
    return Applicant(
        jurisdiction=code,
        citizen=answers.answer("citizen"),
        eighteen=answers.answer("eighteen"),
        other_rule=cast(OtherRule, answers.one_of("other_rule", get_args(OtherRule))),
        birth_date=_birth_date(answers),
        name=_name(answers, ""),
        previous_name=_optional_name(answers) if "A" in needs.boxes else None,
        home=_address(answers, "home", code),
        no_street_address=answers.ticked("no_street_address"),
        home_location=HomeLocation(
            answers.text("home_description"), answers.text("home_crossroads"), answers.text("home_landmarks")
        ),
        mailing=_mailing(answers) if "3" in needs.boxes else None,
        previous_address=previous if previous or registered_before == "yes" else None,
        never_registered=registered_before == "no" and not previous,
        telephone=answers.text("telephone") if "5" in needs.boxes else "",
        id_number=_id_number(answers) if wants_id_number(needs) else IdNumber(),
        party=_party(answers, needs) if wants_party(needs) else "",
        race=answers.text("race") if wants_race(needs) else "",
        helper=_helper(answers) if "D" in needs.boxes else None,
    )


def wants_id_number(needs: FormNeeds) -> bool:
    """Whether the form asks for box 6. What it does not ask for is not bounded by the validation, so it is not read."""
    return "6" in needs.boxes and needs.id_number.value.kind != "not_asked"


def wants_party(needs: FormNeeds) -> bool:
    return "7" in needs.boxes and needs.party.value.asked


def wants_race(needs: FormNeeds) -> bool:
    return "8" in needs.boxes and needs.race.value.asked != "not_asked"


def written_birth_date(answers: Answers) -> date | Problem | None:
    """The date that the three inputs make, None when they are empty, or the problem that they make no real date."""
    return birth_date_from(*(answers.text(f"birth_{part}") for part in ("month", "day", "year")))


def _birth_date(answers: Answers) -> date | None:
    written = written_birth_date(answers)
    return written if isinstance(written, date) else None


def _name(answers: Answers, prefix: str) -> Name:
    last, first, middle = (answers.text(f"{prefix}{part}_name") for part in ("last", "first", "middle"))
    # Ticked by mistake beside a full name: the names count, so that none of them is dropped.
    several = bool(last and (first or middle))
    return Name(
        last=last,
        first=first,
        middle=middle,
        suffix=cast(Suffix, answers.one_of(f"{prefix}suffix", get_args(Suffix))),
        title=cast(Title, answers.one_of("title", get_args(Title))) if not prefix else "",
        single=not prefix and answers.ticked("single_name") and not several,
    )


def _optional_name(answers: Answers) -> Name | None:
    name = _name(answers, "previous_")
    return name if name or answers.ticked("name_changed") else None


def _address(answers: Answers, prefix: str, state: str = "") -> Address:
    return Address(
        street=answers.text(f"{prefix}_street"),
        unit=answers.text(f"{prefix}_unit"),
        city=answers.text(f"{prefix}_city"),
        state=state or answers.text(f"{prefix}_state"),
        zip_code=answers.text(f"{prefix}_zip"),
    )


def _mailing(answers: Answers) -> Address | None:
    address = _address(answers, "mailing")
    return address if address or answers.ticked("mailing_different") else None


def _id_number(answers: Answers) -> IdNumber:
    """The number that the choice names; without a choice, whatever was written."""
    choice = answers.one_of("id_choice", tuple(ID_FIELDS))
    names = ID_FIELDS[choice] if choice else ("licence", "ssn4", "ssn", "id_other")
    given = {name: answers.text(name) for name in names}
    return IdNumber(
        licence=given.get("licence", ""),
        ssn4=given.get("ssn4", ""),
        ssn=given.get("ssn", ""),
        other=given.get("id_other", ""),
        none=choice == "none",
    )


def _party(answers: Answers, needs: FormNeeds) -> str:
    rule = needs.party.value
    choice = answers.text("party_choice")
    if choice == NO_PARTY:
        return no_party_printed(rule)
    if choice == OTHER_PARTY:
        return answers.text("party_other")
    return choice if choice in rule.parties else answers.text("party_other")


def _helper(answers: Answers) -> Helper | None:
    helper = Helper(answers.text("helper_name"), answers.text("helper_address"), answers.text("helper_telephone"))
    return helper if helper or answers.ticked("helped") else None
