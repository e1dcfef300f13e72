"""manage.py staff: operators, and people who lost their second factor."""

from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from registration.domain.mail import send_due
from registration.models import AuditEntry, Role
from tests.members import PASSWORD, join, make_partner, make_person, signed_in
from tests.registration.views.partners.conftest import link_of  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
WHO = ("--by", "Ana Ruiz", "--reason", "She joins the team.")
SIGN_IN, FACTOR = "/partners/account/sign-in/", "/partners/account/factor/"


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("staff", *arguments, stdout=out)
    return out.getvalue()


def letters() -> list[mail.EmailMessage]:
    send_due(timezone.now())
    return mail.outbox


def choose_password(link: str) -> Client:
    client = Client()
    page = client.get(link, follow=True)
    done = client.post(page.context["action_url"], {"password1": PASSWORD, "password2": PASSWORD})
    assert done["Location"] == "/partners/account/password/new/done/"
    return client


def test_staff_add_makes_an_account_that_needs_a_password_and_a_factor(link_of):  # noqa: F811
    assert run("list") == "There is no operator.\n"
    run("add", "op@example.org", *WHO)
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (True, False, False)
    assert run("list") == "op@example.org  no second factor yet\n"
    (letter,) = letters()
    assert letter.to == ["op@example.org"]
    client = choose_password(link_of(letter))
    answer = client.post(SIGN_IN, {"login": "op@example.org", "password": PASSWORD})
    assert answer["Location"] == "/partners/"
    assert client.get("/partners/")["Location"] == FACTOR
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.who, entry.subject_kind, entry.subject_id) == (
        "staff_added",
        "Ana Ruiz",
        "user",
        user.pk,
    )


def test_staff_add_of_a_member_keeps_the_account():
    user = join(make_partner("acme"), Role.OWNER, "ann@example.org", password=PASSWORD).user
    run("add", "Ann@Example.org", *WHO)
    user.refresh_from_db()
    assert (user.is_staff, user.check_password(PASSWORD), Authenticator.objects.filter(user=user).count()) == (
        True,
        True,
        2,
    )
    assert [(each.to, SIGN_IN in each.body) for each in letters()] == [(["ann@example.org"], True)]
    assert run("list") == "ann@example.org  second factor\n"


def test_s14_staff_add_trusts_no_password_of_an_account_whose_address_nobody_proved(link_of):  # noqa: F811
    somebody = make_person("op@example.org", password="chosen by somebody else", factor=True)
    EmailAddress.objects.update(verified=False)
    run("add", "op@example.org", *WHO)
    somebody.refresh_from_db()
    assert (somebody.is_staff, somebody.has_usable_password()) == (True, False)
    assert not Authenticator.objects.filter(user=somebody).exists()
    (letter,) = letters()
    choose_password(link_of(letter))
    somebody.refresh_from_db()
    assert somebody.check_password(PASSWORD)


def test_staff_remove_leaves_the_account_and_says_so():
    user = make_person("op@example.org")
    run("add", "op@example.org", *WHO)
    assert run("remove", "op@example.org", *WHO) == "op@example.org is no operator any more.\n"
    user.refresh_from_db()
    assert (user.is_staff, user.is_active) == (False, True)
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == ["staff_added", "staff_removed"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("remove", "nobody@example.org", *WHO), "Nobody has an account"),
        (("remove", "plain@example.org", *WHO), "is no operator"),
        (("add", "not an address", *WHO), "is not an e-mail address"),
        (("add", "new@example.org", "--by", "Ana", "--reason", "no full stop"), "must end like a sentence"),
        (("reset-factor", "nobody@example.org", *WHO), "Nobody has an account"),
    ],
)
def test_staff_says_what_is_wrong_and_changes_nothing(arguments, said):
    make_person("plain@example.org")
    with pytest.raises(CommandError, match=said):
        run(*arguments)
    assert (User.objects.count(), AuditEntry.objects.count(), letters()) == (1, 0, [])


def test_reset_factor_of_a_member_begins_anew_by_email(link_of):  # noqa: F811
    membership = join(make_partner("acme"), Role.OWNER, "ann@example.org", password=PASSWORD)
    before = signed_in(membership.user)
    assert before.get("/partners/acme/").status_code == 200
    run("reset-factor", "ann@example.org", *WHO)
    assert before.get("/partners/acme/").status_code == 302
    assert not Authenticator.objects.filter(user=membership.user).exists()
    client = Client()
    assert client.post(SIGN_IN, {"login": "ann@example.org", "password": PASSWORD}).status_code == 200
    (letter,) = letters()
    client = choose_password(link_of(letter))
    client.post(SIGN_IN, {"login": "ann@example.org", "password": PASSWORD})
    assert client.get("/partners/acme/")["Location"] == FACTOR
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.partner, entry.subject_id) == ("factor_reset", membership.partner, membership.pk)


def test_reset_factor_of_an_operator_is_written_down():
    user = make_person("op@example.org")
    run("reset-factor", "op@example.org", *WHO)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.partner, entry.subject_kind, entry.subject_id) == (
        "factor_reset",
        None,
        "user",
        user.pk,
    )
    assert "@" not in str(list(AuditEntry.objects.values()))
