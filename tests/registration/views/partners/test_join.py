"""Signing an organization up, and what an outsider must not learn by it."""

import pytest
from django.contrib.auth.models import User

from registration.models import AuditEntry, Membership, Partner, PartnerSite, Role
from tests.members import PASSWORD, make_person, signed_in

pytestmark = pytest.mark.django_db
JOIN, DONE = "/partners/join/", "/partners/join/done/"
FORM = {
    "organization": "Springfield Library",
    "slug": "springfield-library",
    "site": "https://library.example.org",
    "person": "Ann Ruiz",
    "email": "ann@library.example",
    "password": PASSWORD,
    "homepage": "",
}


def test_join_makes_a_partner_that_waits_and_its_owner(client, mailbox):
    answer = client.post(JOIN, FORM)
    assert (answer.status_code, answer["Location"]) == (302, DONE)
    partner = Partner.objects.get(slug="springfield-library")
    assert (partner.name, partner.is_active) == ("Springfield Library", False)
    owner = Membership.objects.get(partner=partner)
    assert (owner.role, owner.user.email, owner.user.first_name) == (Role.OWNER, "ann@library.example", "Ann Ruiz")
    assert list(PartnerSite.objects.values_list("origin", flat=True)) == ["https://library.example.org"]
    actions = list(AuditEntry.objects.filter(partner=partner).values_list("action", "who"))
    assert actions == [("partner_signed_up", f"member {owner.pk}"), ("site_allowed", f"member {owner.pk}")]
    assert [message.to for message in mailbox()] == [["ann@library.example"]]


def test_join_lets_nobody_in_before_the_address_is_proven(client, mailbox, link_of, look):
    client.post(JOIN, FORM)
    page = client.post("/partners/account/sign-in/", {"login": FORM["email"], "password": PASSWORD}, follow=True)
    assert look(page).headings == ["Look into your email"]
    link = link_of(mailbox()[0])
    assert look(client.get(link)).headings == ["Is this your email address?"]
    assert client.post(link)["Location"] == "/partners/account/sign-in/"
    client.post("/partners/account/sign-in/", {"login": FORM["email"], "password": PASSWORD})
    assert client.get("/partners/")["Location"] == "/partners/account/factor/"


def test_join_shows_that_the_partner_waits(client, look):
    client.post(JOIN, FORM)
    user = User.objects.get()
    user.emailaddress_set.update(verified=True)
    page = signed_in(user, factor=False).get("/partners/springfield-library/")
    assert page["Location"] == "/partners/account/factor/"


def test_join_with_an_address_that_has_an_account_looks_the_same_and_invites_it(client, mailbox, link_of):
    person = make_person("ann@library.example")
    answer = client.post(JOIN, FORM)
    assert (answer.status_code, answer["Location"]) == (302, DONE)
    assert list(User.objects.all()) == [person]
    assert not Membership.objects.exists()
    assert client.post(JOIN, FORM).context["form"].errors["slug"] == ["This short name is taken. Choose another one."]
    (message,) = mailbox()
    owner = signed_in(person)
    assert owner.post(link_of(message))["Location"] == "/partners/springfield-library/"
    assert Membership.objects.get().role == Role.OWNER


def test_join_says_everything_that_is_wrong_and_keeps_the_rest(client, look):
    wrong = {**FORM, "organization": " ", "slug": "No Good", "site": "library", "email": "ann", "password": "short"}
    page = client.post(JOIN, wrong)
    assert page.status_code == 422
    assert {field: len(errors) for field, errors in page.context["form"].errors.items()} == {
        "organization": 1, "slug": 1, "site": 1, "email": 1, "password": 1,
    }  # fmt: skip
    assert look(page).value("person") == "Ann Ruiz"
    assert 'value="short"' not in look(page).html
    assert not Partner.objects.filter(name="Springfield Library").exists()


@pytest.mark.parametrize("slug", ["site", "join", "me", "account", "invitation", "demo"])
def test_join_refuses_a_short_name_that_is_taken_or_stands_in_addresses(client, slug):
    Partner.objects.get_or_create(slug="demo", defaults={"name": "Demo"})
    padded = client.post(JOIN, {**FORM, "slug": slug})
    assert list(padded.context["form"].errors) == ["slug"]


def test_join_refuses_a_password_like_the_address(client):
    page = client.post(JOIN, {**FORM, "password": "ann@library.example"})
    assert list(page.context["form"].errors) == ["password"]


def test_join_drops_what_a_program_sends_without_a_word(client, mailbox):
    answer = client.post(JOIN, {**FORM, "homepage": "https://spam.example"})
    assert answer["Location"] == DONE
    assert not Partner.objects.filter(slug="springfield-library").exists()
    assert mailbox() == []


def test_join_takes_only_so_many_from_one_address(client):
    answers = [client.post(JOIN, {**FORM, "slug": f"library-{n}", "email": f"a{n}@x.example"}) for n in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]


def test_s07_one_address_gets_few_sign_ups_a_day_from_anywhere(client, mailbox):
    make_person(FORM["email"])
    emails = [FORM["email"], FORM["email"].upper()] * 3
    statuses = [
        client.post(JOIN, {**FORM, "slug": f"library-{n}", "email": email}, REMOTE_ADDR=f"192.0.2.{n}").status_code
        for n, email in enumerate(emails)
    ]
    assert statuses == [302] * 5 + [429]
    assert len(mailbox()) == 5
