"""The step that asks whether we may write, the page after it, and the pages that end it."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from registration.domain import contacts, subscriptions
from registration.models import Application, Contact, OptInQuestion, Outbox, Partner, Subscription
from registration.views.place import form_setting
from state_rules import load

pytestmark = pytest.mark.django_db
WANTED = {"link_email": "yes", "remind_email": "yes", "messages_email": "luke@example.org"}


def step(html: str) -> str:
    return re.search(r'data-step="messages".*?</section>', html, re.DOTALL)[0]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def steps(html: str) -> list[str]:
    return re.findall(r'<section class="step[^"]*" data-step="(\w+)"', html)


def kinds() -> set[str]:
    return set(Outbox.objects.values_list("kind", flat=True))


@pytest.fixture
def acme() -> Partner:
    return Partner.objects.create(slug="acme", name="Acme & Sons", approved_at=timezone.now())


@pytest.fixture
def subscribed(client, georgia) -> Subscription:
    client.post("/apply/ga/", {**georgia, **WANTED})
    return Subscription.objects.get()


@pytest.fixture
def token(subscribed) -> str:
    return subscriptions.token_of(subscribed)


# The step


def test_step_stands_before_the_partners_questions_and_the_review(client, acme):
    OptInQuestion.objects.create(partner=acme, means="email", text="May we write?", created_at=timezone.now())
    html = client.get("/apply/ga/?partner=acme").content.decode()
    assert steps(html)[-3:] == ["messages", "contact", "review"]


def test_a18_step_says_who_keeps_what_and_how_long_and_nothing_is_ticked(client):
    shown = step(client.get("/apply/ga/?remind_email=yes&messages_email=x@example.org").content.decode())
    text = words(shown)
    assert "We ask this, not the election office. Skip it if you like: your form stays the same." in text
    assert (
        "If you want reminders, we keep it, encrypted, until you stop them, or until Thursday, December 7, 2028."
        in text
    )
    assert re.findall(r"<input[^>]*checked", shown) == []
    assert "x@example.org" not in shown


def test_text_messages_and_paper_are_asked_only_where_they_are_offered(client, settings):
    def names() -> list[str]:
        return re.findall(r'name="(\w+)"', step(client.get("/apply/ga/").content.decode()))

    assert names() == ["link_email", "remind_email", "messages_email"]
    settings.OFFER_SMS = settings.PRINT_SHOP = True
    assert names() == [
        "link_email", "remind_email", "link_sms", "remind_sms", "print_post", "messages_email", "messages_phone",
    ]  # fmt: skip


def test_partner_that_keeps_nothing_has_no_such_step(client, acme):
    acme.keeps_nothing = True
    acme.save()
    assert "messages" not in steps(client.get("/apply/ga/?partner=acme").content.decode())


def test_a07_nothing_ticked_keeps_nothing_whatever_stands_in_the_inputs(client, georgia):
    answer = client.post("/apply/ga/", {**georgia, "messages_email": "not an address"})
    assert answer.status_code == 200
    assert (Application.objects.count(), Subscription.objects.count(), kinds()) == (1, 0, set())
    assert "What we send you" not in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("", "Enter your email address, or uncheck the box that asks for it."),
        ("luke(at)example.org", "Check your email address. It looks like name@example.com."),
    ],
)
def test_a06_problem_stands_at_its_field_and_everything_typed_stays(client, georgia, given, sentence):
    answer = client.post("/apply/ga/", {**georgia, "remind_email": "yes", "messages_email": given})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#id_messages_email">{sentence}</a>' in html
    assert sentence in words(step(html))
    assert re.search(r'name="messages_email"[^>]*value="([^"]*)"', html)[1] == given
    assert re.search(r'name="remind_email"[^>]*checked', html)
    assert f'value="{georgia["first_name"]}"' in html
    assert (Application.objects.count(), kinds()) == (0, set())


def test_step_check_looks_at_the_messages(client):
    asked = {"step": "messages", "link_email": "yes", "messages_email": "x"}
    found = client.post("/apply/ga/check/", asked).json()["problems"]
    assert [(each["code"], each["field"], each["anchor"]) for each in found] == [
        ("email_shape", "messages_email", "id_messages_email")
    ]


def test_done_page_says_what_comes_and_when_and_who_sees_the_link(client, georgia):
    html = client.post("/apply/ga/", {**georgia, **WANTED}).content.decode()
    text = words(html)
    assert "What we send you An email with the link to your form An email, if you have not opened" in text
    assert "An email before the last day to mail it:" in text
    assert "Our message holds the link. The companies that carry it can see it." in text
    row = Subscription.objects.get()
    assert f'href="/m/#{subscriptions.token_of(row)}"' in html
    assert "luke@example.org" not in html
    expected = {"link_email"} | {f"remind_{each}_email" for each in ("download", "mailed", "deadline", "status")}
    assert kinds() == expected


@pytest.mark.parametrize("asked", [{"link_email": "yes", "messages_email": "luke@example.org"}, {"print_post": "yes"}])
def test_done_page_says_that_the_code_waits_where_it_does(client, georgia, settings, asked):
    settings.PRINT_SHOP = True
    waits = (
        "It waits with us, encrypted, until we have sent what you asked for. After that, nobody can open your answers"
    )
    first, again = (words(client.post("/apply/ga/", {**georgia, **asked}).content.decode()) for _ in range(2))
    assert (waits in first, waits in again) == (True, True)
    Outbox.objects.update(payload=None, done_at=timezone.now(), outcome="sent")
    later = words(client.post("/apply/ga/", {**georgia, **asked}).content.decode())
    assert (waits in later, "and without it nobody can open your answers, not even we." in later) == (False, True)


def test_done_page_says_nothing_of_a_waiting_code_to_who_asked_for_neither(client, georgia):
    asked = {"remind_email": "yes", "messages_email": "luke@example.org"}
    text = words(client.post("/apply/ga/", {**georgia, **asked}).content.decode())
    assert "and without it nobody can open your answers, not even we." in text
    assert "It waits with us" not in text


def test_r11_form_that_is_sent_again_shows_the_same_and_adds_nothing(client, georgia):
    first = client.post("/apply/ga/", {**georgia, **WANTED}).content.decode()
    before = list(Outbox.objects.order_by("pk").values_list("pk", flat=True))
    assert client.post("/apply/ga/", {**georgia, **WANTED}).content.decode() == first
    assert list(Outbox.objects.order_by("pk").values_list("pk", flat=True)) == before
    assert Subscription.objects.count() == 1


def test_r14_row_of_a_newer_release_is_left_out_of_the_done_page(client, georgia):
    """While two releases serve side by side, a form that one has stored is shown by the other."""
    client.post("/apply/ga/", {**georgia, **WANTED})
    assert Outbox.objects.filter(kind="remind_status_email").update(kind="of_the_next_release") == 1
    response = client.post("/apply/ga/", {**georgia, **WANTED})
    assert response.status_code == 200
    assert "An email with the link to your form" in words(response.content.decode())


def test_step_works_in_the_frame_of_a_partner(client, acme, georgia):
    html = client.get("/embed/acme/apply/ga/").content.decode()
    assert "messages" in steps(html)
    answer = client.post("/embed/acme/apply/ga/", {**georgia, **WANTED})
    token = subscriptions.token_of(Subscription.objects.get())
    assert f'href="/embed/acme/m/#{token}"' in answer.content.decode()
    assert client.get("/embed/acme/m/").status_code == 200


def test_a04_address_is_not_asked_for_twice(client, acme, georgia):
    """3.3.7: an address that was given to us is the default where the partner asks for one."""
    question = OptInQuestion.objects.create(
        partner=acme, means="email", text="May we write?", created_at=timezone.now()
    )
    html = client.get("/apply/ga/?partner=acme").content.decode()
    assert 'data-default-from="messages_email"' in html
    assert "Leave this empty to use the email address that you gave us above." in html
    sent = {**georgia, **WANTED, "partner": "acme", f"contact_question_{question.pk}": "yes", "contact_email": ""}
    assert client.post("/apply/ga/", sent).status_code == 200
    [person] = contacts.everyone(acme, timezone.now())
    assert person.email == "luke@example.org"


def test_partner_gets_nothing_of_the_messages(client, acme, georgia):
    OptInQuestion.objects.create(partner=acme, means="email", text="May we write?", created_at=timezone.now())
    client.post("/apply/ga/", {**georgia, **WANTED, "partner": "acme"})
    assert (Contact.objects.count(), Subscription.objects.count()) == (0, 1)


def test_setting_of_other_pages_offers_nothing():
    assert form_setting(load("GA"), None).messages == ("link_email", "remind_email")


# Ending them


def test_page_of_the_code_does_nothing_by_itself(client, token):
    answer = client.get("/m/")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    html = answer.content.decode()
    assert "js/code." in html
    assert re.findall(r'name="do" value="(\w+)"', html) == ["mailed", "stop_email", "delete"]
    assert Subscription.objects.get().mailed_at is None


@pytest.mark.parametrize(
    ("do", "reason", "title"),
    [
        ("mailed", "mailed", "Good! We send you nothing more"),
        ("stop_email", "unsubscribed", "You get no more emails from us"),
        ("stop_sms", "", "You get no more text messages from us"),
    ],
)
def test_each_button_does_what_it_says(client, token, do, reason, title):
    answer = client.post("/m/", {"token": f" {token}", "do": do})
    assert answer.status_code == 200
    assert f"<h1>{title}</h1>" in answer.content.decode()
    row = Subscription.objects.get()
    assert subscriptions.why_not(row, "remind_status_email", timezone.now()) == reason
    assert (row.email is None) is bool(reason)


@pytest.mark.parametrize("sent", [{"token": "x", "do": "mailed"}, {"do": "stop_email"}])
def test_wrong_code_ends_nothing_and_says_so(client, subscribed, sent):
    answer = client.post("/m/", sent)
    assert answer.status_code == 404
    assert "We found no messages for this code" in answer.content.decode()
    assert Subscription.objects.get().email is not None


def test_without_a_button_nothing_is_ended_and_the_code_stays(client, token):
    answer = client.post("/m/", {"token": token})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Now press one of the buttons below." in html
    assert f'name="token" value="{token}"' in html
    assert Subscription.objects.get().email is not None


def test_enter_key_ends_nothing(client):
    """It presses the form's first button."""
    html = client.get("/m/").content.decode()
    first = re.search(r"<button[^>]*>", html[html.index('<form method="post" action="/m/">') :])
    assert first[0] == '<button type="submit" tabindex="-1">'
    assert "Now press one of the buttons below." not in html


