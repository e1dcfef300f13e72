"""What is counted, once each, and what never is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from registration.domain.audit import Order
from registration.domain.switches import Wanted, switch_off
from registration.models import DailyCount, Partner, PartnerSite

pytestmark = pytest.mark.django_db
CLICK = {"sec-fetch-site": "same-origin", "sec-fetch-user": "?1", "sec-fetch-mode": "navigate"}
WHO = {
    "citizen": "yes",
    "birth_month": "2",
    "birth_day": "28",
    "birth_year": "1990",
    "eighteen": "yes",
    "other_rule": "no",
}


@pytest.fixture
def acme() -> Partner:
    partner = Partner.objects.create(slug="acme", name="Acme", approved_at=datetime(2028, 1, 1, tzinfo=UTC))
    PartnerSite.objects.create(partner=partner, origin="https://acme.example", created_at=partner.approved_at)
    return partner


def rows(*fields: str) -> list[tuple]:
    return sorted(DailyCount.objects.values_list("kind", *fields, "count"))


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_pages_counts_nothing(client, acme, method):
    for path in ("/", "/state/ga/", "/apply/ga/", "/embed/acme/", "/embed/acme/apply/ga/", "/embed/acme/start/"):
        getattr(client, method)(path)
    assert rows() == []


def test_the_first_continue_starts_and_passes_a_step(client, acme):
    sent = {**WHO, "step": "eligibility", "partner": "acme", "source": "letter", "utm_campaign": "fall"}
    client.post("/es/apply/ga/check/", sent)
    fields = ("partner__slug", "channel", "jurisdiction", "language", "source", "medium", "campaign", "step")
    place = ("acme", "web", "GA", "es", "letter", "", "fall")
    assert rows(*fields) == [("started", *place, "", 1), ("step", *place, "eligibility", 1)]


def test_a_step_with_a_problem_starts_and_is_not_passed(client):
    client.post("/apply/ga/check/", {"step": "eligibility"})
    assert rows("partner__slug", "step") == [("started", "site", "", 1)]


def test_what_the_page_knows_as_counted_is_not_counted_again(client):
    client.post("/apply/ga/check/", {**WHO, "step": "eligibility", "counted": "started eligibility"})
    assert rows() == []


@pytest.mark.parametrize("step", ["", "nowhere", "review"])
def test_a_step_that_is_none_counts_nothing(client, step):
    client.post("/apply/ga/check/", {"step": step})
    assert rows() == []


def test_a_form_in_the_frame_is_counted_where_it_was_made(client, acme, georgia):
    client.post("/embed/acme/apply/ga/", {**georgia, "source": "letter", "counted": "started eligibility"})
    client.post("/embed/acme/apply/ga/", {**georgia, "source": "letter", "counted": "started eligibility"})
    assert rows("partner__slug", "channel", "source") == [("form_made", "acme", "widget", "letter", 1)]


def test_without_scripts_the_first_sending_starts_the_form(client, look, georgia):
    again = look(client.post("/apply/ga/", {**georgia, "last_name": ""}))
    assert again.value("counted") == "started"
    client.post("/apply/ga/", {**georgia, "counted": again.value("counted")})
    assert rows("step") == [("form_made", "", 1), ("started", "", 1)]


def test_a_change_of_language_counts_nothing_and_remembers(client, look, georgia):
    sent = {**georgia, "switch_language": "es", "counted": "started name"}
    assert look(client.post("/es/apply/ga/", sent)).value("counted") == "started name"
    assert rows() == []


def test_a_program_that_fills_the_trap_counts_nothing(client, georgia):
    client.post("/apply/ga/", {**georgia, "website": "x"})
    assert rows() == []


@pytest.mark.parametrize("word", ["ana@example.org", "Ana Ruiz", "a" * 61, "<b>"])
def test_a_word_that_could_be_a_person_is_not_kept(client, word):
    client.post("/apply/ga/check/", {"step": "eligibility", "source": word})
    assert rows("source") == [("started", "", 1)]


def test_words_go_along_from_page_to_page(client, look, acme):
    html = look(client.get("/state/ga/?partner=acme&utm_source=letter&utm_medium=mail&utm_campaign=fall")).html
    query = "?partner=acme&amp;source=letter&amp;utm_medium=mail&amp;utm_campaign=fall"
    assert f'href="/apply/ga/{query}"' in html
    assert f'href="/go/ga/{query}"' in html
    form = look(client.get("/apply/ga/?partner=acme&source=letter&utm_medium=mail&utm_campaign=fall"))
    assert [form.value(name) for name in ("partner", "source", "utm_medium", "utm_campaign")] == [
        "acme", "letter", "mail", "fall",
    ]  # fmt: skip


def test_going_to_the_state_leads_there_and_counts(client, acme):
    response = client.get("/embed/acme/es/go/ga/?source=letter", headers=CLICK)
    assert (response.status_code, response.headers["Location"][:8]) == (302, "https://")
    assert "no-store" in response.headers["Cache-Control"]
    assert rows("partner__slug", "channel", "language", "source") == [
        ("handed_to_state", "acme", "widget", "es", "letter", 1)
    ]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {**CLICK, "sec-purpose": "prefetch;prerender"},
        {**CLICK, "sec-fetch-site": "cross-site"},
        {**CLICK, "sec-fetch-user": "?0"},
    ],
)
def test_going_to_the_state_without_a_persons_click_is_not_counted(client, headers):
    assert client.get("/go/ga/", headers=headers).status_code == 302
    assert client.head("/go/ga/", headers=CLICK).status_code == 302
    assert rows() == []


@pytest.mark.parametrize(("path", "leads_to"), [("/go/nd/", "/state/nd/"), ("/es/go/nd/", "/es/state/nd/")])
def test_where_a_state_has_no_registration_online_its_page_says_so(client, path, leads_to):
    response = client.get(path, headers=CLICK)
    assert (response.status_code, response.headers["Location"], rows()) == (302, leads_to, [])


def test_nobody_is_sent_to_a_state_that_is_switched_off(client):
    now = timezone.now()
    switch_off(Wanted("online", now, now + timedelta(hours=2), "GA"), Order("Ana", "The state's site is down.", now))
    response = client.get("/go/ga/?source=letter", headers=CLICK)
    assert (response.headers["Location"], rows()) == ("/state/ga/?source=letter", [])
