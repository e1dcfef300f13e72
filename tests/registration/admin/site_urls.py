"""The site with the operators' pages, as where ADMIN_PATH is set."""

from django.urls import path

from config.urls_public import handler400, handler403, handler404, handler500
from config.urls_public import urlpatterns as public
from registration.admin import operators

__all__ = ["handler400", "handler403", "handler404", "handler500"]
ADMIN_PATH = "ops-7f3a"
urlpatterns = [path(f"{ADMIN_PATH}/", operators.urls), *public]
