"""Taking back what a person let a partner have: whoever brings the code may."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from registration import phrases
from registration.domain import contacts
from registration.domain.contacts import Given
from registration.views.away import code_again, comes_back
from registration.views.challenge import too_many_misses
from registration.views.guard import own_site
from registration.views.page import page
from registration.views.place import local_day
from state_rules import load

#: What a contact holds, in words.
COLUMNS = {
    "name": gettext_lazy("your name"),
    "email": gettext_lazy("your email address"),
    "phone": gettext_lazy("your telephone number"),
    "zip_code": gettext_lazy("your ZIP code"),
}


def in_words(given: Given | None) -> dict[str, Any] | None:
    """What a page says of a contact; never a value."""
    if given is None:
        return None
    return {
        "partner": given.partner.name,
        "privacy_url": given.partner.privacy_url,
        "said": given.said,
        "held": [COLUMNS[column] for column in given.columns],
        "until": phrases.day(local_day(given.expires_at, load(given.jurisdiction))),
    }


@own_site
@require_POST
@comes_back(code_again("withdraw"))
def withdraw(request: HttpRequest) -> HttpResponse:
    """Delete the contact; the page says what it held. The same page for a wrong code and for one without a contact."""
    was = contacts.withdraw(request.POST.get("reference", ""), timezone.now())
    refused = None if was else too_many_misses(request)
    if refused:
        return refused
    context: dict[str, Any] = {"was": in_words(was), "switches": []}
    return page(request, "form/withdrawn.html", context, status=200 if was else 404)
