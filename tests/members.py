"""A partner with its people, signed in without walking through the sign-in pages."""

import time
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from registration.models import Membership, Partner, Role

PASSWORD = "a long walk to the polls"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_partner(slug: str, *, approved: bool = True) -> Partner:
    approved_at = timezone.now() if approved else None
    return Partner.objects.create(slug=slug, name=f"{slug.title()} Voters", approved_at=approved_at)


def make_person(email: str, *, password: str | None = None, factor: bool = True) -> User:
    """Someone with a proven e-mail address; a password only where a test types it, since hashing takes its time."""
    user = User.objects.create(username=email, email=email)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if factor:
        TOTP.activate(user, TOTP_SECRET)
        RecoveryCodes.activate(user)
    return user


def join(partner: Partner, role: Role, email: str = "", **kwargs) -> Membership:
    user = make_person(email or f"{role}@{partner.slug}.example", **kwargs)
    return Membership.objects.create(partner=partner, user=user, role=role, created_at=timezone.now())


def show_factor(client: Client, user: User, *, seconds_ago: float = 0) -> None:
    """As if the person had shown the second factor in this session that long ago."""
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    at = time.time() - seconds_ago
    session["account_authentication_methods"] = [{"method": "mfa", "at": at, "type": "totp", "reauthenticated": True}]
    session.save()


def signed_in(user: User, *, factor: bool = True, seconds_ago: float = 0) -> Client:
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    UserSession.objects.create(user=user, ip="127.0.0.1", user_agent="Test", session_key=client.session.session_key)
    if factor:
        show_factor(client, user, seconds_ago=seconds_ago)
    return client


@dataclass
class People:
    """A partner, and a client for everyone who may come to its pages."""

    partner: Partner
    members: dict[Role, Membership]
    owner: Client
    manager: Client
    viewer: Client
    stranger: Client
    without_factor: Client
    anonymous: Client
    newcomer: Membership

    def url(self, path: str = "") -> str:
        return f"/partners/{self.partner.slug}/{path}"


def make_people(slug: str = "acme") -> People:
    """``stranger`` owns another partner; ``without_factor`` is a member who has no second factor yet."""
    partner = make_partner(slug)
    members = {role: join(partner, role) for role in Role}
    stranger = join(make_partner(f"not-{slug}"), Role.OWNER)
    newcomer = join(partner, Role.OWNER, f"newcomer@{slug}.example", factor=False)
    clients = {role.value: signed_in(each.user) for role, each in members.items()}
    return People(
        partner=partner,
        members=members,
        stranger=signed_in(stranger.user),
        without_factor=signed_in(newcomer.user, factor=False),
        anonymous=Client(),
        newcomer=newcomer,
        **clients,
    )


def session_cookie(user: User) -> dict[str, str]:
    """The cookie of a signed-in person, for a browser's context."""
    client = signed_in(user)
    store = SessionStore(client.session.session_key)
    return {"name": "session", "value": store.session_key or ""}
