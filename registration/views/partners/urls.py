"""The dashboard. What stands before the partner's pages cannot be a partner's short name (domain/signup.py)."""

from django.urls import path

from registration.views.partners import account, contacts, home, numbers

app_name = "partners"
urlpatterns = [
    path("", home.home, name="home"),
    path("me/", account.account, name="account"),
    path("<slug:slug>/", home.overview, name="overview"),
    path("<slug:slug>/numbers/", numbers.numbers, name="numbers"),
    path("<slug:slug>/numbers/csv/", numbers.as_file, name="numbers_file"),
    path("<slug:slug>/contacts/", contacts.people, name="contacts"),
    path("<slug:slug>/contacts/export/", contacts.export, name="contacts_export"),
]
