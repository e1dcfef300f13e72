"""The way to the state's own online registration, so that it can be counted and switched off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from registration.views import counts, presenting
from registration.views.partner import to_state
from registration.views.place import setting_for
from state_rules import Jurisdiction


@require_safe
def go(request: HttpRequest, code: Jurisdiction) -> HttpResponse:
    """To the state's site while that way is open; else to our page of the state, which says why it is not."""
    offer = presenting.online_offer(setting_for(code))
    if offer:
        counts.handed_to_state(request, code.code)
        response: HttpResponse = HttpResponseRedirect(offer.url)
    else:
        response = to_state(request, code.code)
    add_never_cache_headers(response)
    return response
