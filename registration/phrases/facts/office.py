"""The state's own registration site, its office, languages, and safety."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from registration.phrases.deadlines import not_offered
from registration.phrases.facts.words import Words
from registration.phrases.online import online_needs
from registration.phrases.sources import contact
from state_rules import Jurisdiction
from state_rules.jurisdiction import Online
from state_rules.practice import AddressConfidentiality, Languages, Office

_CONFIDENTIALITY = {
    "yes": gettext_noop("A program keeps the home address of people in danger out of public records."),
    "unknown": gettext_noop("We do not know of a program that keeps a home address out of public records."),
}


def _online(online: Online, _place: Jurisdiction) -> list[str]:
    if not online.available:
        return [not_offered("online")]
    said = [_("You can register on the state's own website.")]
    if online.url:
        said.append(_("See %(url)s.") % {"url": online.url})
    if online.needs:
        said += [_("You need:"), *online_needs(online)]
    return said


def _office(office: Office, _place: Jurisdiction) -> list[str]:
    return list(contact(office))


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(_(name) for name in names)


def _languages(rule: Languages, _place: Jurisdiction) -> list[str]:
    if not rule.statewide and not rule.local:
        return [_("Federal law asks for no other language than English here.")]
    said = [_("By federal law election offices must give help and papers in other languages, too.")]
    if rule.statewide:
        said.append(_("Everywhere they must help in: %(languages)s.") % {"languages": _names(rule.statewide)})
    if rule.local:
        said.append(_("In some places they must help in: %(languages)s.") % {"languages": _names(rule.local)})
    if rule.places:
        said.append(_("Such places are: %(places)s. There may be more.") % {"places": ", ".join(rule.places)})
    return said


def _address_confidentiality(rule: AddressConfidentiality, _place: Jurisdiction) -> list[str]:
    said = [_(_CONFIDENTIALITY[rule.exists])]
    if rule.name:
        said.append(_("Its name is: %(name)s.") % {"name": _(rule.name)})
    return [*said, _(rule.tell)] if rule.tell else said


FACTS = {
    "online": Words(gettext_noop("Online registration"), _online),
    "office": Words(gettext_noop("Election office"), _office),
    "languages": Words(gettext_noop("Other languages"), _languages),
    "address_confidentiality": Words(gettext_noop("Keeping your address secret"), _address_confidentiality),
}
