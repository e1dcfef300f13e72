"""The steps that differ most by state: the ID number and telephone, party, and race or ethnic group."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from registration import phrases
from registration.forms.shapes import Choice, Field, Group, Item, Kind, Step, When
from registration.phrases.problems import SENTENCES
from state_rules import FormNeeds
from state_rules.jurisdiction import IdNumberRule, PartyRule

NO_PARTY, OTHER_PARTY = "none", "other"
NO_PARTY_IN_ENGLISH = gettext_noop("No party")
#: The inputs that each answer to "which number do you have" names.
ID_FIELDS = {
    "licence": ("licence",),
    "ssn4": ("ssn4",),
    "ssn": ("ssn",),
    "both": ("licence", "ssn4"),
    "other": ("id_other",),
    "none": (),
}
#: The inputs that no page repeats.
PRIVATE = frozenset(name for names in ID_FIELDS.values() for name in names)
_STAND_INS = {"licence": "A1", "ssn4": "1234", "ssn": "219-09-9999", "id_other": "A1"}
#: The groups that the federal form's own instructions list for box 8. Officials read them, so they print in English.
RACES = (
    "American Indian or Alaskan Native", "Asian or Pacific Islander", "Black, not of Hispanic Origin", "Hispanic",
    "Multi-racial", "White, not of Hispanic Origin",
)  # fmt: skip
RADIOS_AT_MOST = 10

#: What the script looks at a number by, since numbers are never sent to the step check. Nothing that fits is
#: refused at the end; a test compares them with the validation. Written for the "v" flag of an input's pattern.
LICENCE_PATTERN = r"\s*[A-Za-z0-9]([A-Za-z0-9 *.\/\-]{0,23}[A-Za-z0-9*])?\s*"
SSN4_PATTERN = r"\s*(?!0000)[0-9]{4}\s*"
SSN_PATTERN = r"\s*(?!000|666|9)[0-9]{3}[\- ]?(?!00)[0-9]{2}[\- ]?(?!0000)[0-9]{4}\s*"
OTHER_ID_PATTERN = r"(?=.*[A-Za-z0-9]).{1,40}"


def numbers(needs: FormNeeds) -> Step:
    """Boxes 5 and 6."""
    items: list[Item] = []
    if "6" in needs.boxes and needs.id_number.value.kind != "not_asked":
        items += _id_number(needs.id_number.value)
    if "5" in needs.boxes:
        hint = _("The election office can call you if something on the form is not clear.")
        items.append(
            Field(
                "telephone",
                _("Telephone number"),
                hint=hint,
                autocomplete="tel",
                inputmode="tel",
                optional=True,
                width="medium",
            )
        )
    has_id = any(isinstance(item, Group) for item in items)
    return Step("numbers", _("ID number and telephone") if has_id else _("Telephone"), tuple(items))


def _id_number(rule: IdNumberRule) -> list[Item]:
    days = settings.SEALED_ANSWERS_DAYS
    kept = ngettext(
        "We print the number on your form. We lock it with a key that only you get, and delete it after %(days)d day. "
        "Nobody here can read it.",
        "We print the number on your form. We lock it with a key that only you get, and delete it after %(days)d days. "
        "Nobody here can read it.",
        days,
    ) % {"days": days}
    why = Group(
        (
            Field(
                "id_choice",
                _("Which number do you have?"),
                "radios",
                choices=id_choices(rule),
                optional=not rule.required,
            ),
            *_id_inputs(rule),
        ),
        legend=_("ID number"),
        reasons=(phrases.id_number_help(rule), kept),
    )
    return [why]


def id_choices(rule: IdNumberRule) -> tuple[Choice, ...]:
    """The answers to "which number do you have" that the state's rule leaves open."""
    labels = {
        "licence": _("Driver’s license or state ID number"),
        "ssn4": _("Last 4 digits of my Social Security number"),
        "ssn": _("Full Social Security number"),
        "both": _("Driver’s license number and last 4 digits of my Social Security number"),
        "other": _("Another ID number"),
        "none": _("I have none of these numbers"),
    }
    kinds = {
        "licence_or_ssn4": ["licence", "ssn4"],
        "licence_and_ssn4": ["both", "licence", "ssn4"],
        "full_ssn": ["ssn"],
        "ssn4_or_full_ssn": ["ssn4", "ssn"],
    }[rule.kind]
    if rule.full_ssn_optional and "ssn" not in kinds:
        kinds.append("ssn")
    if rule.if_none == "other_id":
        kinds.append("other")
    return tuple(Choice(kind, labels[kind]) for kind in (*kinds, "none"))


