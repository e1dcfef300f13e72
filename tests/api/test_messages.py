"""What a person wants us to send, sent by the partner's program with the application."""

import json

import pytest
from django.utils import timezone

from registration.domain import contacts, subscriptions
from registration.models import Application, DailyCount, OptInQuestion, Outbox, Subscription
from tests.api.conftest import problem
from tests.api.test_applications import body
from tests.api.test_openapi import check_answer, served

pytestmark = pytest.mark.django_db
WANTED = {"email": "ana@example.org", "link_email": True, "remind_email": True}


def kinds() -> list[str]:
    return sorted(Outbox.objects.values_list("kind", flat=True))


def test_messages_are_kept_as_on_our_form(live):
    assert live.post("applications/", body(messages=WANTED)).status_code == 201
    row = Subscription.objects.get()
    assert (row.application, row.jurisdiction) == (Application.objects.get(), "OH")
    assert subscriptions.address(row, "email") == "ana@example.org"
    assert row.email_words == "Email me a link to my form. Remind me by email, 4 times at most."
    assert kinds()[0] == "link_email"
    assert "remind_mailed_email" in kinds()


def test_no_messages_make_no_subscription(live):
    for messages in ({}, {"email": "ana@example.org"}, {"remind_email": False, "email": "x"}):
        assert live.post("applications/", body(messages=messages)).status_code == 201
    assert (Subscription.objects.count(), kinds()) == (0, [])


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ({"link_email": True}, [("email_required", "#/messages/email")]),
        ({"remind_email": True, "email": "ana"}, [("email_shape", "#/messages/email")]),
        ({"print_post": True}, [("message_not_offered", "#/messages/print_post")]),
        ({"link_email": "yes"}, [("not_a_boolean", "#/messages/link_email")]),
        ({"remind": True}, [("unknown_field", "#/messages/remind")]),
    ],
)
def test_problems_stand_at_their_place(live, messages, expected):
    assert problem(live.post("applications/", body(messages=messages))) == (400, "invalid", expected)
    assert (Application.objects.count(), kinds()) == (0, [])


def test_s13_problem_does_not_repeat_the_address(live):
    answer = live.post("applications/", body(messages={"remind_email": True, "email": "ana(at)example.org"}))
    assert "ana(at)" not in answer.content.decode()


def test_r11_replay_changes_nothing(live):
    sent = body(messages=WANTED)
    live.post("applications/", sent)
    before = kinds()
    again = live.post("applications/", {**sent, "messages": {**WANTED, "email": "eve@example.org"}})
    assert again.headers["Idempotent-Replayed"] == "true"
    assert subscriptions.address(Subscription.objects.get(), "email") == "ana@example.org"
    assert kinds() == before


def test_messages_of_each_item_in_bulk(live):
    items = [body(messages={**WANTED, "email": f"ana{number}@example.org"}) for number in range(2)]
    assert json.loads(live.post("applications/bulk/", {"items": items}).content)["created"] == 2
    found = {subscriptions.address(row, "email") for row in Subscription.objects.all()}
    assert found == {"ana0@example.org", "ana1@example.org"}


def test_test_key_and_dry_run_keep_nothing(live, sandbox):
    assert sandbox.post("applications/", body(messages=WANTED)).status_code == 201
    assert live.post("applications/", body(messages=WANTED, dry_run=True)).status_code == 200
    assert (Subscription.objects.count(), kinds(), DailyCount.objects.count()) == (0, [], 0)


def test_words_to_show_are_given_with_the_questions(live, public, settings):
    found = live.get("questions/?jurisdiction=OH")
    said = served(public)
    check_answer(said, said["paths"]["/questions/"]["get"], found)
    assert json.loads(found.content)["messages"] == [
        {"name": "link_email", "needs": "email", "text": "Email me a link to my form."},
        {"name": "remind_email", "needs": "email", "text": "Remind me by email, 4 times at most."},
    ]
    settings.OFFER_SMS = settings.PRINT_SHOP = True
    named = [
        (each["name"], each["needs"]) for each in json.loads(live.get("questions/?jurisdiction=OH").content)["messages"]
    ]
    assert named[2:] == [("link_sms", "phone"), ("remind_sms", "phone"), ("print_post", "")]


def test_partner_for_whom_nothing_is_kept_has_no_messages(live, partner):
    partner.keeps_nothing = True
    partner.save()
    assert json.loads(live.get("questions/?jurisdiction=OH").content)["messages"] == []
    assert problem(live.post("applications/", body(messages=WANTED))) == (
        400,
        "invalid",
        [
            ("message_not_offered", "#/messages/link_email"),
            ("message_not_offered", "#/messages/remind_email"),
        ],
    )


def test_messages_are_the_default_of_the_partners_question(live, partner):
    question = OptInQuestion.objects.create(partner=partner, means="email", text="May we?", created_at=timezone.now())
    answer = live.post("applications/", body(messages=WANTED, contact={"questions": [{"id": question.pk}]}))
    assert answer.status_code == 201
    assert [each.email for each in contacts.everyone(partner, timezone.now())] == ["ana@example.org"]
