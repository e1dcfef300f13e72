"""Making applications by program: the same form, the same problems and the same record as on our pages."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from api.examples import APPLICATION
from registration.domain import switches
from registration.domain.audit import Order
from registration.domain.submission import open_form
from registration.domain.switches import Wanted
from registration.models import Application, DailyCount, Document
from tests.api.conftest import Caller, key_of, problem

pytestmark = pytest.mark.django_db


def body(**changes):
    """The example with a new reference; ``answers`` are laid over its own, None leaves one out."""
    answers = {**APPLICATION["answers"], **changes.pop("answers", {})}
    kept = {name: value for name, value in answers.items() if value is not None}
    return {**APPLICATION, "reference": str(uuid.uuid4()), **changes, "answers": kept}


def test_application_is_made_sealed_and_counted_once(live, partner):
    sent = body(source="newsletter", medium="email", campaign="fall")
    response = live.post("applications/", sent)
    said = json.loads(response.content)
    assert response.status_code == 201
    application = Application.objects.get()
    assert (said["id"], said["status"], said["jurisdiction"]) == (str(application.id), "form_ready", "OH")
    assert (application.partner, application.channel, application.language) == (partner, "api", "en")
    assert said["form"]["url"] == f"http://testserver/d/#{sent['reference']}"
    assert response.headers["Location"] == f"http://testserver/api/v1/applications/{application.id}/"
    assert said["next_steps"]
    assert said["mail_to"]
    assert said["sources"]
    assert not said["test"]
    opened = open_form(sent["reference"], now=timezone.now())
    assert (opened.applicant.name.last, opened.applicant.id_number.ssn4) == ("Example", "1234")
    row = DailyCount.objects.get()
    assert (row.kind, row.channel, row.jurisdiction, row.count) == ("form_made", "api", "OH", 1)
    assert (row.source, row.medium, row.campaign) == ("newsletter", "email", "fall")


def test_same_body_gives_the_same_answer(live):
    sent = body()
    first, second = live.post("applications/", sent), live.post("applications/", sent)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert Application.objects.count() == 1
    assert DailyCount.objects.get().count == 1


@pytest.mark.parametrize("change", [{"answers": {"last_name": "Other"}}, {"lang": "es"}])
def test_s21_other_body_under_the_same_reference_is_refused(live, change):
    sent = body()
    live.post("applications/", sent)
    before = Document.objects.values().get()
    again = live.post("applications/", body(reference=sent["reference"], **change))
    assert problem(again)[:2] == (409, "reference_reused")
    assert Document.objects.values().get() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
def test_s21_no_method_changes_an_application(live, method):
    made = json.loads(live.post("applications/", body()).content)
    assert problem(live(method, f"applications/{made['id']}/", {}))[:2] == (405, "method_not_allowed")


def test_expired_application_is_gone(live, time_machine):
    sent = body()
    live.post("applications/", sent)
    time_machine.move_to(timezone.now() + timedelta(days=31))
    assert problem(live.post("applications/", sent))[:2] == (410, "expired")


def test_replay_is_answered_though_the_form_was_switched_off_meanwhile(live):
    sent = body()
    first = live.post("applications/", sent)
    now = timezone.now()
    order = Order("ann", "The form changes.", now)
    switches.switch_off(Wanted("mail", now, now + timedelta(days=1), "OH"), order)
    again = live.post("applications/", sent)
    assert (first.status_code, again.status_code) == (201, 201)
    refused = live.post("applications/", body())
    assert problem(refused) == (409, "switched_off", [("switched_off", "#/jurisdiction")])
    assert "The form changes." in json.loads(refused.content)["errors"][0]["detail"]


def test_everything_wrong_is_said_at_once_with_the_web_forms_codes(live):
    wrong = {"last_name": "", "home_zip": "4321", "birth_day": "31", "ssn4": "12", "citizen": None, "unknown": "x",
             "mailing_different": "yes", "suffix": "Esq"}  # fmt: skip
    said = problem(live.post("applications/", body(answers=wrong)))
    assert said[:2] == (400, "invalid")
    assert sorted(said[2]) == sorted(
        [
            ("unknown_field", "#/answers/unknown"),
            ("not_a_boolean", "#/answers/mailing_different"),
            ("invalid_choice", "#/answers/suffix"),
            ("citizen_required", "#/answers/citizen"),
            ("birth_date_not_real", "#/answers/birth_month"),
            ("last_name_required", "#/answers/last_name"),
            ("zip_shape", "#/answers/home_zip"),
            ("ssn4_shape", "#/answers/ssn4"),
        ]
    )
    assert not Application.objects.exists()


def test_problems_speak_the_language_of_the_body(live):
    said = json.loads(live.post("applications/", body(lang="es", answers={"last_name": ""})).content)
    assert said["errors"][0]["detail"] == "Escriba sus apellidos."


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"jurisdiction": "XX"}, "unknown_jurisdiction", "#/jurisdiction"),
        ({"jurisdiction": "oh"}, "unknown_jurisdiction", "#/jurisdiction"),
        ({"jurisdiction": 5}, "not_a_string", "#/jurisdiction"),
        ({"jurisdiction": None}, "null", "#/jurisdiction"),
        ({"reference": "1"}, "not_a_reference", "#/reference"),
        ({"reference": "019a2b3c-0000-7000-8000-000000000000"}, "not_a_reference", "#/reference"),
        ({"lang": "fr"}, "invalid_choice", "#/lang"),
        ({"source": "a@b.example"}, "bad_character", "#/source"),
        ({"source": "x" * 61}, "max_length", "#/source"),
        ({"answers": []}, "not_an_object", "#/answers"),
        ({"answers": {"last_name": {"a": 1}}}, "not_a_string", "#/answers/last_name"),
        ({"notices_seen": "a:b"}, "not_a_list", "#/notices_seen"),
        ({"notices_seen": [1]}, "not_a_string", "#/notices_seen/0"),
        ({"dry_run": "true"}, "not_a_boolean", "#/dry_run"),
        ({"sandbox": "created"}, "test_key_only", "#/sandbox"),
        ({"extra": 1}, "unknown_field", "#/extra"),
        ({"message": 1, "code": 2}, "unknown_field", "#/message"),
    ],
)
def test_body_of_another_shape_is_refused_at_its_place(live, change, code, pointer):
    sent = {**body(), **change} if change.get("answers") == [] else body(**change)
    status, kind, found = problem(live.post("applications/", sent))
    assert (status, kind) == (400, "invalid")
    assert (code, pointer) in found


def test_missing_fields_are_all_named(live):
    found = problem(live.post("applications/", {}))
    assert found == (
        400, "invalid", [("required", "#/jurisdiction"), ("required", "#/reference"), ("required", "#/answers")],
    )  # fmt: skip


def test_notice_is_shown_once_and_kept_when_it_was_seen(live):
    sent = body(answers={"home_zip": "30303"})
    assert problem(live.post("applications/", sent)) == (400, "notices", [("zip_state_mismatch", "#/answers/home_zip")])
    assert live.post("applications/", {**sent, "notices_seen": ["zip_state_mismatch:home_zip"]}).status_code == 201


def test_state_without_the_form_says_so(live):
    found = problem(live.post("applications/", body(jurisdiction="ND")))
    assert found == (400, "form_not_used", [("form_not_used", "#/jurisdiction")])


def test_pdf_is_the_form_itself(live):
    sent = body()
    response = live.post("applications/", sent, accept="application/pdf")
    assert (response.status_code, response.headers["Content-Type"]) == (201, "application/pdf")
    assert response.content.startswith(b"%PDF-")
    application = Application.objects.get()
    assert response.headers["X-Application-Id"] == str(application.id)
    assert application.status == "delivered"
    again = live.post("applications/", sent, accept="application/pdf")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert problem(live.post("applications/", {}, accept="application/pdf"))[:2] == (400, "invalid")


def test_dry_run_stores_nothing(live):
    sent = body()
    said = live.post("applications/", {**sent, "dry_run": True})
    assert (said.status_code, json.loads(said.content)["would"]) == (200, "create")
    assert not Application.objects.exists()
    assert not DailyCount.objects.exists()
    live.post("applications/", sent)
    assert json.loads(live.post("applications/", {**sent, "dry_run": True}).content)["would"] == "replay"
    other = body(reference=sent["reference"], answers={"last_name": "Other"}, dry_run=True)
    assert problem(live.post("applications/", other))[:2] == (409, "reference_reused")
    wrong = live.post("applications/", body(dry_run=True, answers={"last_name": ""}))
    assert problem(wrong)[2] == [("last_name_required", "#/answers/last_name")]


def test_status_holds_nothing_of_the_person(live):
    sent = body()
    made = json.loads(live.post("applications/", sent).content)
    response = live.get(f"applications/{made['id']}/")
    said = json.loads(response.content)
    assert set(said) == {
        "id", "status", "jurisdiction", "language", "channel", "election_day", "created_at", "expires_at",
    }  # fmt: skip
    assert sent["reference"] not in response.content.decode()
    assert said["status"] == "form_ready"


def test_s22_another_partners_application_is_not_there(live, other_partner):
    sent = body()
    made = json.loads(live.post("applications/", sent).content)
    other = Caller(key_of(other_partner))
    assert problem(other.get(f"applications/{made['id']}/"))[:2] == (404, "not_found")
    assert problem(other.post("applications/", sent))[:2] == (409, "reference_reused")
    assert Application.objects.count() == 1


def test_s23_identifier_alone_grants_nothing(live, public, partner):
    made = json.loads(live.post("applications/", body()).content)
    assert problem(public.get(f"applications/{made['id']}/"))[:2] == (401, "key_missing")
    assert problem(public.post("applications/", body()))[:2] == (401, "key_missing")
    writer = Caller(key_of(partner, scopes=("applications:write",)))
    assert problem(writer.get(f"applications/{made['id']}/"))[:2] == (403, "scope_missing")
    reader = Caller(key_of(partner, scopes=("applications:read",)))
    assert problem(reader.post("applications/", body()))[:2] == (403, "scope_missing")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_same_reference_at_once_makes_one_application(live):
    sent = body()

    def call(_number):
        try:
            response = live.post("applications/", sent)
            return response.status_code, response.content, response.headers.get("Idempotent-Replayed")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(call, range(24)))
    assert {status for status, _content, _replayed in answers} == {201}
    assert len({content for _status, content, _replayed in answers}) == 1
    assert [replayed for _status, _content, replayed in answers].count(None) == 1
    assert (Application.objects.count(), Document.objects.count(), DailyCount.objects.get().count) == (1, 1, 1)


def test_everything_wrong_is_said_at_once_whatever_else_is_wrong(live):
    sent = {**body(answers={"last_name": "", "suffix": "Count"}), "lang": "es", "sauce": "x", "reference": "1"}
    expected = (
        400,
        "invalid",
        [
            ("not_a_reference", "#/reference"),
            ("unknown_field", "#/sauce"),
            ("invalid_choice", "#/answers/suffix"),
            ("last_name_required", "#/answers/last_name"),
        ],
    )
    alone = live.post("applications/", sent)
    assert problem(alone) == expected
    assert json.loads(alone.content)["errors"][3]["detail"] == "Escriba sus apellidos."
    [result] = json.loads(live.post("applications/bulk/", {"items": [sent]}).content)["results"]
    assert [(each["code"], each["pointer"]) for each in result["problem"]["errors"]] == expected[2]
    named = live.post("applications/", body(answers={"last_name": ""}, sandbox="created"))
    assert problem(named)[2] == [("test_key_only", "#/sandbox"), ("last_name_required", "#/answers/last_name")]


def test_values_that_are_allowed_are_named(live):
    said = json.loads(live.post("applications/", body(lang="fr", answers={"citizen": "maybe"})).content)
    assert [each["detail"].split(": ")[1] for each in said["errors"]] == ["en, es.", "yes, no."]
