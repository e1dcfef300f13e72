"""The messages that a person may want from us: what each is called where it is asked for, and when it comes."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: What stands beside the boxes, by the names of a wish: these are the words that a person says yes to.
BOXES = {
    "link_email": gettext_noop("Email me a link to my form."),
    "remind_email": gettext_noop("Remind me by email, 4 times at most."),
    "link_sms": gettext_noop("Text me a link to my form."),
    "remind_sms": gettext_noop("Remind me by text message, 4 times at most."),
    "print_post": gettext_noop("Print my form and mail it to me."),
    "remind_email_birthday": gettext_noop("Email me once, on the first day on which I may register."),
    "remind_sms_birthday": gettext_noop("Text me once, on the first day on which I may register."),
}
#: What is agreed to beside any text message.
AUTOMATED = gettext_noop("Text messages are sent by a machine. Your phone company may charge for them.")
_WHAT = {
    "link_email": gettext_noop("An email with the link to your form"),
    "link_sms": gettext_noop("A text message with the link to your form"),
    "print_post": gettext_noop("Your form on paper, by mail"),
    "remind_download_email": gettext_noop("An email, if you have not opened your form by then"),
    "remind_download_sms": gettext_noop("A text message, if you have not opened your form by then"),
    "remind_mailed_email": gettext_noop("An email that asks if you mailed it"),
    "remind_mailed_sms": gettext_noop("A text message that asks if you mailed it"),
    "remind_deadline_email": gettext_noop("An email before the last day to mail it"),
    "remind_deadline_sms": gettext_noop("A text message before the last day to mail it"),
    "remind_status_email": gettext_noop("An email that shows where to check your registration"),
    "remind_status_sms": gettext_noop("A text message that shows where to check your registration"),
}


def box(name: str) -> str:
    """The words of one box. Raises KeyError for an unknown name."""
    return _(BOXES[name])


def needed(name: str) -> str:
    """What to ask for beside a box: "email", "phone" or ""."""
    return "email" if "email" in name else "phone" if "sms" in name else ""


def automated() -> str:
    return _(AUTOMATED)


def consent(names: Iterable[str]) -> str:
    """The words of the boxes that a person ticked for one means, as they read them; "" for none."""
    ticked = list(names)
    said = [box(name) for name in ticked]
    if any("sms" in name for name in ticked):
        said.append(automated())
    return " ".join(said)


def what(kind: str) -> str:
    """What a message of ``kind`` is. Raises KeyError for one that no form asks for."""
    return _(_WHAT[kind])
