"""Signing in: the password, then the second factor; and what keeps others out."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from registration.models import Role
from tests.members import PASSWORD, TOTP_SECRET, join, make_partner, signed_in

pytestmark = pytest.mark.django_db
SIGN_IN = "/partners/account/sign-in/"
SECOND = "/partners/account/factor/sign-in/"
FACTOR = "/partners/account/factor/"
NEWCOMER = "newcomer@acme.example"


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def member():
    return join(make_partner("acme"), Role.OWNER, "ann@example.org", password=PASSWORD)


def type_password(client: Client, password: str = PASSWORD, login: str = "ann@example.org", **more: str):
    return client.post(SIGN_IN, {"login": login, "password": password, **more})


def test_sign_in_with_password_and_code_leads_to_the_dashboard(member, client):
    assert type_password(client)["Location"] == SECOND
    assert client.get("/partners/acme/").status_code == 302
    answer = client.post(SECOND, {"code": code_of(TOTP_SECRET)})
    assert (answer.status_code, answer["Location"]) == (302, "/partners/")
    assert client.get("/partners/acme/").status_code == 200


def test_sign_in_takes_a_recovery_code_once(member, client, look):
    codes = Authenticator.objects.get(user=member.user, type="recovery_codes").wrap().get_unused_codes()
    type_password(client)
    assert client.post(SECOND, {"code": codes[0]})["Location"] == "/partners/"
    client.post("/partners/account/sign-out/")
    type_password(client)
    assert "Incorrect code." in look(client.post(SECOND, {"code": codes[0]})).html


def test_sign_in_takes_a_code_once(member, client):
    code = code_of(TOTP_SECRET)
    type_password(client)
    assert client.post(SECOND, {"code": code}).status_code == 302
    other = Client()
    type_password(other)
    assert other.post(SECOND, {"code": code}).status_code == 200


def test_sign_in_with_a_wrong_code_stays_outside(member, client, look):
    type_password(client)
    wrong = client.post(SECOND, {"code": "000000"})
    assert (wrong.status_code, look(wrong).headings) == (200, ["One more step"])
    assert "Incorrect code." in look(wrong).html
    assert client.get("/partners/acme/").status_code == 302


def test_sign_in_says_the_same_of_a_wrong_password_and_of_a_stranger(member, client):
    wrong = type_password(client, "not this one, no").context["form"].errors
    stranger = type_password(client, login="nobody@example.org").context["form"].errors
    assert wrong == stranger
    assert list(wrong) == ["__all__"]


def test_sign_in_stops_after_a_few_wrong_passwords_even_for_the_right_one(member, client, look):
    for _try in range(5):
        type_password(client, "not this one, no")
    stopped = type_password(Client(REMOTE_ADDR="192.0.2.7"))
    assert "Too many failed login attempts" in look(stopped).html


def test_second_step_stops_after_a_few_wrong_codes_even_for_the_right_one(member, client, look):
    type_password(client)
    for _try in range(5):
        client.post(SECOND, {"code": "000000"})
    assert client.post(SECOND, {"code": code_of(TOTP_SECRET)}).status_code == 200


def test_sign_in_begins_a_session_with_a_new_name(member, client):
    client.get("/partners/account/factor/again/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies["session"] = session.session_key
    before = session.session_key
    type_password(client)
    client.post(SECOND, {"code": code_of(TOTP_SECRET)})
    assert client.session.session_key != before


def test_sign_in_refuses_a_form_without_its_token(member, look):
    client = Client(enforce_csrf_checks=True)
    answer = type_password(client)
    assert (answer.status_code, look(answer).headings) == (403, ["This form is out of date"])


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "http:evil.example", "http://localhost/partners/"],
)
def test_sign_in_leads_nowhere_but_into_this_site(member, client, elsewhere):
    type_password(client, next=elsewhere)
    assert client.post(SECOND, {"code": code_of(TOTP_SECRET)})["Location"] == "/partners/"


def test_sign_in_leads_to_the_page_that_was_wanted(member, client):
    type_password(client, next="/partners/acme/activity/")
    assert client.post(SECOND, {"code": code_of(TOTP_SECRET)})["Location"] == "/partners/acme/activity/"


def test_accounts_cannot_be_made_without_an_organization(client):
    assert client.get("/partners/account/sign-up/")["Location"] == "/partners/join/"
    assert client.post("/partners/account/sign-up/", {"email": "x@example.org"})["Location"] == "/partners/join/"


@pytest.fixture
def at(monkeypatch) -> Callable[[float], time_machine.travel]:
    """A moment some minutes after the start of the test."""
    start = time.time()
    return lambda minutes: time_machine.travel(start + minutes * 60, tick=False)


def test_s14_session_ends_after_half_an_hour_of_nothing(people, at):
    assert people.owner.get(people.url()).status_code == 200
    with at(29):
        assert people.owner.get(people.url()).status_code == 200
    with at(58):
        assert people.owner.get(people.url()).status_code == 200
    with at(89):
        assert people.owner.get(people.url())["Location"].startswith(SIGN_IN)


def test_s14_session_ends_after_twelve_hours_however_busy(people, at):
    for minutes in range(0, 720, 20):
        with at(minutes):
            assert people.owner.get(people.url()).status_code == 200
    with at(720):
        assert people.owner.get(people.url())["Location"].startswith(SIGN_IN)


@pytest.mark.django_db(transaction=True)
def test_newcomer_adds_an_app_and_is_in(people):
    client = signed_in(people.newcomer.user, factor=False)
    type_password_again(client, people.newcomer.user)
    page = client.get(f"{FACTOR}app/")
    secret = page.context["form"].secret
    answer = client.post(f"{FACTOR}app/", {"code": code_of(secret)})
    assert answer["Location"] == f"{FACTOR}codes/"
    codes = client.get(answer["Location"])
    assert len(codes.context["unused_codes"]) == 10
    assert client.get(people.url()).status_code == 200


def type_password_again(client, user) -> None:
    user.set_password(PASSWORD)
    user.save()
    client.logout()
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})


def test_member_with_a_factor_cannot_use_the_password_instead_of_it(people):
    """Neither to add another factor nor to remove the one there is."""
    session = people.owner.session
    session["account_authentication_methods"] = []
    session.save()
    for path in ("app/remove/", "codes/", "passkeys/add/"):
        assert people.owner.get(FACTOR + path)["Location"].startswith(f"{FACTOR}again/"), path
    again = people.owner.post("/partners/account/password/again/", {"password": PASSWORD})
    assert again["Location"].startswith(f"{FACTOR}again/")


def test_secret_of_an_app_is_not_in_the_database_as_it_is(member):
    rows = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert TOTP_SECRET not in rows


def test_forgotten_password_says_the_same_of_everyone(member, client, mailbox):
    url = "/partners/account/password/forgotten/"
    sent = [client.post(url, {"email": each}) for each in ("ann@example.org", "no@example.org")]
    assert [(each.status_code, each["Location"]) for each in sent] == [(302, f"{url}sent/")] * 2
    assert sorted(message.to for message in mailbox()) == [["ann@example.org"], ["no@example.org"]]


def test_forgotten_password_is_replaced_and_the_second_step_stays(member, client, mailbox, link_of):
    client.post("/partners/account/password/forgotten/", {"email": "ann@example.org"})
    page = client.get(link_of(mailbox()[0]), follow=True)
    new = "another long walk home"
    done = client.post(page.context["action_url"], {"password1": new, "password2": new})
    assert done["Location"] == "/partners/account/password/new/done/"
    assert client.get("/partners/acme/")["Location"].startswith(SIGN_IN)
    assert type_password(client, new)["Location"] == SECOND


def test_password_that_is_short_is_refused_in_words(member, client, mailbox, link_of, look):
    client.post("/partners/account/password/forgotten/", {"email": "ann@example.org"})
    page = client.get(link_of(mailbox()[0]), follow=True)
    short = client.post(page.context["action_url"], {"password1": "walkpolls11", "password2": "walkpolls11"})
    assert "at least 12 characters" in look(short).html


def test_cookies_behind_tls_are_bound_to_the_host():
    code = "from config import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE)"
    environment = {**os.environ, "BEHIND_TLS": "true", "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["__Host-session", "__Host-csrf", "True"]
