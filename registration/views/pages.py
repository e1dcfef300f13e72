"""Pages that only inform."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from registration.domain.messages.kinds import LINK_LASTS, PRINT_LASTS
from registration.domain.retention import length_of
from registration.views.page import page, public


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "days": settings.SEALED_ANSWERS_DAYS,
        "contact_days": length_of("contacts").days,
        "link_days": LINK_LASTS.days,
        "paper_days": PRINT_LASTS.days,
        "print_days": length_of("print_batches").days,
    }
    return page(request, "privacy.html", context)
