"""The lines that a partner copies into its pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registration.domain.snippets import Loader, Placement, snippet
from registration.domain.widget_releases import newest, releases
from registration.forms.partners.widget import SnippetForm
from registration.models import Membership
from registration.views.partners.access import member_page
from registration.views.partners.settings_page import settings_page


@member_page()
@require_safe
def code(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The form's answers stand in the address: nothing is changed by them."""
    form = SnippetForm(request.GET if request.GET else {"state": "", "lang": "", "source": ""})
    said = form.cleaned_data if form.is_valid() else {}
    placement = _placement(request, membership.partner.slug, said)
    floating, pinned = _loaders(request)
    context = {
        "form": form,
        "version": pinned[0],
        "floating": snippet(placement, floating),
        "pinned": snippet(placement, pinned[1]),
        "has_sites": membership.partner.sites.exists(),
    }
    return settings_page(request, membership, "snippet.html", context, is_wrong=bool(form.errors))


def _placement(request: HttpRequest, slug: str, said: dict[str, str]) -> Placement:
    """The link leads to the whole page in the same language, for readers without scripts."""
    state, lang, source = (said.get(name, "") for name in ("state", "lang", "source"))
    with translation.override(lang or get_language()):
        path = reverse("state", kwargs={"code": state}) if state else reverse("home")
        words = _("Register to vote")
    query = f"?partner={slug}" + (f"&source={source}" if source else "")
    return Placement(slug, request.build_absolute_uri(path) + query, words, state, lang, source)


def _loaders(request: HttpRequest) -> tuple[Loader, tuple[str, Loader]]:
    """The newest one, and the same as one exact version with its number."""
    release = newest(releases())
    if release is None:
        raise LookupError("no version of the widget was published")
    floating = request.build_absolute_uri(f"/w/{release.major}/register.js")
    pinned = request.build_absolute_uri(f"/w/{release.version}/register.js")
    return Loader(floating), (release.version, Loader(pinned, release.integrity))
