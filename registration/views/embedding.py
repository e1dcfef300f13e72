"""What only a partner's frame has: its beginning, its look, and the ways out of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from registration.domain.sites import origins_of
from registration.domain.theme import theme_css, theme_version
from registration.models import Partner, PartnerLogo
from registration.views.page import plain_page
from registration.views.partner import carried, embedded_by, query_of
from state_rules import JURISDICTIONS

#: Pages that the full site has under the same name, and that begin anew there.
ALSO_OUTSIDE = ("home", "state", "apply", "code")
YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Logo:
    address: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What the layout of a frame shows. ``hosts``: the sites to which its script may talk; ``here``: our own host."""

    partner: Partner
    hosts: str
    theme: str
    logo: Logo | None
    here: str
    full_site: str


def frame_of(request: HttpRequest) -> Frame | None:
    partner = embedded_by(request)
    if not partner:
        return None
    theme = f"{reverse('theme')}?v={theme_version(partner)}"
    hosts = " ".join(origins_of(partner.slug))
    return Frame(partner, hosts, theme, _logo_of(partner), request.get_host(), _same_page_outside(request))


def _logo_of(partner: Partner) -> Logo | None:
    try:
        logo = partner.logo
    except PartnerLogo.DoesNotExist:
        return None
    address = f"{reverse('logo')}?v={logo.digest}"
    return Logo(address, logo.alt or partner.name, logo.width, logo.height)


def outside(request: HttpRequest, name: str, parameters: dict[str, str], **kwargs: object) -> str:
    """The address of a page of the full site."""
    before = get_script_prefix()
    set_script_prefix(request.site_prefix)  # type: ignore[attr-defined]  # set by config.embedding
    try:
        return reverse(name, urlconf=settings.ROOT_URLCONF, kwargs=kwargs) + query_of(parameters)
    finally:
        set_script_prefix(before)


def _carried_outside(request: HttpRequest) -> dict[str, str]:
    partner = embedded_by(request)
    along = {} if getattr(request, "is_unreadable", False) else carried(request)
    return {**({"partner": partner.slug} if partner else {}), **along}


def _same_page_outside(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None or match.url_name not in ALSO_OUTSIDE:
        return outside(request, "home", _carried_outside(request))
    return outside(request, match.url_name, _carried_outside(request), **match.kwargs)


@require_safe
def leave(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """To the page of the same name on the full site: links to it open a new tab."""
    match = request.resolver_match
    name = match.url_name if match and match.url_name else "home"
    return redirect(outside(request, name, _carried_outside(request), **kwargs))


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where the frame begins: at a state's page, or where a state is chosen. ``begin`` tells its script that nobody has
    gone anywhere yet."""
    language = request.GET.get("lang", "")
    state = request.GET.get("state", "").upper()
    parameters = {**carried(request), "begin": "1"}
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        address = reverse("state", kwargs={"code": state}) if state in JURISDICTIONS else reverse("home")
    return redirect(address + query_of(parameters))


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The partner's colours, radius and font, as a style sheet of ours."""
    partner = _partner_here(request)
    response = HttpResponse(theme_css(partner), content_type="text/css; charset=utf-8")
    return _kept(request, response, theme_version(partner))


@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """The partner's logo, as we drew it anew."""
    found = PartnerLogo.objects.filter(partner=_partner_here(request)).first()
    if found is None:
        raise Http404
    return _kept(request, HttpResponse(bytes(found.png), content_type="image/png"), found.digest)


def _partner_here(request: HttpRequest) -> Partner:
    partner = embedded_by(request)
    if partner is None:
        raise Http404
    return partner


def _kept(request: HttpRequest, response: HttpResponse, version: str) -> HttpResponse:
    """For ever where the address names the version that it gives, else for a minute."""
    if request.GET.get("v") == version:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=60)
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """Instead of a frame of nobody's, or of a partner that may not have one now."""
    with override(_language_of(request)):
        return plain_page(request, "widget/unavailable.html", 404)


def _language_of(request: HttpRequest) -> str:
    """The language that the address asks for: this is answered before the languages are read from it."""
    asked = request.GET.get("lang", "")
    part = request.path_info.split("/")[3:4]
    known = dict(settings.LANGUAGES)
    return next((code for code in (asked, *part) if code in known), get_language() or "en")
