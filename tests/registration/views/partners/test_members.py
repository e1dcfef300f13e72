"""The members of a partner: inviting, joining, roles, leaving, and what stands in the activity."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from registration.models import AuditEntry, Invitation, Membership
from tests.members import PASSWORD, make_person, show_factor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(people, mailbox, link_of):
    """The link that the owner's invitation of bob@example.org sent."""
    answer = people.owner.post(people.url("members/"), {"email": "bob@example.org", "role": "manager"})
    assert answer["Location"] == people.url("members/")
    return link_of(mailbox()[-1])


def test_invite_sends_a_link_and_stores_only_its_hash(people, invited):
    token = invited.split("/")[-2]
    row = Invitation.objects.get()
    assert (row.email, row.role, row.invited_by) == ("bob@example.org", "manager", people.members["owner"].user)
    assert token.encode() not in bytes(row.token_hash)


def test_s37_an_owners_open_session_alone_invites_nobody_and_changes_no_role(people):
    show_factor(people.owner, people.members["owner"].user, seconds_ago=301)
    viewer = people.members["viewer"]
    invite, change = {"email": "bob@example.org", "role": "owner"}, {"change": "", "role": "owner"}
    for path, words in (("members/", invite), (f"members/{viewer.pk}/", change)):
        assert people.owner.post(people.url(path), words)["Location"].startswith("/partners/account/factor/again/")
    viewer.refresh_from_db()
    assert (Invitation.objects.count(), viewer.role) == (0, "viewer")


