"""What is posted while the database is away comes back, to be sent again; and what is sent again then does its work."""

import re
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from registration.domain import bots, subscriptions
from registration.models import Application, Contact, OptInQuestion, Partner, Subscription
from registration.views.place import today
from state_rules import load

pytestmark = pytest.mark.django_db


def refuse(*_arguments):
    raise OperationalError("away")


@pytest.fixture
def code(client, georgia) -> str:
    """Of an application with a contact and a subscription."""
    partner = Partner.objects.create(slug="acme", name="Acme", approved_at=timezone.now())
    question = OptInQuestion.objects.create(partner=partner, means="email", text="News?", created_at=timezone.now())
    wishes = {"remind_email": "yes", "messages_email": "luke@example.org", "contact_email": "luke@example.org"}
    client.post("/apply/ga/", {**georgia, **wishes, "partner": "acme", f"contact_question_{question.pk}": "yes"})
    assert (Contact.objects.count(), Subscription.objects.count()) == (1, 1)
    return georgia["reference"]


@pytest.mark.parametrize(
    ("path", "button"),
    [("/contact/withdraw/", "Withdraw my contact details"), ("/delete/", "Delete everything now")],
)
def test_code_is_kept_for_another_try(client, code, look, path, button):
    with connection.execute_wrapper(refuse):
        found = look(client.post(path, {"reference": f" {code.upper()} "}))
        other = client.post(path, {"reference": "Zz-canary <b>"}).content
    assert (found.response.status_code, found.response["Retry-After"]) == (503, "30")
    assert "no-store" in found.response["Cache-Control"]
    assert (found.headings, found.value("reference")) == (["We cannot do that just now"], code)
    assert f'action="{path}"' in found.html
    assert f'<button class="usa-button" type="submit">{button}</button>' in found.html
    assert b"Zz-canary" not in other
    assert Contact.objects.count() == 1
    assert client.post(path, {"reference": found.value("reference")}).status_code == 200
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(
    ("do", "button"),
    [
        ("mailed", "I mailed it"),
        ("stop_email", "Stop emails"),
        ("stop_sms", "Stop text messages"),
        ("delete", "Delete everything now"),
    ],
)
def test_code_of_the_messages_is_kept_with_the_button_that_was_pressed(client, code, look, do, button):
    token = subscriptions.token_of(Subscription.objects.get())
    with connection.execute_wrapper(refuse):
        found = look(client.post("/m/", {"token": token, "do": do}))
    assert (found.response.status_code, found.response["Retry-After"]) == (503, "30")
    assert (found.headings, found.value("token"), found.value("do")) == (["We cannot do that just now"], token, do)
    assert f'<button class="usa-button" type="submit">{button}</button>' in found.html
    again = client.post("/m/", {"token": found.value("token"), "do": found.value("do")})
    assert again.status_code == 200
    assert (do == "delete") == (Application.objects.get().status == Application.Status.WITHDRAWN)


def test_page_is_in_the_language_of_the_address_and_leads_back_to_it(client, code, look):
    with connection.execute_wrapper(refuse):
        found = look(client.post("/es/delete/", {"reference": code}))
    assert found.headings == ["En este momento no podemos hacerlo"]
    assert 'action="/es/delete/"' in found.html


def test_one_click_that_the_database_did_not_take_is_to_come_again(client, code, look):
    address = subscriptions.unsubscribe_url(Subscription.objects.get())
    path = address[address.index("/m/") :]
    with connection.execute_wrapper(refuse):
        found = look(client.post(path, {"List-Unsubscribe": "One-Click"}))
    assert (found.response.status_code, found.response["Retry-After"]) == (503, "30")
    assert (found.response["Cache-Control"], found.value("List-Unsubscribe")) == ("no-store, private", "One-Click")
    assert "Our database does not answer. Please try again in a minute." in found.html
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


@pytest.fixture
def young(client, look) -> dict[str, str]:
    year = today(load("GA")).year - 14
    reference = look(client.get("/remind/ga/")).value("reference")
    born = {"birth_month": "1", "birth_day": "15", "birth_year": str(year)}
    return {**born, "reference": reference, "messages_email": "ana@example.org"}


def test_reminder_comes_back_with_its_answers_and_its_reference(client, young, look):
    with connection.execute_wrapper(refuse):
        found = look(client.post("/remind/ga/", young))
    assert (found.response.status_code, found.response["Retry-After"]) == (503, "30")
    assert "We could not keep this just now. Your answers are still here." in found.html
    month = re.search(r'<option value="(\d+)" selected>', found.html)[1]
    kept = {name: month if name == "birth_month" else found.value(name) for name in young}
    assert kept == young
    assert client.post("/remind/ga/", kept).status_code == 200
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize("path", ["/remind/ga/", "/apply/ga/"])
def test_form_that_came_too_fast_is_asked_for_work_and_not_lost(client, young, georgia, settings, look, path):
    settings.FORM_FASTEST_SECONDS = 4
    answers = young if path == "/remind/ga/" else georgia
    made = bots.stamp(answers["reference"], timezone.now() - timedelta(seconds=1))
    with connection.execute_wrapper(refuse):
        found = look(client.post(path, {**answers, "made": made}))
    assert found.response.status_code == 429
    assert "data-challenge" in found.html
    assert found.value("reference") == answers["reference"]
