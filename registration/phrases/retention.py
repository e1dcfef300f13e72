"""Words for what is kept: what it is, how long it stays, why, and what stays after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext_lazy

WHAT = {
    "sealed_answers": gettext_noop("Your locked answers"),
    "contacts": gettext_noop("What you let another organization have"),
    "contacts_forbidden": gettext_noop("The same, where a state’s law begins to forbid it"),
    "subscriptions": gettext_noop("Your email address or telephone number for our messages"),
    "payloads": gettext_noop("What a message to you needs while it waits to be sent"),
    "print_batches": gettext_noop("Forms that people asked us to print and mail: the files for the print shop"),
    "outbox": gettext_noop("That a message waited, and how it went"),
    "deliveries": gettext_noop("That a message was sent, without its words"),
    "webhooks": gettext_noop("What we told an organization’s server: that a form was made, named by a number only"),
    "endpoints": gettext_noop("An address for such messages that the organization removed"),
    "rate_windows": gettext_noop("How often somebody came, under a code instead of an address"),
    "mails": gettext_noop("Emails to members of an organization, while they wait"),
    "sessions": gettext_noop("That a member of an organization is signed in, and from where"),
    "invitations": gettext_noop("An invitation to join an organization, with its email address"),
    "sign_ups": gettext_noop("An organization that signed up and was not approved, and its people"),
    "accounts": gettext_noop("The account of somebody who belongs to no organization any more"),
    "tombstones": gettext_noop("The record number of what you asked us to delete"),
    "applications": gettext_noop("That a form was made: state, language, day, and from which organization"),
    "counts": gettext_noop("Numbers of each day, also of what was deleted"),
    "audit": gettext_noop("What operators and members of organizations did, without anything of an applicant"),
    "partners": gettext_noop("What an organization set, and who belongs to it"),
    "orders": gettext_noop("Corrections of rules, and when jobs are due"),
}
#: How long; ``days`` is the number.
HOW_LONG: dict[str, Any] = {
    "sealed_answers": ngettext_lazy(
        "%(days)s day after you sent the form", "%(days)s days after you sent the form", "days"
    ),
    "contacts": ngettext_lazy(
        "Until %(days)s day after the election", "Until %(days)s days after the election", "days"
    ),
    "contacts_forbidden": gettext_noop("Until the next run, some minutes later"),
    "subscriptions": ngettext_lazy(
        "Until %(days)s day after the election, or a day after you end the messages",
        "Until %(days)s days after the election, or a day after you end the messages",
        "days",
    ),
    "payloads": ngettext_lazy(
        "Until it is sent or too late; %(days)s day after it failed for good",
        "Until it is sent or too late; %(days)s days after it failed for good",
        "days",
    ),
    "print_batches": ngettext_lazy(
        "Until they are mailed; %(days)s day at most after the files were written",
        "Until they are mailed; %(days)s days at most after the files were written",
        "days",
    ),
    "outbox": ngettext_lazy("%(days)s day after it was over", "%(days)s days after it was over", "days"),
    "deliveries": ngettext_lazy("%(days)s day", "%(days)s days", "days"),
    "webhooks": ngettext_lazy("%(days)s day", "%(days)s days", "days"),
    "endpoints": ngettext_lazy("%(days)s day after it was removed", "%(days)s days after it was removed", "days"),
    "rate_windows": ngettext_lazy(
        "%(days)s day after its window began", "%(days)s days after its window began", "days"
    ),
    "mails": ngettext_lazy("Until it is sent; %(days)s day at most", "Until it is sent; %(days)s days at most", "days"),
    "sessions": gettext_noop("Until it ends, 12 hours at most"),
    "invitations": ngettext_lazy("%(days)s day after its end", "%(days)s days after its end", "days"),
    "sign_ups": ngettext_lazy("%(days)s day after it signed up", "%(days)s days after it signed up", "days"),
    "accounts": ngettext_lazy("%(days)s day after the last sign-in", "%(days)s days after the last sign-in", "days"),
    "tombstones": ngettext_lazy("%(days)s day", "%(days)s days", "days"),
    "applications": gettext_noop("It stays"),
    "counts": gettext_noop("They stay"),
    "audit": gettext_noop("It stays: it is written once and never changed"),
    "partners": gettext_noop("As long as the organization is here"),
    "orders": gettext_noop("They stay"),
}
WHY = {
    "sealed_answers": gettext_noop("So that you have time to print. The law asks officials to keep your form, not us."),
    "contacts": gettext_noop("You said yes to it, for this election."),
    "contacts_forbidden": gettext_noop("The law of the state decides, whatever was said before."),
    "subscriptions": gettext_noop("You asked for these messages, for this election."),
    "payloads": gettext_noop("Without your code the message could not hold your link."),
    "print_batches": gettext_noop("The print shop needs some days."),
    "outbox": gettext_noop("So that nothing is sent twice, and a fault can be found."),
    "deliveries": gettext_noop("So that nothing is sent twice."),
    "webhooks": gettext_noop("So that a message that was lost can be sent again."),
    "endpoints": gettext_noop("So that its log can be read."),
    "rate_windows": gettext_noop("So that nobody can flood this service."),
    "mails": gettext_noop("A mail server may be away for a while."),
    "sessions": gettext_noop("So that members can sign in, and see from where it was done."),
    "invitations": gettext_noop("So that whoever sent it can see what became of it."),
    "sign_ups": gettext_noop("So that an operator has time to look at it."),
    "accounts": gettext_noop("So that a member who left can be asked back."),
    "tombstones": gettext_noop("So that a backup that is brought back does not bring back what you had deleted."),
    "applications": gettext_noop("So that it can be said how many forms were made. It says nothing of you."),
    "counts": gettext_noop("So that this page can prove what it says."),
    "audit": gettext_noop("So that nobody can hide what they did."),
    "partners": gettext_noop("The organization needs it to work here."),
    "orders": gettext_noop("So that everyone can see what was corrected, and when."),
}
AFTERWARDS = {
    "print_batches": gettext_noop("Copies at the print shop, which it must delete itself."),
    "sealed_answers": gettext_noop("That a form was made, for which state, in which language and when."),
    "contacts": gettext_noop("A number: that there was one that day."),
    "subscriptions": gettext_noop("Nothing but the number below."),
    "sign_ups": gettext_noop("A row without a name, and in the record of deeds its short name and site."),
    "tombstones": gettext_noop("The same number in a file apart from the database. It leads to nothing."),
}
#: What a state's law says of those who bring people: whether they may keep anything of theirs.
KEEPING = {
    "forbidden": gettext_noop("Nothing may be kept. No organization can ask here for your contact details."),
    "with_consent": gettext_noop("Only with your consent. Organizations get only what you say yes to."),
    "unknown": gettext_noop("We know of no rule. Organizations get only what you say yes to."),
}


@dataclass(frozen=True, slots=True)
class InWords:
    what: str
    how_long: str
    why: str
    afterwards: str


def kept(kind: str, days: int) -> InWords:
    """One line of the schedule. Raises KeyError for a kind without words."""
    how_long = HOW_LONG[kind]
    said = _(how_long) if isinstance(how_long, str) else how_long
    return InWords(
        what=_(WHAT[kind]),
        how_long=said % {"days": days},
        why=_(WHY[kind]),
        afterwards=_(AFTERWARDS[kind]) if kind in AFTERWARDS else "",
    )


def keeping(standing: str) -> str:
    """What a state's law says of keeping."""
    return _(KEEPING[standing])
