"""The doors for everybody and for partners: all but the operators' own."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from registration.views.loader import script

urlpatterns = [
    path("w/<str:version>/register.js", script, name="loader"),
    path("api/v1/", include("api.urls")),
    path("api/", include("api.nowhere")),
    *i18n_patterns(path("", include("registration.urls")), prefix_default_language=False),
]
handler400 = "config.handlers.bad_request"
handler403 = "config.handlers.permission_denied"
handler404 = "config.handlers.page_not_found"
handler500 = "config.handlers.server_error"
