"""The step that asks whether we may write: the link to the form, reminders, the form on paper. Optional, of its own,
before the partner's questions, and no part of the form on paper."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from registration import phrases
from registration.domain import contacts
from registration.domain.subscriptions import Wish, wish_for
from registration.forms.reading import Answers
from registration.forms.shapes import Field, Group, Item, Step, When
from registration.phrases.messages import automated, box
from state_rules import Election

MESSAGES = "messages"
EMAIL, PHONE = "messages_email", "messages_phone"
_BY_EMAIL, _BY_SMS = ("link_email", "remind_email"), ("link_sms", "remind_sms")


def messages(offered: tuple[str, ...], election: Election) -> Step:
    """The boxes of what is ``offered``, none ticked, and the inputs that a tick opens."""
    items: list[Item] = [
        Group(
            tuple(Field(name, box(name), "checkbox", hint=_hint(name)) for name in offered),
            legend=_("What may we send you?"),
        )
    ]
    by_email, by_sms = _ticked(offered, _BY_EMAIL), _ticked(offered, _BY_SMS)
    if by_email:
        items.append(Field(EMAIL, _("Your email address"), autocomplete="email", inputmode="email", when=by_email))
    if by_sms:
        items.append(
            Field(
                PHONE, _("Your cell phone number"), hint=automated(), autocomplete="tel", inputmode="tel", when=by_sms
            )
        )
    aside = _("Not printed on your form. We use this for the messages alone.")
    return Step(MESSAGES, _("Messages from us (optional)"), tuple(items), _intro(offered, election), aside=aside)


def _hint(name: str) -> str:
    if name == "print_post":
        return _("Until it is in the mail, our print shop can open your form. Then we erase the key.")
    if name == "link_email":
        return _("The link opens your form. The companies that carry your email can see it.")
    if name == "link_sms":
        return _("The link opens your form. The companies that carry the message can see it.")
    return ""


def _intro(offered: tuple[str, ...], election: Election) -> tuple[str, ...]:
    """What is kept, by whom, and until when, before it is asked for."""
    until = {"day": phrases.day(contacts.last_day(election.day))}
    said = [_("We ask this, not the election office. Skip it if you like: your form stays the same.")]
    if set(offered) & {*_BY_EMAIL, *_BY_SMS}:
        said += [
            _("If you want only the link, we erase your email address or phone number when it is sent."),
            _("If you want reminders, we keep it, encrypted, until you stop them, or until %(day)s.") % until,
            _("Every reminder has a link to stop them. Nobody else gets your address or number for their own use."),
        ]
    return tuple(said)


def sms_among(offered: tuple[str, ...]) -> bool:
    """Whether the step asks for a telephone number."""
    return any(name in offered for name in _BY_SMS)


def _ticked(offered: Iterable[str], names: tuple[str, ...]) -> When | None:
    """The condition that one of ``names`` is ticked; None where none is offered."""
    found: When | None = None
    for name in reversed([name for name in names if name in offered]):
        found = When(name, either=found)
    return found


def wish(answers: Answers, offered: tuple[str, ...]) -> Wish | None:
    """What the person wants; None for who ticked nothing, whatever stands in the inputs."""
    ticked = [name for name in offered if answers.ticked(name)]
    return wish_for(answers.text(EMAIL), answers.text(PHONE), ticked) if ticked else None
