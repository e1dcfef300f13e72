"""How the sign-in library fits this service: whom it lets in, where it leads, what it sends and keeps."""

from __future__ import annotations

import base64
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from registration.domain.field_encryption import Place, decrypt, encrypt
from registration.views.partners.letters import write

PLACE = Place("mfa_authenticator", "secret", "")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  the library's shape
        """Accounts are made by signing a partner up, or by an invitation; never without one."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only to a path of this very site: not even to another host that we answer to."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Whoever has a second factor shows that one; the password alone is not enough."""
        methods = super().get_reauthentication_methods(user)
        factors = [each for each in methods if each["id"].startswith("mfa")]
        return factors or methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of someone who typed the password just now and has no factor yet: they are about to add one."""
        request = context.request
        if not is_mfa_enabled(request.user):
            records = get_authentication_records(request, request.user)
            latest = max((each["at"] for each in records), default=0)
            return time.time() - latest >= settings.STEP_UP_SECONDS
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_email_verification_redirect_url(self, email_address: Any) -> str:  # noqa: ARG002  the library's shape
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  the library's shape
        return reverse("partners:account")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """All e-mails lie in templates/email/ and go through our own queue."""
        write(template_prefix.rpartition("/")[2], email, context)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library ships no types
    def get_totp_issuer(self) -> str:
        return str(settings.SITE_NAME)

    def encrypt(self, text: str) -> str:
        """The secret of an app and the seed of recovery codes, under the operator's keys."""
        return base64.b64encode(encrypt(text, PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(base64.b64decode(encrypted_text), PLACE)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey") if not count else f"{gettext('Passkey')} {count + 1}"


@receiver(authenticator_added)
def remember_factor(request: HttpRequest, user: AbstractBaseUser, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Whoever adds a factor has just shown it."""
    kind = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
    record_authentication(request, user, "mfa", **kind)
