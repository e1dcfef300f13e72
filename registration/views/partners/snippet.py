"""The lines that a partner copies into its pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from registration.domain.widget_releases import newest, releases
from registration.forms.partners.widget import SnippetForm
from registration.models import Membership
from registration.views.partners.access import member_page
from registration.views.partners.settings_page import settings_page
from registration.views.snippet import Embed, snippet


@member_page()
@require_safe
def code(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The form's answers stand in the address: nothing is changed by them."""
    form = SnippetForm(request.GET if request.GET else {"state": "", "lang": "", "source": ""})
    said = form.cleaned_data if form.is_valid() else {}
    state, language, source = (said.get(name, "") for name in ("state", "lang", "source"))
    site = request.build_absolute_uri("/").rstrip("/")
    embed = Embed(site, membership.partner.slug, state, language, source)
    release = newest(releases())
    if release is None:
        raise LookupError("no version of the widget was published")
    context = {
        "form": form,
        "version": release.version,
        "floating": snippet(embed, release),
        "pinned": snippet(embed, release, pinned=True),
        "has_sites": membership.partner.sites.exists(),
    }
    return settings_page(request, membership, "snippet.html", context, is_wrong=bool(form.errors))
