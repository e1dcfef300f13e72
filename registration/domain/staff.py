"""The operators who may look at records in the browser, and help for people who lost their second factor."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction

from registration.domain.audit import Order, Refused, record
from registration.models import AuditEntry, Membership

FROM_THE_PAGES = "From the operators' pages."
Action = AuditEntry.Action


def may_look(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether somebody is an operator with an account that is open."""
    return isinstance(user, User) and user.is_active and user.is_staff


def staff() -> list[User]:
    return list(User.objects.filter(is_staff=True).order_by("email"))


def person_of(email: str) -> User:
    """Raises Refused."""
    found = User.objects.filter(email__iexact=email).first()
    if found is None:
        raise Refused(f"Nobody has an account with {email!r}.")
    return found


def add(email: str, order: Order) -> User:
    """Make somebody an operator: an account there is, or a new one without a password that would work.

    Raises Refused.
    """
    order.check()
    with transaction.atomic():
        user = User.objects.select_for_update().filter(email__iexact=email).first()
        if user is None:
            user = User.objects.create(username=uuid.uuid4().hex, email=email, password=make_password(None))
        if may_look(user):
            raise Refused(f"{email!r} is an operator already.")
        if not user.is_active:
            raise Refused(f"The account of {email!r} is closed.")
        user.is_staff = True
        user.save(update_fields=["is_staff"])
        record(order, Action.STAFF_ADDED, user, {})
    return user


def remove(email: str, order: Order) -> User:
    """The account stays: it may belong to a partner's member. Raises Refused."""
    order.check()
    with transaction.atomic():
        user = person_of(email)
        if not user.is_staff:
            raise Refused(f"{email!r} is no operator.")
        user.is_staff = False
        user.save(update_fields=["is_staff"])
        record(order, Action.STAFF_REMOVED, user, {})
    return user


def close_door(user: User) -> None:
    """No password opens the account until a new one is chosen."""
    user.set_unusable_password()
    user.save(update_fields=["password"])


def forget_password(email: str, order: Order) -> User:
    """Of somebody whose factor is taken away: without it a password alone must not open the account, so that both begin
    anew with a link by e-mail. Each of the person's partners sees it. Raises Refused.
    """
    order.check()
    with transaction.atomic():
        user = person_of(email)
        close_door(user)
        memberships = list(Membership.objects.select_related("partner").filter(user=user))
        for each in memberships:
            record(order, Action.FACTOR_RESET, each, {}, each.partner)
        if not memberships:
            record(order, Action.FACTOR_RESET, user, {})
    return user


def note_look(user: User, records: str, what: str, now: datetime) -> None:
    """Write down that an operator looked at ``records``, "application" say: the "list" of them or "one" of them."""
    order = Order(f"operator {user.pk}", FROM_THE_PAGES, now)
    with transaction.atomic():
        record(order, Action.RECORDS_SEEN, user, {"records": records, "looked_at": what})
