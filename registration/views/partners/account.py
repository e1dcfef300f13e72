"""A person's own page: name, password, second factor, where they are signed in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from registration.forms.partners.joining import NameForm
from registration.models import Membership
from registration.views.partners.access import person_page

#: Parts of what browsers say about themselves, the telling ones first.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"))


@person_page
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """A POST changes the name."""
    user = User.objects.get(pk=request.user.pk or 0)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"person": user.first_name})
    if request.method == "POST" and form.is_valid():
        user.first_name = form.cleaned_data["person"]
        user.save(update_fields=["first_name"])
        messages.success(request, _("Your name is changed."))
        return redirect("partners:account")
    factors = Authenticator.objects.filter(user=request.user)
    context = {
        "form": form,
        "has_app": any(each.type == Authenticator.Type.TOTP for each in factors),
        "passkeys": sum(each.type == Authenticator.Type.WEBAUTHN for each in factors),
        "sessions": _sessions(request),
        "memberships": Membership.objects.select_related("partner").filter(user=request.user.pk),
    }
    return render(request, "partners/account.html", context, status=422 if form.errors else 200)


@person_page
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    for session in UserSession.objects.purge_and_list(request.user):
        if session.session_key != request.session.session_key:
            session.end()
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("partners:account")


def _sessions(request: HttpRequest) -> list[tuple[str, object, bool]]:
    """(browser, since when, whether it is this one) of each place where the person is signed in."""
    found = sorted(UserSession.objects.purge_and_list(request.user), key=lambda each: each.created_at, reverse=True)
    return [
        (browser_of(each.user_agent), each.created_at, each.session_key == request.session.session_key)
        for each in found
    ]


def browser_of(agent: str) -> str:
    """A browser in two words, such as "Firefox, Windows"."""
    browser = next((name for part, name in BROWSERS if part in agent), _("A browser"))
    system = next((name for part, name in SYSTEMS if part in agent), "Linux" if "Linux" in agent else "")
    return f"{browser}, {system}" if system else browser
