"""What is asked of volunteers who collect other people's applications."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from registration.phrases.facts.words import Words
from state_rules import Jurisdiction
from state_rules.practice import Drives, ReturnClock

_GROUP = {
    "nothing": gettext_noop("A group needs no permission first."),
    "registers": gettext_noop("A group must sign up with the state first."),
    "paid_only": gettext_noop("A group that pays its workers must sign up first."),
    "large_drives": gettext_noop("A group with a large drive must sign up first."),
    "unknown": gettext_noop("We do not know what a group must do first."),
}
_VOLUNTEER = {
    "nothing": gettext_noop("A volunteer needs no permission first."),
    "training": gettext_noop("Each volunteer must take a training first."),
    "appointment": gettext_noop("Each volunteer must be appointed first."),
    "optional_appointment": gettext_noop("A volunteer may be appointed, but need not be."),
    "registers": gettext_noop("Each volunteer must sign up with the state first."),
    "paid_only": gettext_noop("Workers who are paid must sign up first. Volunteers need not."),
    "unknown": gettext_noop("We do not know what a volunteer must do first."),
}
_PAID = {
    "banned": gettext_noop("Nobody may be paid by the number of forms."),
    "unknown": "",
}
_KEEPING = {
    "forbidden": gettext_noop("A drive must not copy or keep what people wrote on their forms."),
    "with_consent": gettext_noop("A drive may copy or keep what a person wrote only if that person agrees."),
    "unknown": "",
}


def time_span(clock: ReturnClock) -> str:
    """ "48 hours", "10 days", "3 business days": to stand within a sentence."""
    amount = {"amount": clock.amount}
    if clock.unit == "hours":
        return ngettext("%(amount)d hour", "%(amount)d hours", clock.amount) % amount
    if clock.unit == "business_days":
        return ngettext("%(amount)d business day", "%(amount)d business days", clock.amount) % amount
    return ngettext("%(amount)d day", "%(amount)d days", clock.amount) % amount


def _return(clock: ReturnClock) -> str:
    if clock.or_deadline:
        said = _("Return each signed form within %(time)s, or by the registration deadline if that is sooner.")
    else:
        said = _("Return each signed form within %(time)s.")
    return said % {"time": time_span(clock)}


def _clocks(rule: Drives) -> list[str]:
    if not rule.return_within:
        return [_("We do not know how soon a drive must return signed forms.")]
    said = [_return(rule.return_within)]
    if rule.near_deadline:
        near = {"days": rule.near_days, "time": time_span(rule.near_deadline)}
        if rule.near_days:
            said.append(_("In the last %(days)d days before the deadline, return it within %(time)s.") % near)
        else:
            close = _("Close to the deadline, return it within %(time)s. Ask the election office from when.")
            said.append(close % near)
    return said


def _drives(rule: Drives, _place: Jurisdiction) -> list[str]:
    if not rule.possible:
        said = [_("A volunteer drive cannot register people here.")]
        return [*said, _(rule.tell)] if rule.tell else said
    said = [_(_GROUP[rule.group]), _(_VOLUNTEER[rule.volunteer])]
    if rule.per_county:
        said.append(_("This is needed in every county apart."))
    if rule.who_may:
        said.append(_("Who may collect forms: %(who)s.") % {"who": _(rule.who_may)})
    said += _clocks(rule)
    if rule.receipt:
        said.append(_("Give each person a receipt."))
    if _PAID[rule.paid_per_form]:
        said.append(_(_PAID[rule.paid_per_form]))
    if _KEEPING[rule.keeping]:
        said.append(_(_KEEPING[rule.keeping]))
    if rule.fines:
        said.append(_("Fines: %(fines)s.") % {"fines": "; ".join(_(fine) for fine in rule.fines)})
    return [*said, _(rule.tell)] if rule.tell else said


FACTS = {"drives": Words(gettext_noop("Volunteer drives"), _drives)}
