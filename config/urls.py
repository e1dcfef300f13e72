"""Every door of the service."""

from django.conf import settings
from django.urls import path

from config.urls_public import handler400, handler403, handler404, handler500
from config.urls_public import urlpatterns as public
from registration.admin import operators

__all__ = ["handler400", "handler403", "handler404", "handler500"]
urlpatterns = [*([path(f"{settings.ADMIN_PATH}/", operators.urls)] if settings.ADMIN_PATH else []), *public]
