"""How a partner comes to be: signed up by its first owner, or made by an operator; then approved by an operator."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from registration.domain import members, sites
from registration.domain.audit import Order, Refused, record
from registration.domain.validation.problem import Problem
from registration.domain.validation.text import is_blank, prints
from registration.models import SITE_SLUG, AuditEntry, Membership, Partner, Role

#: Words that stand in addresses where a partner's short name could stand.
RESERVED = frozenset({SITE_SLUG, "account", "me", "join", "invitation", "deadline", "start", "es", "en"})
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])")
LONGEST_NAME = 200
Action = AuditEntry.Action


@dataclass(frozen=True, slots=True)
class SignUp:
    """What the page asks for. ``person`` may be empty."""

    organization: str
    slug: str
    site: str
    person: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class SignedUp:
    """``user`` is new and has yet to prove the address; None where there is an account, which was invited instead."""

    partner: Partner
    user: User | None
    invited: members.Invited | None


def problems(wish: SignUp) -> list[Problem]:
    """What keeps the organization from being signed up; nothing about who has an account here."""
    found = []
    if is_blank(wish.organization):
        found.append(Problem("organization_required", "organization"))
    elif not prints(wish.organization):
        found.append(Problem("bad_character", "organization"))
    elif len(wish.organization) > LONGEST_NAME:
        found.append(Problem("too_long", "organization", {"limit": LONGEST_NAME}))
    found += slug_problems(wish.slug)
    origin = sites.origin_of(wish.site)
    if isinstance(origin, Problem):
        found.append(Problem(origin.code, "site", origin.params))
    if wish.person and not prints(wish.person):
        found.append(Problem("bad_character", "person"))
    return found


def slug_problems(slug: str) -> list[Problem]:
    if not SLUG.fullmatch(slug):
        return [Problem("slug_shape", "slug")]
    if slug in RESERVED or Partner.objects.filter(slug=slug).exists():
        return [Problem("slug_taken", "slug")]
    return []


def sign_up(wish: SignUp, now: datetime) -> SignedUp | Problem:
    """Make the partner, which waits for approval, and its first owner.

    Where the address has an account, that person is invited to be the owner. The page says the same in both cases,
    and the short name is taken in both, so that nobody learns who has an account.
    """
    password = make_password(wish.password)  # in both cases, since it takes its time
    try:
        with transaction.atomic():
            partner = Partner.objects.create(slug=wish.slug, name=wish.organization.strip())
            user = None
            if not User.objects.filter(email__iexact=wish.email).exists():
                user = make_user(wish.email, wish.person, password)
            return _first_owner(partner, user, wish, now)
    except IntegrityError:
        return Problem("slug_taken", "slug")


def _first_owner(partner: Partner, user: User | None, wish: SignUp, now: datetime) -> SignedUp:
    invited = None
    by = "sign-up"
    if user is not None:
        owner = Membership.objects.create(partner=partner, user=user, role=Role.OWNER, created_at=now)
        by = members.who(owner)
    order = Order(by, "Signed up on the web site.", now)
    record(order, Action.PARTNER_SIGNED_UP, partner, {"slug": partner.slug}, partner)
    sites.allow(partner, wish.site, order)
    if user is None:
        answer = members.invite(partner, wish.email, Role.OWNER, order)
        invited = answer if isinstance(answer, members.Invited) else None
    return SignedUp(partner, user, invited)


def make_user(email: str, name: str, password: str) -> User:
    """An account. ``password`` is hashed already. The user name is of no use to anyone, so it says nothing."""
    return User.objects.create(username=uuid.uuid4().hex, email=email, first_name=name.strip()[:150], password=password)


def create(slug: str, name: str, order: Order) -> Partner:
    """An operator's own partner, approved as it is made. Raises Refused."""
    order.check()
    found = slug_problems(slug)
    if found:
        raise Refused(f"The short name {slug!r} is taken or is not 3 to 40 small letters, digits and inner hyphens.")
    if is_blank(name) or not prints(name) or len(name) > LONGEST_NAME:
        raise Refused(f"Give the organization's name in at most {LONGEST_NAME} letters.")
    with transaction.atomic():
        partner = Partner.objects.create(slug=slug, name=name.strip(), approved_at=order.at)
        record(order, Action.PARTNER_APPROVED, partner, {"slug": slug}, partner)
    return partner


def approve(slug: str, order: Order) -> Partner:
    """Raises Refused."""
    return _set(slug, order, Action.PARTNER_APPROVED)


def suspend(slug: str, order: Order) -> Partner:
    """Close the partner's widget, keys and dashboard until it is resumed. Raises Refused."""
    return _set(slug, order, Action.PARTNER_SUSPENDED)


def resume(slug: str, order: Order) -> Partner:
    """Raises Refused."""
    return _set(slug, order, Action.PARTNER_RESUMED)


def _set(slug: str, order: Order, action: AuditEntry.Action) -> Partner:
    order.check()
    with transaction.atomic():
        partner = Partner.objects.select_for_update().filter(slug=slug).exclude(slug=SITE_SLUG).first()
        if partner is None:
            raise Refused(f"There is no partner {slug!r}.")
        if action == Action.PARTNER_APPROVED:
            _refuse_if(partner.approved_at is not None, "It is approved already.")
            partner.approved_at = order.at
        elif action == Action.PARTNER_SUSPENDED:
            _refuse_if(partner.suspended_at is not None, "It is suspended already.")
            partner.suspended_at = order.at
        else:
            _refuse_if(partner.suspended_at is None, "It is not suspended.")
            partner.suspended_at = None
        partner.save(update_fields=["approved_at", "suspended_at"])
        record(order, action, partner, {"slug": slug}, partner)
    return partner


def _refuse_if(condition: bool, reason: str) -> None:
    if condition:
        raise Refused(reason)
