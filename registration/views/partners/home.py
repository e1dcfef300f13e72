"""Where a person belongs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from registration.models import Membership
from registration.views.partners.access import person_page


@person_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the one partner of a person, or a choice of them."""
    found = list(Membership.objects.select_related("partner").filter(user=request.user.pk).order_by("partner__name"))
    if len(found) == 1:
        return redirect("partners:overview", slug=found[0].partner.slug)
    return render(request, "partners/home.html", {"memberships": found})
