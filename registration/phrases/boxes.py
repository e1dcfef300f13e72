"""What a state wants in boxes 6 to 8 of the form, and how it takes the form."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from registration.phrases.names import in_sentence
from state_rules import FormNeeds, Jurisdiction
from state_rules.jurisdiction import Acceptance, IdNumberRule, PartyRule, RaceRule

_ID_NUMBER = {
    "licence_or_ssn4": gettext_noop(
        "Enter your driver's license or state ID number. "
        "If you have none, enter the last 4 digits of your Social Security number."
    ),
    "licence_and_ssn4": gettext_noop(
        "Enter both your driver's license number and the last 4 digits of your Social Security number."
    ),
    "full_ssn": gettext_noop("Enter your full Social Security number."),
    "ssn4_or_full_ssn": gettext_noop(
        "Enter at least the last 4 digits of your Social Security number. You may enter the full number."
    ),
    "not_asked": gettext_noop("No ID number is asked for. Leave box 6 empty."),
}
_IF_NONE = {
    "write_none": gettext_noop("If you have no such number, the box must say NONE."),
    "leave_blank": gettext_noop("If you have no such number, leave the box empty. The state will give you one."),
    "other_id": gettext_noop(
        "If you have no such number, send a copy of a photo ID. "
        "A copy of a bill or other paper with your name and address is fine, too."
    ),
    "ask_office": gettext_noop("If you have no such number, ask the election office what to do."),
}
_WRITTEN = {
    "plain": "",
    "named": gettext_noop("The state asks which number it is, so we print DL or SSN before it."),
    "none_before_ssn4": gettext_noop("If you have no license or state ID, we print NONE before your last 4 digits."),
}
_RACE = {
    "not_asked": gettext_noop("Your race or ethnic group is not asked for. Leave box 8 empty."),
    "optional": gettext_noop("You may give your race or ethnic group. You do not have to."),
    "requested": gettext_noop("The state asks for your race or ethnic group. You may leave it blank."),
    "required_not_fatal": gettext_noop(
        "State law asks for your race or ethnic group. The form still counts if you leave it blank."
    ),
    "required": gettext_noop("State law asks for your race or ethnic group. Please choose one."),
}
_ACCEPTANCE = {
    "registers": gettext_noop("You can register in %(state)s with this form."),
    "request_only": gettext_noop(
        "In %(state)s this form only asks for the state's own form. "
        "Your town or city clerk sends you that form. You must fill it in and return it."
    ),
    "refused": gettext_noop("%(state)s does not accept this form."),
    "no_registration": gettext_noop("%(state)s has no voter registration. You do not need this form."),
    "not_covered": gettext_noop("This form is not used in %(state)s."),
}


def id_number_help(rule: IdNumberRule) -> str:
    """What goes into box 6, what to do without such a number, and what it is for."""
    said = [_(_ID_NUMBER[rule.kind])]
    if rule.kind == "not_asked":
        return said[0]
    if rule.full_ssn_optional and rule.kind == "licence_or_ssn4":
        said.append(_("You may enter your full Social Security number instead, but you do not have to."))
    if rule.required:
        said.append(_(_IF_NONE[rule.if_none]))
    else:
        said.append(_("You may leave this blank. Your form cannot be refused for that."))
    said += [_(text) for text in (_WRITTEN[rule.written], rule.tell) if text]
    said.append(_("The election office uses the number to tell people with the same name apart."))
    return " ".join(said)


def party_help(rule: PartyRule) -> str:
    """What goes into box 7."""
    if not rule.asked:
        return _("You do not choose a party here. Leave box 7 empty.")
    said = [_("You may choose a political party.")]
    if rule.needed_for_primary:
        said.append(_("You may need to belong to a party to vote in its primary election."))
    if rule.no_party:
        said.append(_("If you do not want a party, choose “%(no_party)s.”") % {"no_party": _(rule.no_party)})
    else:
        said.append(_("If you do not want a party, leave it blank."))
    if rule.tell:
        said.append(_(rule.tell))
    return " ".join(said)


def party_names(rule: PartyRule) -> str:
    """The parties that we know of, in a row; "" where none is listed."""
    return ", ".join(_(name) for name in rule.parties)


def race_help(rule: RaceRule) -> str:
    """What goes into box 8."""
    return _(_RACE[rule.asked])


def accepted(how: Acceptance) -> str:
    """How the state takes the NVRA form, with a place for ``state``."""
    return _(_ACCEPTANCE[how])


def acceptance(needs: FormNeeds, jurisdiction: Jurisdiction) -> str:
    """How the state takes the NVRA form."""
    said = capfirst(accepted(needs.acceptance) % {"state": in_sentence(jurisdiction)})
    return f"{said} {_(needs.nvra.value.tell)}" if needs.nvra.value.tell else said


_NO_FORM = {
    "refused": (
        gettext_noop("%(state)s does not accept the national mail form"),
        (
            gettext_noop("The law of %(state)s does not let people register with this form."),
            gettext_noop("Use one of the other ways to register that we list for %(state)s."),
            gettext_noop("If you cannot use them, call the election office. They can tell you what to do."),
        ),
    ),
    "no_registration": (
        gettext_noop("You do not need to register in %(state)s"),
        (
            gettext_noop("%(state)s has no voter registration. If you may vote, you can go and vote."),
            gettext_noop("Bring the ID that %(state)s asks for, with your current address."),
            gettext_noop("The election office can tell you which ID counts and where to vote."),
        ),
    ),
    "not_covered": (
        gettext_noop("The national mail form is not used in %(state)s"),
        (
            gettext_noop("The federal law behind the national form covers the 50 states and Washington, D.C."),
            gettext_noop("%(state)s has its own way to register."),
            gettext_noop("Ask the election office of %(state)s how to register and by when."),
        ),
    ),
}


def no_form(needs: FormNeeds, jurisdiction: Jurisdiction) -> tuple[str, list[str]]:
    """A title and paragraphs for a place where no form can be made. Raises KeyError where one can be."""
    title, paragraphs = _NO_FORM[needs.acceptance]
    values = {"state": in_sentence(jurisdiction)}
    return capfirst(_(title) % values), [capfirst(_(each) % values) for each in paragraphs]
