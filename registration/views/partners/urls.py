"""The dashboard. What stands before the partner's pages cannot be a partner's short name (domain/signup.py)."""

from django.urls import include, path

from registration.views.partners import account, activity, contacts, home, invitation, join, members, numbers, start

app_name = "partners"
urlpatterns = [
    path("", home.home, name="home"),
    path("join/", join.join, name="join"),
    path("join/done/", join.joined, name="joined"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("me/", account.account, name="account"),
    path("me/elsewhere/", account.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("<slug:slug>/", start.overview, name="overview"),
    path("<slug:slug>/numbers/", numbers.numbers, name="numbers"),
    path("<slug:slug>/numbers/csv/", numbers.as_file, name="numbers_file"),
    path("<slug:slug>/contacts/", contacts.people, name="contacts"),
    path("<slug:slug>/contacts/export/", contacts.export, name="contacts_export"),
    path("<slug:slug>/members/", members.members, name="members"),
    path("<slug:slug>/members/<int:pk>/", members.member, name="members_one"),
    path("<slug:slug>/members/invitations/<int:pk>/revoke/", members.revoke, name="members_revoke"),
    path("<slug:slug>/leave/", members.leave, name="leave"),
    path("<slug:slug>/activity/", activity.activity, name="activity"),
    path("<slug:slug>/", include("registration.views.partners.settings_urls")),
]
