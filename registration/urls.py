"""The pages, under the language's prefix."""

from django.urls import include, path, register_converter

from registration.views import (
    apply,
    calendar,
    compare,
    contact,
    deadline,
    delete,
    demo,
    form,
    go,
    home,
    messages,
    pages,
    remind,
    rules,
    schedule,
    states,
)
from registration.views.place import PlaceConverter

register_converter(PlaceConverter, "place")

urlpatterns = [
    path("", home.home, name="home"),
    path("find/", home.find, name="find"),
    path("privacy/", pages.privacy, name="privacy"),
    path("privacy/schedule/", schedule.schedule, name="schedule"),
    path("privacy/schedule.json", schedule.schedule_json, name="schedule_json"),
    path("demo/", demo.demo, name="demo"),
    path("d/", form.code, name="code"),
    path("form/", form.download, name="form"),
    path("m/", messages.messages, name="messages"),
    path("m/unsubscribe/<str:code>/", messages.unsubscribe, name="unsubscribe"),
    path("remind/<place:code>/", remind.remind, name="remind"),
    path("delete/", delete.delete, name="delete"),
    path("contact/withdraw/", contact.withdraw, name="withdraw"),
    # The word before the code keeps a state apart from a language: "ar" is Arkansas and Arabic, "hi" Hawaii and Hindi.
    path("state/<place:code>/", states.state, name="state"),
    path("state/<place:code>/deadline.ics", calendar.deadline, name="deadline"),
    path("state/<place:code>/rules/", rules.rules, name="rules"),
    path("compare/", compare.compare, name="compare"),
    path("apply/<place:code>/", apply.apply, name="apply"),
    path("apply/<place:code>/check/", apply.check, name="check"),
    path("deadline/<place:code>/", deadline.alone, name="alone"),
    path("go/<place:code>/", go.go, name="go"),
    path("partners/account/", include("registration.views.partners.account_urls")),
    path("partners/", include("registration.views.partners.urls")),
]
