"""The dashboard. What stands before the partner's pages cannot be a partner's short name (domain/signup.py)."""

from django.urls import include, path

from registration.views.partners import account, home

app_name = "partners"
urlpatterns = [
    path("", home.home, name="home"),
    path("me/", account.account, name="account"),
    path("<slug:slug>/", home.overview, name="overview"),
    path("<slug:slug>/", include("registration.views.partners.settings_urls")),
]
