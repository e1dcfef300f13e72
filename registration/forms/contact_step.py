"""The last step, where a partner asks whether it may write. Optional, of its own, and no part of the form on paper."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registration import phrases
from registration.applicant import Applicant
from registration.domain import contacts
from registration.domain.contacts import Wish, wish_of
from registration.domain.counting import tracking
from registration.forms.messages_step import EMAIL, PHONE, sms_among
from registration.forms.reading import Answers
from registration.forms.shapes import Field, Group, Item, Link, Step, When
from registration.models import OptInQuestion, Partner
from state_rules import Election

CONTACT = "contact"
Means = OptInQuestion.Means
_PREFIX = "contact_question_"


def named(number: int) -> str:
    """The name of the checkbox of the question with that number."""
    return f"{_PREFIX}{number}"


def name_of(question: OptInQuestion) -> str:
    return named(question.pk)


def contact(
    partner: Partner, questions: tuple[OptInQuestion, ...], election: Election, offered: tuple[str, ...] = ()
) -> Step:
    """The questions in the partner's own words, and the inputs that a tick opens. ``offered``: what the step before it
    offers; an address that was given there is not asked for again."""
    language = get_language() or "en"
    boxes: tuple[Item, ...] = tuple(_box(question, language) for question in questions)
    by_email, by_phone = (_ticked(questions, means) for means in (Means.EMAIL, Means.PHONE))
    items: list[Item] = [Group(boxes, legend=_("Questions from %(partner)s") % {"partner": partner.name})]
    if by_email:
        items.append(
            Field(
                "contact_email",
                _("Your email address"),
                autocomplete="email",
                inputmode="email",
                when=by_email,
                hint=_given_before(EMAIL, offered),
                default_from=EMAIL if offered else "",
            )
        )
    if by_phone:
        items.append(
            Field(
                "contact_phone",
                _("Your telephone number"),
                autocomplete="tel",
                inputmode="tel",
                when=by_phone,
                hint=_given_before(PHONE, offered),
                default_from=PHONE if sms_among(offered) else "",
            )
        )
    return Step(
        CONTACT,
        _("Stay in touch (optional)"),
        tuple(items),
        _intro(partner, election, (bool(by_email), bool(by_phone))),
        links=_links(partner),
        aside=_("Not printed on your form. Only %(partner)s gets this, and only if you checked a box.")
        % {"partner": partner.name},
    )


def _given_before(name: str, offered: tuple[str, ...]) -> str:
    """What an input says that takes its answer from an earlier one; "" where there is none."""
    if name == EMAIL and offered:
        return _("Leave this empty to use the email address that you gave us above.")
    if name == PHONE and sms_among(offered):
        return _("Leave this empty to use the number that you gave us above.")
    return ""


def _box(question: OptInQuestion, language: str) -> Field:
    said = contacts.language_of(question, language)
    label = contacts.words(question, language)
    return Field(name_of(question), label, "checkbox", language="" if said == language else said)


def _intro(partner: Partner, election: Election, means: tuple[bool, bool]) -> tuple[str, ...]:
    values = {"partner": partner.name}
    gets = {
        (True, False): _(
            "If you check a box, %(partner)s gets your name, your ZIP code and the email address that you type here."
        ),
        (False, True): _(
            "If you check a box, %(partner)s gets your name, your ZIP code and the telephone number that you type here."
        ),
        (True, True): _(
            "If you check a box, %(partner)s gets your name, your ZIP code, and the email address or telephone number "
            "that the box asks for."
        ),
    }[means]
    until = phrases.day(contacts.last_day(election.day))
    return (
        _("%(partner)s asks this, not the election office. Skip it if you like: your form stays the same.") % values,
        gets % values + " " + _("It never gets your other answers."),
        _("You can take it back at any time with the code that you get at the end. We delete it on %(day)s.")
        % {"day": until},
    )


def _links(partner: Partner) -> tuple[Link, ...]:
    if not partner.privacy_url:
        return ()
    text = _("What %(partner)s does with it (opens in a new tab)") % {"partner": partner.name}
    return (Link(text, partner.privacy_url),)


def _ticked(questions: tuple[OptInQuestion, ...], means: str) -> When | None:
    """The condition that one of the questions of these means is ticked; None where there are none."""
    found: When | None = None
    for question in reversed(questions):
        if question.means == means:
            found = When(name_of(question), either=found)
    return found


def wish(answers: Answers, questions: tuple[OptInQuestion, ...], applicant: Applicant) -> Wish | None:
    """What the person lets the partner have; None for who ticked nothing, whatever stands in the inputs."""
    ticked = tuple(question.pk for question in questions if answers.ticked(name_of(question)))
    if not ticked:
        return None
    source = tracking(answers.text("source") or answers.text("utm_source")).source
    email = answers.text("contact_email") or answers.text(EMAIL)
    return wish_of(applicant, ticked, email, answers.text("contact_phone") or answers.text(PHONE), source)
