"""What a conviction means for the right to vote, from the state's data in our own words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from state_rules.qualifications import Felony

_FELONY = {
    "never_lost": gettext_noop("A criminal conviction does not take away your right to vote here."),
    "incarceration": gettext_noop("You are not in prison or jail for a felony."),
    "full_sentence": gettext_noop(
        "If you were convicted of a felony, you have finished your sentence, parole and probation."
    ),
    "full_sentence_and_payment": gettext_noop(
        "If you were convicted of a felony, you have finished your sentence and paid what the court ordered."
    ),
    "first_offence_automatic": gettext_noop(
        "If you were convicted of a felony, your right to vote was restored. After a first felony this is automatic."
    ),
    "by_offence": gettext_noop(
        "You were not convicted of a felony that takes away the right to vote, or it was restored."
    ),
    "waiting_period": gettext_noop("If you were convicted of a felony, the waiting time set by law is over."),
    "executive_order": gettext_noop(
        "If you were convicted of a felony, your right to vote was restored by the governor."
    ),
    "individual_restoration": gettext_noop("If you were convicted of a felony, your own right to vote was restored."),
    "unknown": gettext_noop("If you were convicted of a felony, ask the election office if you may vote."),
}
_FELONY_APPLIES = {
    "incarceration": gettext_noop("I am in prison or jail for a felony."),
    "full_sentence": gettext_noop("I was convicted of a felony, and my sentence, parole or probation is not over."),
    "full_sentence_and_payment": gettext_noop(
        "I was convicted of a felony, and I have not finished my sentence or paid what the court ordered."
    ),
    "first_offence_automatic": gettext_noop("I was convicted of a felony, and my right to vote may not be restored."),
    "by_offence": gettext_noop("I was convicted of a felony that may take away the right to vote."),
    "waiting_period": gettext_noop("I was convicted of a felony, and the waiting time may not be over."),
    "executive_order": gettext_noop(
        "I was convicted of a felony, and the governor may not have restored my right to vote."
    ),
    "individual_restoration": gettext_noop("I was convicted of a felony, and my right to vote was not restored."),
    "unknown": gettext_noop("I was convicted of a felony."),
}


def _crimes(felony: Felony) -> dict[str, str]:
    return {"crimes": "; ".join(_(each) for each in felony.offences)}


def _any_imprisonment(felony: Felony) -> bool:
    """Whether imprisonment for any crime says all of it, so that felonies need no sentence of their own."""
    return felony.category == "incarceration" and felony.any_conviction


def _condition(felony: Felony) -> str:
    if felony.years:
        return _(
            "If you were convicted of a felony, your sentence is over. "
            "Or you were not in prison for it in the last %(years)d years."
        ) % {"years": felony.years}
    return _(_FELONY[felony.category])


def _statement(felony: Felony) -> str:
    if felony.years:
        return _(
            "I was convicted of a felony and my sentence is not over. "
            "I was in prison for it in the last %(years)d years."
        ) % {"years": felony.years}
    return _(_FELONY_APPLIES[felony.category])


def conviction_conditions(felony: Felony) -> list[str]:
    """What must be true of the person who signs; empty where the vote is never lost."""
    if felony.category == "never_lost":
        return [_(felony.tell)] if felony.tell else []
    said = [] if _any_imprisonment(felony) else [_condition(felony)]
    if felony.any_conviction:
        said.append(_("You are not in prison or jail after a conviction."))
    if felony.offences and felony.category == "by_offence":
        said.append(_("These crimes take away the right to vote: %(crimes)s.") % _crimes(felony))
    elif felony.offences:
        said.append(
            _("After these crimes the right to vote does not come back by itself: %(crimes)s.") % _crimes(felony)
        )
    if felony.tell:
        said.append(_(felony.tell))
    return said


def conviction_statements(felony: Felony) -> list[str]:
    """Statements of which the person says whether any is true of them."""
    if felony.category == "never_lost":
        return []
    if felony.offences and felony.category == "by_offence":
        return [_("I was convicted of one of these crimes: %(crimes)s.") % _crimes(felony)]
    said = [] if _any_imprisonment(felony) else [_statement(felony)]
    if felony.any_conviction:
        said.append(_("I am in prison or jail after a conviction."))
    if felony.offences:
        said.append(
            _("I was convicted of one of these crimes, and my right was not restored: %(crimes)s.") % _crimes(felony)
        )
    return said


def never_lost() -> str:
    return _(_FELONY["never_lost"])
