"""Signing an organization up. Nobody learns here whether an e-mail address has an account."""

from __future__ import annotations

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from registration.domain.signup import SignedUp, SignUp, sign_up
from registration.domain.validation.problem import Problem
from registration.forms.partners.joining import JoinForm
from registration.views.partners.letters import write


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "partners/join.html", {"form": JoinForm()})
    form = JoinForm(request.POST)
    if form.is_from_a_program:
        return redirect("partners:joined")
    if not form.is_valid():
        return render(request, "partners/join.html", {"form": form}, status=422)
    too_often: HttpResponse | None = ratelimit.consume_or_429(request, action="signup", key=form.wish.email.casefold())
    if too_often:
        return too_often
    problem = _sign_up(request, form.wish)
    if problem is not None:
        form.say([problem])
        return render(request, "partners/join.html", {"form": form}, status=422)
    return redirect("partners:joined")


def _sign_up(request: HttpRequest, wish: SignUp) -> Problem | None:
    with transaction.atomic():
        made = sign_up(wish, timezone.now())
        if isinstance(made, SignedUp):
            _write_to(request, made, wish)
            return None
    return made


def _write_to(request: HttpRequest, made: SignedUp, wish: SignUp) -> None:
    """To a new address, the link that proves it; to one with an account, the invitation."""
    if made.user is not None:
        address = EmailAddress.objects.create(user=made.user, email=wish.email, primary=True, verified=False)
        send_verification_email_to_address(request, address, signup=True)
    elif made.invited is not None:
        path = reverse("partners:invitation", kwargs={"token": made.invited.token})
        context = {"partner": made.partner, "link": request.build_absolute_uri(path)}
        write("signed_up_again", wish.email, context)


@require_safe
def joined(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/joined.html", {})
