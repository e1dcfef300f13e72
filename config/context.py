"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(_request: HttpRequest) -> dict[str, object]:
    return {"site_name": settings.SITE_NAME, "site_contact": settings.SITE_CONTACT, "languages": settings.LANGUAGES}
