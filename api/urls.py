"""Every address of the API, under /api/v1/. Each area of ``api.views`` contributes its ``urlpatterns``."""

from django.urls import URLPattern, path

from api.base import Nowhere
from api.views import addresses, applications, assessments, documents, questions, rules, statistics, webhooks

#: The areas, each a module of ``api.views`` with a list ``urlpatterns`` of named paths.
areas: tuple[list[URLPattern], ...] = (
    rules.urlpatterns,
    assessments.urlpatterns,
    addresses.urlpatterns,
    applications.urlpatterns,
    questions.urlpatterns,
    statistics.urlpatterns,
    webhooks.urlpatterns,
)

app_name = "api"
#: What the OpenAPI document describes.
described: list[URLPattern] = [each for area in areas for each in area]
urlpatterns = [
    *described,
    *documents.urlpatterns,
    path("", Nowhere.as_view()),
    path("<path:rest>", Nowhere.as_view()),
]