def stand_ins(choice: str) -> dict[str, str]:
    """For each input of a number, a well-formed one where ``choice`` names it, else ""."""
    return {name: number if name in ID_FIELDS.get(choice, ()) else "" for name, number in _STAND_INS.items()}


def _id_inputs(rule: IdNumberRule) -> tuple[Field, ...]:
    offered = {choice.value for choice in id_choices(rule)}
    inputs = (
        Field(
            "licence",
            _("Driver’s license or state ID number"),
            private=True,
            pattern=LICENCE_PATTERN,
            complaint=_("Enter your driver’s license or state ID number."),
            misfit=_(SENTENCES["licence_shape"]),
            width="medium",
            when=When("id_choice", ("licence", "both")),
            autocomplete="off",
        ),
        Field(
            "ssn4",
            _("Last 4 digits of your Social Security number"),
            private=True,
            pattern=SSN4_PATTERN,
            complaint=_("Enter the last 4 digits of your Social Security number."),
            inputmode="numeric",
            width="short",
            when=When("id_choice", ("ssn4", "both")),
            autocomplete="off",
        ),
        Field(
            "ssn",
            _("Full Social Security number"),
            private=True,
            pattern=SSN_PATTERN,
            complaint=_("Enter all 9 digits of your Social Security number."),
            misfit=_(SENTENCES["ssn_shape"]),
            inputmode="numeric",
            width="medium",
            when=When("id_choice", ("ssn",)),
            autocomplete="off",
        ),
        Field(
            "id_other",
            _("Other ID number"),
            private=True,
            pattern=OTHER_ID_PATTERN,
            complaint=_("Enter the ID number that you want to use."),
            width="medium",
            when=When("id_choice", ("other",)),
            autocomplete="off",
        ),
    )
    return tuple(each for each in inputs if each.when and offered & set(each.when.values))


def party_and_race(needs: FormNeeds) -> Step:
    """Boxes 7 and 8."""
    items: list[Item] = []
    titles = []
    if "7" in needs.boxes and needs.party.value.asked:
        items += _party(needs.party.value)
        titles.append(_("Political party"))
    if "8" in needs.boxes and needs.race.value.asked != "not_asked":
        items.append(_race(needs))
        titles.append(_("Race or ethnic group"))
    return Step("choices", titles[0] if len(titles) == 1 else _("Party and race"), tuple(items))


def no_party_label(rule: PartyRule) -> str:
    """The choice of no party in the reader's language, with the English that is printed where that differs."""
    printed = no_party_printed(rule)
    shown = _(printed)
    return shown if shown == printed else f"{shown} ({printed})"


def no_party_printed(rule: PartyRule) -> str:
    """The state's own word where it has one; the form is read by an official, so it stays English."""
    return rule.no_party or NO_PARTY_IN_ENGLISH


def party_choices(rule: PartyRule) -> tuple[Choice, ...]:
    return (
        *(Choice(party, party) for party in rule.parties),
        Choice(OTHER_PARTY, _("Another party")),
        Choice(NO_PARTY, no_party_label(rule)),
    )


def _party(rule: PartyRule) -> list[Item]:
    choices = party_choices(rule)
    kind: Kind = "radios" if len(choices) <= RADIOS_AT_MOST else "select"
    return [
        Field("party_choice", _("Choice of party"), kind, hint=phrases.party_help(rule), choices=choices,
              optional=True),
        Field("party_other", _("Name of the party"), width="medium", when=When("party_choice", (OTHER_PARTY,))),
    ]  # fmt: skip


def _race(needs: FormNeeds) -> Field:
    rule = needs.race.value
    labels = (
        _("American Indian or Alaskan Native"), _("Asian or Pacific Islander"), _("Black, not of Hispanic origin"),
        _("Hispanic"), _("Multi-racial"), _("White, not of Hispanic origin"),
    )  # fmt: skip
    choices = [Choice(value, label) for value, label in zip(RACES, labels, strict=True)]
    choices.append(Choice("Other", _("Other")))
    needed = rule.asked == "required"
    if not needed:
        choices.append(Choice("", _("I prefer not to say")))
    return Field(
        "race",
        _("Race or ethnic group"),
        "radios",
        hint=phrases.race_help(rule),
        choices=tuple(choices),
        optional=not needed,
    )
