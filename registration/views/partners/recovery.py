"""Beginning anew with an account: the sign-in library's side of what operators order."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse

from registration.views.partners.letters import write


def begin_anew(user: User, letter: str) -> None:
    """Send a link with which the person chooses a password; that proves the address, too. After it, the account asks
    for a second factor. ``letter``: which e-mail says so."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    link = f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs=key)}"
    write(letter, user.email, {"link": link})


def is_proven(user: User) -> bool:
    """Whether the person has shown that the address of the account is theirs."""
    return bool(EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists())


def tell(user: User, letter: str) -> None:
    write(letter, user.email, {"link": f"{settings.SITE_URL}{reverse('account_login')}"})


def forget_factors(user: User) -> None:
    """Take away passkeys, app and recovery codes, and end every session."""
    Authenticator.objects.filter(user=user).delete()
    for each in UserSession.objects.filter(user=user):
        each.end()
