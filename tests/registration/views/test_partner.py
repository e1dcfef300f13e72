import re
from datetime import UTC, datetime

import pytest

from registration.domain.submission import new_reference
from registration.forms.application_form import Setting
from registration.models import Application, Partner
from registration.views.place import setting_for
from state_rules import load
from tests.registration.flat_answers import flat_answers

pytestmark = pytest.mark.django_db
NOW = datetime(2028, 1, 1, tzinfo=UTC)


@pytest.fixture
def partner() -> Partner:
    return Partner.objects.create(slug="demo", name="Demo <Partner>", approved_at=NOW)


@pytest.fixture
def georgia() -> Setting:
    return setting_for(load("GA"))


def links(page: str, path: str) -> set[str]:
    return set(re.findall(f'href="({path}[^"]*)"', page))


@pytest.mark.parametrize(
    ("page", "leads_to"),
    [("/", "/state/ga/"), ("/", "/es/"), ("/state/ga/", "/apply/ga/"), ("/apply/ga/", "/state/ga/")],
)
def test_a_partner_is_carried_from_page_to_page(client, partner, page, leads_to):
    text = client.get(f"{page}?partner=demo").content.decode()
    assert links(text, leads_to) == {f"{leads_to}?partner=demo"}
    assert "You came here from Demo &lt;Partner&gt;." in text


@pytest.mark.parametrize("slug", ["", "nobody", "site", "../x", "DEMO", "demo%22%3E"])
def test_a_partner_that_nobody_knows_is_left_out(client, partner, slug):
    text = client.get(f"/?partner={slug}").content.decode()
    assert links(text, "/state/ga/") == {"/state/ga/"}
    assert "You came here from" not in text


def test_finding_a_state_keeps_the_partner(client, partner):
    assert client.get("/find/?state=GA&partner=demo").headers["Location"] == "/state/ga/?partner=demo"
    assert client.get("/state/GA/?partner=demo").headers["Location"] == "/state/ga/?partner=demo"
    assert client.get("/apply/wy/?partner=demo").headers["Location"] == "/state/wy/?partner=demo"
    assert client.post("/find/", {"zip": "30303", "partner": "demo"}).headers["Location"] == "/state/ga/?partner=demo"


@pytest.mark.parametrize(("sent", "counted"), [("demo", "demo"), ("nobody", "site"), ("", "site")])
def test_an_application_counts_for_its_partner(client, partner, georgia, sent, counted):
    answers = {**flat_answers(georgia.needs, "GA", "30303"), "reference": new_reference(), "partner": sent}
    assert client.post("/apply/ga/", answers).status_code == 200
    assert Application.objects.get().partner.slug == counted


@pytest.mark.parametrize(
    "fields", [{"approved_at": None}, {"approved_at": NOW, "suspended_at": NOW}], ids=["not approved", "suspended"]
)
def test_a_partner_that_is_not_active_is_neither_named_nor_counted_for(client, georgia, fields):
    Partner.objects.create(slug="demo", name="Official Election Office", **fields)
    text = client.get("/?partner=demo").content.decode()
    assert links(text, "/state/ga/") == {"/state/ga/"}
    assert "Official Election Office" not in text
    answers = {**flat_answers(georgia.needs, "GA", "30303"), "reference": new_reference(), "partner": "demo"}
    assert client.post("/apply/ga/", answers).status_code == 200
    assert Application.objects.get().partner.slug == "site"
