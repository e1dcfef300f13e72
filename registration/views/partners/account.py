"""A person's own page: name, password, second factor, where they are signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from registration.views.partners.access import person_page


@person_page
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/account.html", {})
