"""Coming with the link of an invitation: with a new account, or with the one that is signed in."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import EmailAddress, Login
from allauth.core import ratelimit
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from registration.domain import members as domain
from registration.domain.signup import make_user
from registration.domain.validation.problem import Problem
from registration.forms.partners.joining import NewMemberForm
from registration.models import Invitation, Membership
from registration.phrases.members import ROLES, member_problem
from registration.views.partners.access import person_missing

PAGE = "partners/invitation.html"


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    too_often: HttpResponse | None = ratelimit.consume_or_429(request, action="invitation")
    if too_often:
        return too_often
    found = domain.invitation_of(token, timezone.now())
    if found is None:
        words = member_problem(Problem("invitation_over", ""))
        return render(request, PAGE, {"words": words}, status=404)
    if request.user.is_authenticated:
        return _signed_in(request, found, token)
    if User.objects.filter(email__iexact=found.email).exists():
        back = urlencode({"next": request.path})
        return render(request, PAGE, {**_about(found), "sign_in": f"{reverse('account_login')}?{back}"})
    return _new(request, found, token)


def _about(found: Invitation) -> dict[str, object]:
    return {"invitation": found, "role": ROLES[found.role]}


def _signed_in(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    missing = person_missing(request)
    if missing:
        return missing
    words = ""
    if request.method == "POST":
        assert isinstance(request.user, User)  # noqa: S101  for the types: someone is signed in
        joined = domain.accept(token, request.user, timezone.now())
        if isinstance(joined, Membership):
            return redirect("partners:overview", slug=found.partner.slug)
        words = member_problem(joined)
    return render(request, PAGE, {**_about(found), "words": words}, status=422 if words else 200)


def _new(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """The link came to the address by e-mail, which proves the address."""
    form = NewMemberForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, {**_about(found), "form": form}, status=422 if form.errors else 200)
    with transaction.atomic():
        user = make_user(found.email, form.cleaned_data["person"], make_password(form.cleaned_data["password"]))
        EmailAddress.objects.create(user=user, email=found.email, primary=True, verified=True)
        joined = domain.accept(token, user, timezone.now())
        if isinstance(joined, Problem):
            transaction.set_rollback(True)
            return render(request, PAGE, {"words": member_problem(joined)}, status=404)
    user.backend = "allauth.account.auth_backends.AuthenticationBackend"
    login = Login(user=user, redirect_url=reverse("partners:overview", kwargs={"slug": found.partner.slug}))
    answer: HttpResponse = perform_password_login(request, {}, login)
    return answer
