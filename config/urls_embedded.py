"""What a partner's frame can show. Some pages of the full site are named, too: their addresses lead out of it."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

import registration.urls  # noqa: F401  it registers the converter "place"
from registration.views import apply, calendar, contact, delete, embedding, form, go, home, messages, remind, states

urlpatterns = [
    path("start/", embedding.start, name="start"),
    path("theme.css", embedding.theme, name="theme"),
    path("logo.png", embedding.logo, name="logo"),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("find/", home.find, name="find"),
        path("d/", form.code, name="code"),
        path("form/", form.download, name="form"),
        path("m/", messages.messages, name="messages"),
        path("remind/<place:code>/", remind.remind, name="remind"),
        path("delete/", delete.delete, name="delete"),
        path("contact/withdraw/", contact.withdraw, name="withdraw"),
        path("state/<place:code>/", states.state, name="state"),
        path("state/<place:code>/deadline.ics", calendar.deadline, name="deadline"),
        path("apply/<place:code>/", apply.apply, name="apply"),
        path("apply/<place:code>/check/", apply.check, name="check"),
        path("go/<place:code>/", go.go, name="go"),
        path("privacy/", embedding.leave, name="privacy"),
        path("privacy/schedule/", embedding.leave, name="schedule"),
        path("compare/", embedding.leave, name="compare"),
        path("state/<place:code>/rules/", embedding.leave, name="rules"),
        prefix_default_language=False,
    ),
]
handler400 = "registration.views.errors.bad_request"
handler403 = "registration.views.errors.permission_denied"
handler404 = "registration.views.errors.page_not_found"
handler500 = "registration.views.errors.server_error"
