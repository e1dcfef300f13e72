"""The page "What is kept": whether anything of a partner's applicants is stored. An owner decides."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registration.domain.storing import choose
from registration.forms.partners.storing import StoringForm
from registration.models import Membership, Role
from registration.views.partners.access import member_page
from registration.views.partners.navigation import may
from registration.views.partners.settings_page import order_now, said_and_done, settings_page


def _page(request: HttpRequest, membership: Membership) -> HttpResponse:
    partner = membership.partner
    context = {
        "form": StoringForm(initial={"keeps_nothing": partner.keeps_nothing}),
        "keeps_nothing": partner.keeps_nothing,
        "everywhere": settings.KEEP_NOTHING,
        "days": settings.SEALED_ANSWERS_DAYS,
        "may_decide": may(membership.role, Role.OWNER),
    }
    return settings_page(request, membership, "storing.html", context)


@member_page()
@require_safe
def storing(request: HttpRequest, membership: Membership) -> HttpResponse:
    return _page(request, membership)


@member_page(at_least=Role.OWNER, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, membership: Membership) -> HttpResponse:
    """A GET comes from the page that asked for the second factor."""
    if request.method != "POST":
        return _page(request, membership)
    form = StoringForm(request.POST)
    nothing = form.is_valid() and form.cleaned_data["keeps_nothing"]
    choose(membership.partner, nothing=nothing, order=order_now(request))
    said = (
        _("Nothing of your applicants is kept from now on.") if nothing else _("Locked answers are kept from now on.")
    )
    return said_and_done(request, membership, "storing", said)
