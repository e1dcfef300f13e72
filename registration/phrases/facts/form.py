"""The national form: whether it is taken, where it goes, and what its boxes ask."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from registration.phrases import boxes, cover
from registration.phrases.facts.words import Words
from registration.phrases.names import in_sentence
from state_rules import Jurisdiction
from state_rules.jurisdiction import IdNumberRule, MailTo, NvraForm, PartyRule, RaceRule
from state_rules.practice import ElectronicSignature, FirstTimeMailId, PlainPaper

_PRINTED = {
    "yes": gettext_noop("You may print the form on plain paper."),
    "no": gettext_noop("The national form is not taken, on plain paper or on any other."),
    "unknown": gettext_noop("We do not know if the form may be printed on plain paper."),
}
_SIGNATURE = {
    "no": gettext_noop("Only a signature in ink on paper counts."),
    "image": gettext_noop("A paper form with an image of your signature is taken."),
    "image_online": gettext_noop("The state's own website takes an image of your signature."),
    "drawn_online": gettext_noop("On the state's own website you can draw your signature."),
    "electronic": gettext_noop("On the state's own website an electronic signature is enough."),
    "approved_portals": gettext_noop("Websites that the state has approved may take your signature."),
    "original_follows": gettext_noop("A fax counts if the signed paper comes after it."),
    "unknown": gettext_noop("We do not know if a signature that is not in ink is taken."),
}


def _nvra_form(form: NvraForm, place: Jurisdiction) -> list[str]:
    said = [capfirst(boxes.accepted(form.acceptance) % {"state": in_sentence(place)})]
    if form.tell:
        said.append(_(form.tell))
    if form.boxes:
        said.append(_("Fill in these boxes: %(boxes)s.") % {"boxes": ", ".join(form.boxes)})
    if form.previous_address_required:
        said.append(
            _("This state needs box B. It holds the address where you were registered before, or N/A."),
        )
    if form.eighteen_means_first_vote:
        said.append(_("Say yes to the second question if you will be 18 when you first vote."))
    if form.oath:
        said.append(_("The law sets the words that you sign. They are shown here in English:"))
    return said


def _mail_to(rule: MailTo, _place: Jurisdiction) -> list[str]:
    said = []
    if rule.lines:
        said.append(_("The form goes to: %(address)s.") % {"address": ", ".join(rule.lines).rstrip(".")})
    if rule.lines or rule.local != "no":
        said.append(cover.mail_to_hint(rule))
    else:
        said.append(_("We have no address to mail the national form to."))
    said.append(_(rule.tell) if rule.tell else "")
    return [each for each in said if each]


def _id_number(rule: IdNumberRule, _place: Jurisdiction) -> list[str]:
    return [boxes.id_number_help(rule)]


def _party(rule: PartyRule, _place: Jurisdiction) -> list[str]:
    said = [boxes.party_help(rule)]
    if rule.parties:
        said.append(_("Parties that we know of: %(parties)s.") % {"parties": boxes.party_names(rule)})
        if rule.parties_confidence == "low":
            said.append(_("We are not sure of this list. You may name another party."))
    return said


def _race(rule: RaceRule, _place: Jurisdiction) -> list[str]:
    return [boxes.race_help(rule)]


def _first_time_mail_id(rule: FirstTimeMailId, _place: Jurisdiction) -> list[str]:
    if rule.applies:
        said = [
            _(
                "If you register by mail and for the first time in this state, send a copy of an ID. "
                "Or show an ID when you first vote."
            )
        ]
    else:
        said = [_("People who register by mail for the first time are not asked for a copy of an ID.")]
    return [*said, _(rule.tell)] if rule.tell else said


def _plain_paper(rule: PlainPaper, _place: Jurisdiction) -> list[str]:
    said = [_(_PRINTED[rule.printed])]
    return [*said, _("Sign it by hand, in ink.")] if rule.ink else said


def _electronic_signature(rule: ElectronicSignature, _place: Jurisdiction) -> list[str]:
    said = [_(_SIGNATURE[rule.taken])]
    return [*said, _(rule.tell)] if rule.tell else said


FACTS = {
    "nvra_form": Words(gettext_noop("The national mail form"), _nvra_form),
    "mail_to": Words(gettext_noop("Where the form goes"), _mail_to),
    "id_number": Words(gettext_noop("ID number (box 6)"), _id_number),
    "party": Words(gettext_noop("Choice of party (box 7)"), _party),
    "race": Words(gettext_noop("Race or ethnic group (box 8)"), _race),
    "first_time_mail_id": Words(gettext_noop("Copy of an ID by mail"), _first_time_mail_id),
    "plain_paper": Words(gettext_noop("Plain paper"), _plain_paper),
    "electronic_signature": Words(gettext_noop("Signatures that are not in ink"), _electronic_signature),
}
