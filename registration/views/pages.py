"""Pages that only inform."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from registration.domain import contacts
from registration.views.page import page, public


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return page(
        request, "privacy.html", {"days": settings.SEALED_ANSWERS_DAYS, "contact_days": contacts.DAYS_AFTER_ELECTION}
    )
