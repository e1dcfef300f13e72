"""How the sign-in library fits this service: whom it lets in, where it leads, what it sends and keeps."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


class AccountAdapter(DefaultAccountAdapter):
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
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_email_verification_redirect_url(self, email_address: Any) -> str:  # noqa: ARG002  the library's shape
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  the library's shape
        return reverse("partners:account")

    def format_email_subject(self, subject: str) -> str:
        return subject

    def render_mail(self, template_prefix: str, *args: Any, **kwargs: Any) -> Any:
        """All e-mails lie in templates/email/."""
        return super().render_mail(f"email/{template_prefix.rpartition('/')[2]}", *args, **kwargs)


class FactorAdapter(DefaultMFAAdapter):
    def get_totp_issuer(self) -> str:
        return str(settings.SITE_NAME)