def test_s25_another_site_ends_nothing(client, token):
    answer = client.post("/m/", {"token": token, "do": "mailed"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert Subscription.objects.get().mailed_at is None


def test_rfc8058_one_post_from_anywhere_stops_emails(subscribed):
    provider = Client(enforce_csrf_checks=True)
    address = f"/m/unsubscribe/{subscriptions.stop_code(subscribed)}/"
    headers = {"origin": "https://mail.example", "sec-fetch-site": "cross-site"}
    answer = provider.post(address, {"List-Unsubscribe": "One-Click"}, headers=headers)
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert "You get no more emails from us" in answer.content.decode()
    assert Subscription.objects.get().email_ended_at is not None
    assert provider.post(address, {"List-Unsubscribe": "One-Click"}, headers=headers).status_code == 200


def test_rfc8058_following_the_address_stops_nothing(client, subscribed):
    address = f"/m/unsubscribe/{subscriptions.stop_code(subscribed)}/"
    for answer in (client.get(address), client.head(address)):
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")
    assert Subscription.objects.get().email_ended_at is None


def test_rfc8058_wrong_code_stops_nothing(client, subscribed):
    assert client.post("/m/unsubscribe/AAAA/").status_code == 404
    assert Subscription.objects.get().email_ended_at is None


def test_unsubscribing_is_no_page_of_a_frame(client, acme, subscribed):
    assert client.get(f"/embed/acme/m/unsubscribe/{subscriptions.stop_code(subscribed)}/").status_code == 404
