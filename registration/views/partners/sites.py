"""The sites that may show the widget."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registration.domain.sites import MOST_SITES, allow, remove, sites_of
from registration.domain.validation.problem import Problem
from registration.forms.partners.sites import SiteForm
from registration.models import Membership, PartnerSite, Role
from registration.views.partners.access import member_page
from registration.views.partners.settings_page import order_now, said_and_done, settings_page


def _page(request: HttpRequest, membership: Membership, form: SiteForm) -> HttpResponse:
    context = {"form": form, "sites": sites_of(membership.partner), "limit": MOST_SITES}
    return settings_page(request, membership, "sites.html", context, is_wrong=form.is_bound)


@member_page()
@require_safe
def sites(request: HttpRequest, membership: Membership) -> HttpResponse:
    return _page(request, membership, SiteForm())


@member_page(at_least=Role.MANAGER, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, membership: Membership) -> HttpResponse:
    """A GET comes from the page that asked for the second factor."""
    if request.method != "POST":
        return _page(request, membership, SiteForm())
    form = SiteForm(request.POST)
    if form.is_valid():
        found = allow(membership.partner, form.cleaned_data["site"], order_now(request))
        if not isinstance(found, Problem):
            said = _("%(origin)s may show your widget now.") % {"origin": found.origin}
            return said_and_done(request, membership, "sites", said)
        form.say([found])
    return _page(request, membership, form)


@member_page(at_least=Role.MANAGER, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def take_off(request: HttpRequest, membership: Membership, number: int) -> HttpResponse:
    site = get_object_or_404(PartnerSite.objects.select_related("partner"), pk=number, partner=membership.partner)
    if request.method == "POST":
        origin = site.origin
        remove(site, order_now(request))
        said = _("%(origin)s was removed. Its pages stop showing the widget within a minute.") % {"origin": origin}
        return said_and_done(request, membership, "sites", said)
    return settings_page(request, membership, "site_remove.html", {"site": site, "asks": _("Remove this site?")})
