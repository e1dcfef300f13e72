"""Who may see a page of a partner: a member, signed in with a second factor, whose role is high enough."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from registration.domain.audit import Order
from registration.domain.members import who
from registration.models import Membership, Role
from registration.phrases.members import FROM_THE_DASHBOARD
from registration.views.partners.navigation import may
from registration.views.partners.page import closed_page, too_low_page

MemberView = Callable[..., HttpResponseBase]
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_factor(user: AbstractBaseUser) -> bool:
    """Whether a passkey or an authenticator app belongs to the account. Recovery codes alone are none."""
    return bool(is_mfa_enabled(user, FACTORS))


def factor_shown_at(request: HttpRequest) -> float:
    """When this session last proved the second factor; 0 if it never did."""
    records = get_authentication_records(request, request.user)
    return max((each["at"] for each in records if each["method"] == "mfa"), default=0)


def ask_for_factor(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that asks for the factor again. What was posted waits in the session and goes on from there."""
    first = "mfa_reauthenticate"
    if not is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
        first = "mfa_reauthenticate_webauthn"
    waiting: HttpResponseRedirect = suspend_request(request, reverse(first))
    return waiting


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    back = request.get_full_path() if request.method == "GET" else request.path
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")


def person_missing(request: HttpRequest, *, step_up: bool = False) -> HttpResponse | None:
    """Where someone has to go before they may see anything; None if they need not."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if not has_factor(request.user):
        return redirect("mfa_index")
    longest = settings.STEP_UP_SECONDS if step_up else settings.SESSION_LONGEST_SECONDS
    if time.time() - factor_shown_at(request) >= longest:
        return ask_for_factor(request)
    return None


def person_page(view: MemberView) -> MemberView:
    """A page of whoever is signed in with a second factor, of whatever partner: view(request, ...)."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        return person_missing(request) or _or_above(request, view(request, **kwargs))

    return guarded


def _or_above(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """An address that only takes what is sent is read by whoever loads it again or goes back: they are led to the
    nearest page above it. That one may lead on in the same way, and the first of a partner's pages can be read."""
    if not isinstance(response, HttpResponseNotAllowed) or request.method not in ("GET", "HEAD"):
        return response
    above = request.path_info
    while above != "/":
        above = above.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(above)
        except Resolver404:
            continue
        return HttpResponseRedirect(above)
    return response


def member_page(*, at_least: Role = Role.VIEWER, step_up: bool = False) -> Callable[[MemberView], MemberView]:
    """A page of one partner: view(request, membership, **kwargs), under an address with the partner's ``slug``.

    For anyone who is no member there is no such page. ``step_up``: the factor must have been shown a few minutes ago.
    """

    def decorate(view: MemberView) -> MemberView:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **kwargs: object) -> HttpResponseBase:
            missing = person_missing(request)
            if missing:
                return missing
            membership = membership_of(request, slug)
            request.membership = membership  # type: ignore[attr-defined]  # for order_of
            if not may(membership.role, at_least):
                return too_low_page(request, membership)
            if not membership.partner.is_active:
                return closed_page(request, membership)
            again = person_missing(request, step_up=True) if step_up else None
            return again or _or_above(request, view(request, membership, **kwargs))

        return guarded

    return decorate


def membership_of(request: HttpRequest, slug: str) -> Membership:
    """Raises Http404 for anyone who does not belong to that partner."""
    found = Membership.objects.select_related("partner", "user").filter(user=request.user.pk, partner__slug=slug)
    membership = found.first()
    if membership is None:
        raise Http404
    return membership


def order_of(request: HttpRequest, now: datetime) -> Order:
    """The order of whoever is signed in, for the domain's verbs. Only inside a member's page."""
    return Order(who(request.membership), FROM_THE_DASHBOARD, now)  # type: ignore[attr-defined]  # set by member_page
