"""How the widget looks: the theme with a preview, and the logo."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registration.domain import logos
from registration.domain.theme import Theme, change, preview_css, problems, shaped, theme_of, tokens
from registration.forms.partners.widget import LogoForm, ThemeForm, theme_from
from registration.models import Membership, Role
from registration.phrases.partner_settings import setting_problem
from registration.views.partners.access import member_page
from registration.views.partners.framing import held_in_a_frame, holding_a_frame
from registration.views.partners.settings_page import order_now, said_and_done, settings_page
from registration.views.partners.uploads import OneSmallFile


def _query(theme: Theme) -> str:
    named = {"primary": theme.primary, "accent": theme.accent, "radius": theme.radius, "font": theme.font}
    return urlencode({name: value for name, value in named.items() if value != ""})


def _page(
    request: HttpRequest, membership: Membership, form: ThemeForm, logo_form: LogoForm, *, seen: Theme
) -> HttpResponse:
    """``seen``: the theme that the preview begins with."""
    context = {
        "form": form,
        "logo_form": logo_form,
        "logo": logos.logo_of(membership.partner),
        "preview": f"{reverse('partners:widget_preview', kwargs={'slug': membership.partner.slug})}?{_query(seen)}",
    }
    is_wrong = bool(form.errors or logo_form.errors)
    return holding_a_frame(settings_page(request, membership, "widget.html", context, is_wrong=is_wrong))


@member_page()
@require_http_methods(["GET", "HEAD", "POST"])
def widget(request: HttpRequest, membership: Membership) -> HttpResponseBase:
    """A GET with colours in its address tries them out and changes nothing; a POST is a manager's."""
    if request.method == "POST":
        return _change(request, slug=membership.partner.slug)
    kept = theme_of(membership.partner)
    if "primary" not in request.GET:
        return _page(request, membership, ThemeForm.showing(kept), LogoForm(), seen=kept)
    wanted = theme_from(request.GET.dict())
    form = ThemeForm(request.GET)
    form.say(problems(wanted))
    return _page(request, membership, form, LogoForm(), seen=shaped(wanted))


@member_page(at_least=Role.MANAGER)
def _change(request: HttpRequest, membership: Membership) -> HttpResponse:
    wanted = theme_from(request.POST.dict())
    form = ThemeForm(request.POST)
    form.say(problems(wanted))
    if form.is_valid():
        change(membership.partner, wanted, order_now(request))
        return said_and_done(request, membership, "widget", _("Your widget has its new look."))
    return _page(request, membership, form, LogoForm(), seen=shaped(wanted))


@member_page()
@require_safe
def check(request: HttpRequest, membership: Membership) -> HttpResponse:  # noqa: ARG001  the shape of a member's page
    """What the page asks as someone types: the tokens to show, and what is wrong with each field."""
    wanted = theme_from(request.GET.dict())
    said = {problem.field: setting_problem(problem) for problem in problems(wanted)}
    return JsonResponse({"tokens": tokens(shaped(wanted)), "problems": said})


@member_page()
@require_safe
def preview(request: HttpRequest, membership: Membership) -> HttpResponse:
    """A page as in the widget, for the frame on the page of settings. Its buttons do nothing."""
    context = {"query": _query(shaped(theme_from(request.GET.dict()))), "owner_partner": membership.partner}
    context["logo"] = logos.logo_of(membership.partner)
    return held_in_a_frame(render(request, "partners/settings/preview.html", context))


@member_page()
@require_safe
def preview_style(request: HttpRequest, membership: Membership) -> HttpResponse:  # noqa: ARG001  as above
    return HttpResponse(preview_css(theme_from(request.GET.dict())), content_type="text/css; charset=utf-8")


@member_page()
@require_safe
def logo_image(request: HttpRequest, membership: Membership) -> HttpResponse:  # noqa: ARG001  as above
    logo = logos.logo_of(membership.partner)
    if logo is None:
        raise Http404
    return HttpResponse(bytes(logo.png), content_type="image/png")


@csrf_exempt  # the inner view is protected: a file's reader must be there before anything reads the body
def logo(request: HttpRequest, slug: str) -> HttpResponseBase:
    request.upload_handlers = [OneSmallFile(request, "logo", logos.MOST_BYTES)]
    return _logo(request, slug=slug)


@csrf_protect
@member_page(at_least=Role.MANAGER)
@require_POST
def _logo(request: HttpRequest, membership: Membership) -> HttpResponse:
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        sent = logos.Sent(form.cleaned_data["logo"].read(), form.cleaned_data["alt"])
        found = logos.change(membership.partner, sent, order_now(request))
        if not found:
            return said_and_done(request, membership, "widget", _("Your widget has its new logo."))
        form.say(found)
    kept = theme_of(membership.partner)
    return _page(request, membership, ThemeForm.showing(kept), form, seen=kept)


@member_page(at_least=Role.MANAGER)
@require_POST
def logo_remove(request: HttpRequest, membership: Membership) -> HttpResponse:
    logos.remove(membership.partner, order_now(request))
    return said_and_done(request, membership, "widget", _("The logo was removed."))
