"""Who may register and who may vote."""

from __future__ import annotations

from dataclasses import replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from registration.phrases import convictions, eligibility
from registration.phrases.dates import plain_day
from registration.phrases.facts.words import Words
from registration.phrases.names import in_sentence
from state_rules import Jurisdiction
from state_rules.qualifications import AgeRule, Capacity, Channel, CitizenshipProof, Felony, Residency, VotingAge

#: Ways to register as they stand at the head of a line.
WAYS: dict[Channel, str] = {
    "online": gettext_noop("Online"),
    "mail": gettext_noop("By mail"),
    "in_person": gettext_noop("In person"),
}
_PAROLE = {
    "bars": gettext_noop("You cannot register while you are on parole."),
    "free": gettext_noop("You can register while you are on parole."),
    "unknown": gettext_noop("We do not know if you can register while on parole."),
}
_PROBATION = {
    "bars": gettext_noop("You cannot register while you are on probation."),
    "free": gettext_noop("You can register while you are on probation."),
    "unknown": gettext_noop("We do not know if you can register while on probation."),
}
_PAYMENT = {
    "needed": gettext_noop("You must first pay what the court ordered."),
    "not_needed": gettext_noop("Unpaid fines do not keep you from registering."),
    "victim_restitution": gettext_noop("You must first pay what the court ordered you to pay to victims."),
    "unknown": gettext_noop("We do not know if unpaid fines keep you from registering."),
}
_RESTORATION = {
    "not_lost": "",
    "automatic": gettext_noop("The right to vote comes back by itself."),
    "automatic_but_listed": gettext_noop(
        "The right to vote comes back by itself, but not after the crimes named here."
    ),
    "first_automatic_then_court": gettext_noop(
        "After a first felony the right to vote comes back by itself. After another one, a court must give it back."
    ),
    "first_automatic_then_governor": gettext_noop(
        "After a first felony the right to vote comes back by itself. "
        "After another one, the governor must give it back."
    ),
    "application": gettext_noop("You must apply to get the right to vote back."),
    "court_or_pardon": gettext_noop("A court or a pardon can give the right to vote back."),
    "legislature_or_pardon": gettext_noop("The legislature or a pardon can give the right to vote back."),
    "governor": gettext_noop("The governor can give the right to vote back."),
    "executive_order": gettext_noop("An order of the governor gives the right to vote back."),
    "unknown": gettext_noop("We do not know what gives the right to vote back."),
}


#: Where the crime or the time since decides, and not the stage of the sentence alone.
_BY_MORE_THAN_SENTENCE = frozenset({"by_offence", "waiting_period"})


def _registration_required(value: bool, place: Jurisdiction) -> list[str]:
    state = {"state": in_sentence(place)}
    if value:
        return [_("In %(state)s you must register before you can vote.") % state]
    return [capfirst(_("%(state)s has no voter registration. If you may vote, you can go and vote.") % state)]


def _years(years: int, months: int) -> str:
    if not months:
        return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}
    return ngettext("%(years)d years and %(months)d month", "%(years)d years and %(months)d months", months) % {
        "years": years,
        "months": months,
    }


def _age(age: AgeRule, _place: Jurisdiction) -> list[str]:
    said = [_("To register, this must be true:"), *eligibility.registering_age(replace(age, min_by_channel=()))]
    for channel, years in age.min_by_channel:
        way = {"way": _(WAYS[channel]), "age": _years(max(years, age.min_years), 0)}
        said.append(_("%(way)s the age is %(age)s.") % way)
    if age.pre_years:
        early = {"age": _years(age.pre_years, age.pre_months)}
        said.append(_("Before that, you can sign up early from an age of %(age)s.") % early)
    return [*said, _(age.tell)] if age.tell else said


def _voting_age(rule: VotingAge, _place: Jurisdiction) -> list[str]:
    said = [_("You can vote from the age of %(years)d.") % {"years": rule.years}]
    said.append(eligibility.voting_at_17(rule) or _("You cannot vote at 17, not even in a primary."))
    if rule.nominations_only:
        said.append(_("At 17 you vote on the candidates only, not on other questions."))
    return [*said, _(rule.tell)] if rule.tell else said


def _residency(rule: Residency, place: Jurisdiction) -> list[str]:
    said = eligibility.residence(rule, place)
    if not rule.days:
        said.append(_("How long you have lived there does not matter."))
    return said


def _felony(felony: Felony, _place: Jurisdiction) -> list[str]:
    if felony.category == "never_lost":
        return [convictions.never_lost(), *convictions.conviction_conditions(felony)]
    said = [_("To register, this must be true:"), *convictions.conviction_conditions(felony)]
    if felony.category == "by_offence" and not felony.offences:
        said.append(_("The list of crimes is too long for this page. Ask the election office."))
    if felony.category not in _BY_MORE_THAN_SENTENCE:
        said += [_(_PAROLE[felony.parole]), _(_PROBATION[felony.probation])]
    said.append(_(_PAYMENT[felony.payment]))
    said += [_(_RESTORATION[felony.restoration])] if _RESTORATION[felony.restoration] else []
    if felony.rests_on:
        said.append(_("This rests on %(order)s. A governor can end it.") % {"order": _(felony.rests_on)})
    if felony.look_again:
        said.append(_("Ask again after %(day)s: it may have changed by then.") % {"day": plain_day(felony.look_again)})
    return said


def _capacity(rule: Capacity, _place: Jurisdiction) -> list[str]:
    found = eligibility.capacity(rule)
    if not found:
        return [_("No ruling of a court on your mental ability takes away your right to vote.")]
    return found if rule.category == "unknown" else [_("To register, this must be true:"), *found]


def _citizenship_proof(rule: CitizenshipProof, _place: Jurisdiction) -> list[str]:
    if rule.documents == "none":
        return [_("You swear that you are a citizen. No document is asked for.")]
    return [_("You swear that you are a citizen."), eligibility.documents(rule)]


FACTS = {
    "registration_required": Words(gettext_noop("Must you register?"), _registration_required),
    "age": Words(gettext_noop("Age to register"), _age),
    "voting_age": Words(gettext_noop("Age to vote"), _voting_age),
    "residency": Words(gettext_noop("Where you live"), _residency),
    "felony": Words(gettext_noop("After a conviction"), _felony),
    "capacity": Words(gettext_noop("Rulings on mental ability"), _capacity),
    "citizenship_proof": Words(gettext_noop("Proof of citizenship"), _citizenship_proof),
}
