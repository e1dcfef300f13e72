"""The people of a partner: inviting, joining, roles and leaving. There is always an owner."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from registration.domain.audit import Order, record
from registration.domain.validation.problem import Problem
from registration.models import AuditEntry, Invitation, Membership, Partner, Role

INVITATION_LASTS = timedelta(days=7)
MOST_MEMBERS = 200
Action = AuditEntry.Action


@dataclass(frozen=True, slots=True)
class Invited:
    """``token`` stands in the link that is sent, and nowhere else."""

    invitation: Invitation
    token: str


def members_of(partner: Partner) -> list[Membership]:
    return list(Membership.objects.filter(partner=partner).select_related("user", "partner").order_by("created_at"))


def open_invitations(partner: Partner, now: datetime) -> list[Invitation]:
    return list(_open(now).filter(partner=partner).order_by("created_at"))


def invite(partner: Partner, email: str, role: Role, order: Order, by: User | None = None) -> Invited | Problem:
    """Ask someone to join. A former invitation of the same address ends."""
    order.check()
    with transaction.atomic():
        _lock(partner)
        members = Membership.objects.filter(partner=partner)
        if members.filter(user__email__iexact=email).exists():
            return Problem("member_there", "email")
        former = list(_open(order.at).filter(partner=partner, email__iexact=email))
        if members.count() + _open(order.at).filter(partner=partner).count() - len(former) >= MOST_MEMBERS:
            return Problem("members_too_many", "email", {"limit": MOST_MEMBERS})
        for each in former:
            _revoke(each, order)
        token = secrets.token_urlsafe(32)
        invitation = Invitation.objects.create(
            partner=partner,
            email=email,
            role=role,
            token_hash=_hash(token),
            invited_by=by,
            created_at=order.at,
            expires_at=order.at + INVITATION_LASTS,
        )
        record(order, Action.MEMBER_INVITED, invitation, {"role": role}, partner)
    return Invited(invitation, token)


def revoke(invitation: Invitation, order: Order) -> None:
    order.check()
    with transaction.atomic():
        _revoke(invitation, order)


def invitation_of(token: str, now: datetime) -> Invitation | None:
    """The invitation of a link, unless it was accepted, revoked or is out of date."""
    return _open(now).select_related("partner").filter(token_hash=_hash(token)).first()


def accept(token: str, user: User, now: datetime) -> Membership | Problem:
    """Make the user a member. Of two who come with the same link, the first one joins."""
    with transaction.atomic():
        found = _open(now).select_for_update(of=("self",)).select_related("partner")
        invitation = found.filter(token_hash=_hash(token)).first()
        if invitation is None:
            return Problem("invitation_over", "")
        if Membership.objects.filter(partner=invitation.partner, user=user).exists():
            return Problem("member_already", "")
        invitation.accepted_at = now
        invitation.save(update_fields=["accepted_at"])
        membership = Membership.objects.create(
            partner=invitation.partner, user=user, role=invitation.role, created_at=now
        )
        order = Order(who(membership), "Accepted the invitation.", now)
        details = {"role": invitation.role, "invitation": invitation.pk}
        record(order, Action.MEMBER_JOINED, membership, details, invitation.partner)
    return membership


def change_role(membership: Membership, role: Role, order: Order) -> Problem | None:
    order.check()
    with transaction.atomic():
        _lock(membership.partner)
        membership.refresh_from_db(fields=["role"])
        if membership.role == role:
            return None
        if _is_last_owner(membership):
            return Problem("last_owner", "role")
        details = {"from": membership.role, "to": role}
        membership.role = role
        membership.save(update_fields=["role"])
        record(order, Action.ROLE_CHANGED, membership, details, membership.partner)
    return None


def remove(membership: Membership, order: Order) -> Problem | None:
    """Also how a member leaves. The account stays: it may belong to other partners."""
    order.check()
    with transaction.atomic():
        _lock(membership.partner)
        membership.refresh_from_db(fields=["role"])
        if _is_last_owner(membership):
            return Problem("last_owner", "")
        details = {"role": membership.role, "left": order.by == who(membership)}
        record(order, Action.MEMBER_REMOVED, membership, details, membership.partner)
        membership.delete()
    return None


def who(membership: Membership) -> str:
    """A member in the audit: a number, since names are personal data."""
    return f"member {membership.pk}"


def _lock(partner: Partner) -> None:
    """One change of a partner's members after the other, or two owners could leave at the same moment."""
    Partner.objects.select_for_update().get(pk=partner.pk)


def _is_last_owner(membership: Membership) -> bool:
    if membership.role != Role.OWNER:
        return False
    others = Membership.objects.filter(partner=membership.partner, role=Role.OWNER, user__is_active=True)
    return not others.exclude(pk=membership.pk).exists()


def _open(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)


def _revoke(invitation: Invitation, order: Order) -> None:
    invitation.revoked_at = order.at
    invitation.save(update_fields=["revoked_at"])
    record(order, Action.INVITATION_REVOKED, invitation, {"role": invitation.role}, invitation.partner)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
