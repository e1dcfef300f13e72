"""Addresses under /api/ that belong to no version: a problem, not a page."""

from django.urls import path

from api.base import Nowhere

urlpatterns = [path("", Nowhere.as_view()), path("<path:rest>", Nowhere.as_view())]