def test_invitation_makes_an_account_and_joins(people, invited, look):
    client = Client()
    page = client.get(invited)
    assert look(page).headings == ["Join Acme Voters"]
    answer = client.post(invited, {"person": "Bob", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, people.url())
    joined = Membership.objects.get(user__email="bob@example.org")
    assert (joined.partner, joined.role) == (people.partner, "manager")
    assert client.get(people.url())["Location"] == "/partners/account/factor/"
    assert Client().get(invited).status_code == 404


def test_invitation_with_a_weak_password_makes_nothing(people, invited):
    page = Client().post(invited, {"person": "Bob", "password": "password1234"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["password"])
    assert not User.objects.filter(email="bob@example.org").exists()


def test_invitation_asks_who_has_an_account_to_sign_in_first(people, invited):
    make_person("bob@example.org")
    page = Client().get(invited)
    assert page.context["sign_in"].startswith("/partners/account/sign-in/?next=%2Fpartners%2Finvitation%2F")
    Client().post(invited, {"password": PASSWORD})
    assert not Membership.objects.filter(user__email="bob@example.org").exists()


def test_invitation_joins_whoever_is_signed_in(people, invited):
    assert people.stranger.post(invited)["Location"] == people.url()
    assert people.stranger.get(people.url()).status_code == 200


def test_invitation_needs_the_second_factor_of_whoever_is_signed_in(people, invited):
    client = signed_in(make_person("carl@example.org", factor=False), factor=False)
    assert client.post(invited)["Location"] == "/partners/account/factor/"


def test_invitation_of_a_member_says_so(people, invited, look):
    assert "You are a member already." in look(people.viewer.post(invited)).html
    assert Membership.objects.get(pk=people.members["viewer"].pk).role == "viewer"


def test_invitation_ends_after_seven_days(people, invited):
    Invitation.objects.update(expires_at=timezone.now())
    assert Client().get(invited).status_code == 404


def test_invitation_that_was_taken_back_leads_nowhere(people, invited):
    pk = Invitation.objects.get().pk
    assert people.owner.post(people.url(f"members/invitations/{pk}/revoke/")).status_code == 302
    assert Client().get(invited).status_code == 404


def test_invitation_of_another_partner_cannot_be_taken_back(people, invited):
    pk = Invitation.objects.get().pk
    assert people.stranger.post(f"/partners/not-acme/members/invitations/{pk}/revoke/").status_code == 404
    assert Client().get(invited).status_code == 200


def test_invite_of_a_member_is_refused_on_its_field(people):
    page = people.owner.post(people.url("members/"), {"email": "VIEWER@acme.example", "role": "viewer"})
    assert (page.status_code, page.context["form"].errors["email"]) == (422, ["This person is a member already."])


def test_invite_sends_only_so_many_in_an_hour(people):
    posts = [{"email": f"p{number}@example.org", "role": "viewer"} for number in range(31)]
    answers = [people.owner.post(people.url("members/"), each).status_code for each in posts]
    assert answers == [302] * 30 + [429]


def test_role_of_a_member_changes(people):
    pk = people.members["viewer"].pk
    answer = people.owner.post(people.url(f"members/{pk}/"), {"change": "yes", "role": "manager"})
    assert answer["Location"] == people.url("members/")
    assert Membership.objects.get(pk=pk).role == "manager"


def test_member_of_another_partner_cannot_be_reached(people):
    pk = people.members["viewer"].pk
    assert people.stranger.post(f"/partners/not-acme/members/{pk}/", {"remove": "yes"}).status_code == 404
    assert Membership.objects.filter(pk=pk).exists()


@pytest.fixture
def last_owner(people) -> Membership:
    people.newcomer.delete()
    return people.members["owner"]


@pytest.mark.parametrize("change", [{"remove": "yes"}, {"change": "yes", "role": "viewer"}])
def test_last_owner_can_neither_be_removed_nor_be_less(people, last_owner, change, look):
    page = people.owner.post(people.url(f"members/{last_owner.pk}/"), change)
    assert page.status_code == 422
    assert "There must be an owner." in look(page).html
    assert Membership.objects.get(pk=last_owner.pk).role == "owner"


def test_last_owner_cannot_leave(people, last_owner, look):
    page = people.owner.post(people.url("leave/"))
    assert page.status_code == 422
    assert "There must be an owner." in look(page).html


def test_owner_can_leave_where_there_is_another(people):
    assert people.owner.post(people.url("leave/"))["Location"] == "/partners/"
    assert people.owner.get(people.url()).status_code == 404


def test_viewer_can_leave(people):
    assert people.viewer.post(people.url("leave/")).status_code == 302
    assert people.viewer.get(people.url()).status_code == 404


def test_activity_says_in_words_who_did_what(people, invited, look):
    pk = people.members["viewer"].pk
    User.objects.filter(pk=people.members["owner"].user.pk).update(first_name="Ann")
    people.owner.post(people.url(f"members/{pk}/"), {"change": "yes", "role": "manager"})
    people.owner.post(people.url(f"members/{pk}/"), {"remove": "yes"})
    rows = people.manager.get(people.url("activity/")).context["rows"]
    assert [(who, what) for _at, who, what, _reason in rows] == [
        ("Ann", "A member (Manager) was removed."),
        ("Ann", "The role of a former member changed from Viewer to Manager."),
        ("Ann", "Somebody was invited as Manager."),
    ]


@pytest.mark.parametrize(
    ("action", "details", "said"),
    [
        ("exported", {"format": "csv", "rows": 1}, "1 contact was exported (CSV)."),
        ("exported", {"format": "xlsx", "rows": 1200}, "1200 contacts were exported (Excel)."),
        ("exported", {}, "Contacts were exported."),
        ("key_rotated", {"identifier": "old1", "new": "new2"}, "The key old1 was replaced by new2."),
        ("webhook_made", {"host": "hooks.example.org"}, "A webhook to hooks.example.org was set up."),
        ("webhook_changed", {"recovered": 3, "since": "x"}, "Messages of a webhook were sent again: 3."),
        ("webhook_changed", {"other": 1}, "A webhook was changed."),
        ("theme_changed", {"primary": "#111111"}, "The looks were changed."),
        ("theme_changed", {"logo": "0123"}, "The logo was changed."),
        ("theme_changed", {"logo": ""}, "The logo was changed."),
        ("question_added", {"text": "100% of us?"}, "The question “100% of us?” was added."),
        ("site_allowed", {"origin": "https://a.example"}, "The site https://a.example was allowed."),
    ],
)
def test_activity_says_what_the_audit_holds(action, details, said):
    from registration.phrases.members import deed

    assert deed(action, details, "") == said


def test_activity_says_why_in_the_language_of_the_page_unless_somebody_gave_a_reason():
    from registration.phrases.members import FROM_THE_DASHBOARD, reason

    assert (reason(FROM_THE_DASHBOARD), reason("Welcome letter.")) == ("From the dashboard.", "Welcome letter.")


def test_activity_of_another_partner_is_not_shown(people, invited):
    assert list(people.stranger.get("/partners/not-acme/activity/").context["rows"]) == []


def test_audit_of_members_holds_no_name_and_no_address(people, invited):
    Client().post(invited, {"person": "Bob", "password": PASSWORD})
    entries = str(list(AuditEntry.objects.values()))
    assert "bob" not in entries.lower()
    assert "@" not in entries


def test_every_action_of_the_audit_has_its_words():
    from registration.phrases.members import DEEDS

    theirs = {action.value for action in AuditEntry.Action} - {
        "switched_off", "switch_ended", "corrected", "correction_ended", "staff_added", "staff_removed", "records_seen",
        "fields_rotated", "outbox_retried", "outbox_dropped", "restored", "print_exported", "print_posted",
        "print_back",
    }  # fmt: skip
    assert theirs - set(DEEDS) == set()


def test_account_changes_the_name(people):
    people.viewer.post("/partners/me/", {"person": " Vera "})
    assert User.objects.get(pk=people.members["viewer"].user.pk).first_name == "Vera"


def test_account_signs_out_everywhere_else(people):
    user = people.members["viewer"].user
    other = signed_in(user)
    sessions = people.viewer.get("/partners/me/").context["sessions"]
    assert [here for _browser, _since, here in sessions].count(True) == 1
    assert people.viewer.post("/partners/me/elsewhere/").status_code == 302
    assert people.viewer.get(people.url()).status_code == 200
    assert other.get(people.url())["Location"].startswith("/partners/account/sign-in/")


def test_home_offers_a_choice_of_partners(people, invited, look):
    people.stranger.post(invited)
    page = people.stranger.get("/partners/")
    assert [each.partner.slug for each in page.context["memberships"]] == ["acme", "not-acme"]
