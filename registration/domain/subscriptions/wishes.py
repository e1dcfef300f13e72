"""What a person wants us to send, as they said it, and what may be offered to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

import state_rules
from registration.domain import channels, phones, storing
from registration.domain.contacts import LONGEST_EMAIL
from registration.domain.validation.problem import Problem
from registration.domain.validation.text import NUMBER, is_blank, text_problems
from registration.models import SITE_SLUG, Partner
from state_rules import Jurisdiction


@dataclass(frozen=True, slots=True, repr=False)
class Wish:
    """``email`` and ``phone`` as typed; the rest, whether they said yes to it. Nothing is sent without a yes."""

    email: str = ""
    phone: str = ""
    link_email: bool = False
    link_sms: bool = False
    remind_email: bool = False
    remind_sms: bool = False
    print_post: bool = False

    @property
    def said(self) -> tuple[str, ...]:
        """The names of what they said yes to."""
        return tuple(name for name in NAMES if getattr(self, name))

    @property
    def by_email(self) -> bool:
        return self.link_email or self.remind_email

    @property
    def by_sms(self) -> bool:
        return self.link_sms or self.remind_sms


#: What one can say yes to, in the order in which it is asked.
NAMES = ("link_email", "remind_email", "link_sms", "remind_sms", "print_post")


def wish_for(email: str, phone: str, names: Iterable[str]) -> Wish:
    """Of who said yes to ``names``."""
    said: dict[str, Any] = dict.fromkeys(names, True)
    return Wish(email, phone, **said)


def sms_offered() -> bool:
    """Whether the operator sends text messages."""
    return bool(settings.OFFER_SMS) and channels.sms_offered()


def post_offered() -> bool:
    """Whether the operator's print shop prints and mails forms."""
    return channels.print_offered()


def offered(partner: Partner | None, jurisdiction: Jurisdiction, on: date) -> tuple[str, ...]:
    """The names of what is offered on ``on`` to people whom ``partner`` brings (None: who come by themselves).

    Nothing with a partner that keeps nothing, or one that brings people to a state that forbids those who do to keep
    anything of theirs. Raises LookupError before the data begins.
    """
    if storing.keeps_nothing(partner):
        return ()
    brought = partner is not None and partner.slug != SITE_SLUG
    if brought and state_rules.keeping(jurisdiction, on) == "forbidden":
        return ()
    allowed = {"link_email", "remind_email"} if channels.email_offered() else set()
    allowed |= {"link_sms", "remind_sms"} if sms_offered() else set()
    allowed |= {"print_post"} if post_offered() else set()
    return tuple(name for name in NAMES if name in allowed)


def narrowed(wish: Wish, names: tuple[str, ...]) -> Wish:
    """``wish`` without what is not among ``names``, and without an address or number that nothing needs."""
    kept = wish_for(wish.email, wish.phone, [name for name in wish.said if name in names])
    return replace(kept, email=wish.email if kept.by_email else "", phone=wish.phone if kept.by_sms else "")


def problems(wish: Wish, names: tuple[str, ...] = NAMES) -> tuple[Problem, ...]:
    """Everything that keeps ``wish`` from being kept, where ``names`` are offered. Nothing for no yes."""
    found = [Problem("message_not_offered", name) for name in wish.said if name not in names]
    if wish.by_email:
        found += email_problems(wish.email)
    if wish.by_sms:
        found += phone_problems(wish.phone)
    return tuple(found)


def email_problems(email: str) -> list[Problem]:
    if is_blank(email):
        return [Problem("email_required", "messages_email")]
    found = list(text_problems(email, "messages_email", LONGEST_EMAIL))
    if found:
        return found
    try:
        validate_email(email)
    except ValidationError:
        return [Problem("email_shape", "messages_email")]
    return []


def phone_problems(phone: str) -> list[Problem]:
    if is_blank(phone):
        return [Problem("phone_required", "messages_phone")]
    found = list(text_problems(phone, "messages_phone", NUMBER))
    return found or ([Problem("phone_shape", "messages_phone")] if phones.is_impossible(phone) else [])
