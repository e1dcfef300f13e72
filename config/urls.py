"""Every door of the service."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from registration.views.loader import script

urlpatterns = [
    path("w/<str:version>/register.js", script, name="loader"),
    *i18n_patterns(path("", include("registration.urls")), prefix_default_language=False),
]
handler400 = "registration.views.errors.bad_request"
handler403 = "registration.views.errors.permission_denied"
handler404 = "registration.views.errors.page_not_found"
handler500 = "registration.views.errors.server_error"
