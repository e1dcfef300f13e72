"""What a person lets a partner have, sent by the partner's program with the application."""

import json
import uuid

import pytest
from django.utils import timezone

from api.examples import APPLICATION
from registration.domain import contacts
from registration.domain.submission import open_form
from registration.models import Application, Contact, DailyCount, OptInQuestion
from state_rules import JURISDICTIONS, keeping, load
from tests.api.conftest import problem
from tests.api.test_applications import body
from tests.api.test_openapi import check_answer, served

pytestmark = pytest.mark.django_db


def ask(partner, means: str = "email", **more) -> OptInQuestion:
    made = {"text": "May we write?", "text_es": "¿Podemos escribirle?", "created_at": timezone.now(), **more}
    return OptInQuestion.objects.create(partner=partner, means=means, **made)


def yes(*questions, **more) -> dict:
    return {"questions": [{"id": getattr(each, "pk", each)} for each in questions], **more}


def kept(partner) -> list[tuple]:
    found = contacts.everyone(partner, timezone.now())
    return [(each.name, each.email, each.phone, each.zip_code, each.source, each.said) for each in found]


def test_questions_are_the_partners_own_in_the_language_asked_for(live, partner, other_partner):
    partner.privacy_url = "https://acme.example/privacy"
    partner.save()
    first = ask(partner)
    ask(partner, retired_at=timezone.now())
    ask(other_partner)
    assert json.loads(live.get("questions/?lang=es").content) == {
        "partner": "Acme",
        "privacy_url": "https://acme.example/privacy",
        "questions": [{"id": first.pk, "means": "email", "text": "¿Podemos escribirle?"}],
        "messages": [],
    }


def test_questions_of_a_jurisdiction_follow_its_rule(live, partner):
    ask(partner)
    numbers = {
        keeping(load(code), timezone.now().date()): len(
            json.loads(live.get(f"questions/?jurisdiction={code}").content)["questions"]
        )
        for code in JURISDICTIONS
    }
    assert numbers == {"forbidden": 0, "with_consent": 1, "unknown": 1}
    unknown = problem(live.get("questions/?jurisdiction=ZZ"))
    assert unknown == (400, "invalid", [("unknown_jurisdiction", "#/jurisdiction")])


def test_contact_is_kept_with_the_application_and_apart_from_it(live, partner):
    sent = body(source="fall", contact=yes(ask(partner), email="ana@example.org", phone="12"))
    assert live.post("applications/", sent).status_code == 201
    name = " ".join(APPLICATION["answers"][part] for part in ("first_name", "last_name"))
    zip_code = APPLICATION["answers"]["home_zip"]
    assert kept(partner) == [(name, "ana@example.org", "", zip_code, "fall", ("May we write?",))]
    opened = open_form(sent["reference"], now=timezone.now())
    assert "ana@example.org" not in repr(opened.applicant)
    kinds = DailyCount.objects.order_by("kind").values_list("kind", "channel", "count")
    assert list(kinds) == [("contact", "api", 1), ("form_made", "api", 1)]


def test_same_request_again_keeps_one_contact_and_another_contact_is_no_conflict(live, partner):
    question = ask(partner)
    sent = body(contact=yes(question, email="ana@example.org"))
    other = {**sent, "contact": yes(question, email="eve@example.org")}
    answers = [live.post("applications/", each) for each in (sent, sent, other)]
    assert [each.status_code for each in answers] == [201, 201, 201]
    assert [each[1] for each in kept(partner)] == ["ana@example.org"]
    without = {name: value for name, value in sent.items() if name != "contact"}
    assert live.post("applications/", without).status_code == 201
    assert (kept(partner), Application.objects.count()) == ([], 1)


def test_contact_problems_stand_on_their_own_fields_beside_all_others(live, partner):
    both = yes(ask(partner), ask(partner, "phone"), 10**15, email="ana@")
    found = problem(live.post("applications/", body(contact=both, answers={"last_name": ""})))
    assert found == (
        400,
        "invalid",
        [
            ("question_unknown", "#/contact/questions/2/id"),
            ("last_name_required", "#/answers/last_name"),
            ("email_shape", "#/contact/email"),
            ("phone_required", "#/contact/phone"),
        ],
    )
    assert (Contact.objects.count(), Application.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("contact", "errors"),
    [
        ("x", [("not_an_object", "#/contact")]),
        ({}, [("required", "#/contact/questions")]),
        ({"questions": {}}, [("not_a_list", "#/contact/questions")]),
        ({"questions": [{"id": "1"}]}, [("invalid", "#/contact/questions/0/id")]),
        ({"questions": [{"id": True}]}, [("invalid", "#/contact/questions/0/id")]),
        ({"questions": [{"id": 2**70}]}, [("invalid", "#/contact/questions/0/id")]),
        ({"questions": [], "name": "Ana"}, [("unknown_field", "#/contact/name")]),
        ({"questions": [], "email": 5}, [("not_a_string", "#/contact/email")]),
    ],
)
def test_contact_of_another_shape_is_refused(live, contact, errors):
    assert problem(live.post("applications/", body(contact=contact))) == (400, "invalid", errors)


def test_contact_without_a_yes_is_none(live, partner):
    ask(partner)
    assert live.post("applications/", body(contact=yes(email="ana@example.org"))).status_code == 201
    assert Contact.objects.count() == 0


def test_s22_a_question_of_another_partner_is_unknown(live, partner, other_partner):
    foreign = ask(other_partner)
    found = problem(live.post("applications/", body(contact=yes(foreign, email="ana@example.org"))))
    assert found == (400, "invalid", [("question_unknown", "#/contact/questions/0/id")])
    assert Contact.objects.count() == 0


def test_question_cannot_be_answered_among_the_forms_own_answers(live, partner):
    name = f"contact_question_{ask(partner).pk}"
    sent = body(answers={name: True, "contact_email": "ana@example.org"})
    errors = [("unknown_field", f"#/answers/{name}"), ("unknown_field", "#/answers/contact_email")]
    assert problem(live.post("applications/", sent)) == (400, "invalid", errors)


def test_test_key_checks_a_contact_and_keeps_none(sandbox, partner):
    question = ask(partner)
    assert sandbox.post("applications/", body(contact=yes(question, email="ana@example.org"))).status_code == 201
    wrong = problem(sandbox.post("applications/", body(contact=yes(question), messages={})))
    assert wrong == (400, "invalid", [("email_required", "#/contact/email")])
    assert (Contact.objects.count(), DailyCount.objects.count()) == (0, 0)


def test_bulk_keeps_the_contact_of_each_item(live, partner):
    question = ask(partner)
    items = [body(contact=yes(question, email=f"ana{number}@example.org")) for number in range(2)]
    assert json.loads(live.post("applications/bulk/", {"items": items}).content)["created"] == 2
    assert [each[1] for each in kept(partner)] == ["ana0@example.org", "ana1@example.org"]


def test_questions_are_as_the_document_says(live, public, partner):
    ask(partner)
    said = served(public)
    check_answer(said, said["paths"]["/questions/"]["get"], live.get("questions/"))


def test_code_of_an_api_application_withdraws_its_contact(live, partner, client):
    sent = body(reference=str(uuid.uuid4()), contact=yes(ask(partner), email="ana@example.org"))
    live.post("applications/", sent)
    assert client.post("/contact/withdraw/", {"reference": sent["reference"]}).status_code == 200
    assert Contact.objects.count() == 0
