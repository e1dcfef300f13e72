"""The pages, under the language's prefix."""

from django.urls import path, register_converter

from registration.views import apply, calendar, form, home, pages, states
from registration.views.place import PlaceConverter

register_converter(PlaceConverter, "place")

urlpatterns = [
    path("", home.home, name="home"),
    path("find/", home.find, name="find"),
    path("privacy/", pages.privacy, name="privacy"),
    path("d/", form.code, name="code"),
    path("form/", form.download, name="form"),
    path("<place:code>/", states.state, name="state"),
    path("<place:code>/deadline.ics", calendar.deadline, name="deadline"),
    path("<place:code>/apply/", apply.apply, name="apply"),
    path("<place:code>/apply/check/", apply.check, name="check"),
]
