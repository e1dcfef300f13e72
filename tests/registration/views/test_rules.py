"""The page of all rules of a jurisdiction: every fact, its day, its sources, its history, as of any day."""

import re
from datetime import date

import pytest
import time_machine
from django.utils import timezone

from registration.domain.rules import Standing
from registration.models import Partner
from registration.phrases import facts
from registration.views import rules as view
from registration.views.facts import first_day, groups
from registration.views.mistakes import Reports
from state_rules import JURISDICTIONS, load, rules_version
from tests.registration.domain.jefferson import jefferson

pytestmark = pytest.mark.django_db
ON = date(2028, 6, 1)
NAMES = [name for _group, _title, names in facts.GROUPS for name in names]


def shown(response) -> dict[str, object]:
    return {fact.name: fact for group in response.context["groups"] for fact in group.facts}


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("code", JURISDICTIONS)
def test_every_fact_of_every_jurisdiction_is_on_its_page_and_in_its_contents(client, look, code, prefix):
    found = look(client.get(f"{prefix}/state/{code.lower()}/rules/"))
    assert found.response.status_code == 200
    assert len(found.headings) == 1
    anchors = [name.replace(".", "-") for name in NAMES]
    assert re.findall(r'<section class="fact" id="([^"]*)"', found.html) == anchors
    assert set(re.findall(r'href="#([^"]*)"', found.html)) - {"main"} == {
        *anchors,
        *(group for group, _title, _names in facts.GROUPS),
    }
    assert [name for name, fact in shown(found.response).items() if not fact.said or "" in fact.said] == []


def test_the_page_is_reached_from_the_states_page_and_leads_back(client, look):
    assert 'href="/state/ga/rules/"' in look(client.get("/state/ga/")).html
    assert 'href="/state/ga/"' in look(client.get("/state/ga/rules/")).html


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("?on=2027-01-31", "?on=2027-01-31"),
        ("?partner=demo&on=2027-01-31", "?on=2027-01-31&partner=demo"),
        ("?partner=unknown", ""),
        ("?on=a%0d%0ab&utm=x", "?on=a%0D%0Ab"),
    ],
)
def test_capitals_lead_to_the_small_address_with_the_day_and_the_partner(client, query, kept):
    Partner.objects.create(slug="demo", name="Demo", approved_at=timezone.now())
    response = client.get("/state/GA/rules/" + query)
    assert (response.status_code, response["Location"]) == (302, "/state/ga/rules/" + kept)


def test_a_fact_says_what_since_when_how_sure_and_whom_to_ask(client):
    found = {fact.name: fact for group in groups(Standing(jefferson()), date(2026, 9, 1)) for fact in group.facts}
    race, party = found["race"], found["party"]
    assert (race.said, race.since, race.sure, race.ask) == (
        ["The state asks for your race or ethnic group. You may leave it blank."],
        "Since January 1, 2020.",
        "We are sure of this.",
        "",
    )
    assert (party.sure, party.ask) == (
        "We are fairly sure of this.",
        "Ask the election office: (404) 555-0100 · https://vote.jefferson.example/.",
    )
    assert [(each.line, each.url) for each in party.sources][-1] == (
        "Jefferson Election Code § 4-1, recalled and not opened (cited from memory, not read)",
        "",
    )


def test_a_deadline_says_what_it_comes_to_for_the_next_election():
    found = {fact.name: fact for group in groups(Standing(jefferson()), date(2026, 9, 1)) for fact in group.facts}
    assert found["deadlines.mail"].example == (
        "For the next one, Federal general election on Tuesday, November 3, 2026: "
        "The form must be postmarked by Monday, October 5, 2026."
    )
    assert found["deadlines.in_person"].example == (
        "For the next one, Federal general election on Tuesday, November 3, 2026: "
        "Go in person by 5 p.m. on Monday, October 5, 2026. "
        "As a last chance, you can register in person by the time the polls close on Tuesday, November 3, 2026."
    )


def test_history_and_what_may_come_are_told_with_their_standing(client):
    proof = shown(client.get("/state/fl/rules/?on=2026-12-01"))["citizenship_proof"]
    assert [(each.since, each.standing) for each in proof.others] == [
        ("From January 1, 2027", "This is law already. It starts on its day.")
    ]
    later = shown(client.get("/state/fl/rules/?on=2027-01-01"))["citizenship_proof"]
    assert (later.since, [each.standing for each in later.others]) == (
        "Since January 1, 2027.",
        ["Earlier rule. A later one has taken its place."],
    )
    struck_down = shown(client.get("/state/ks/rules/"))["citizenship_proof"]
    assert "A court has ended it." in [each.standing for each in struck_down.others]


def test_the_keepers_note_is_marked_as_english(client, look):
    html = look(client.get("/es/state/ga/rules/")).html
    assert '<span lang="en">Fines that are part of the sentence must be paid, too.</span>' in html


def test_words_prescribed_by_law_are_marked_as_english(client, look):
    code = next(code for code in JURISDICTIONS if load(code).nvra_form.on(ON).value.oath)
    html = look(client.get(f"/es/state/{code.lower()}/rules/")).html
    assert html.count('<blockquote lang="en">') == 1


def test_another_day_is_said_and_shows_the_rules_of_that_day(client, look):
    found = look(client.get("/state/ga/rules/?on=2014-01-01"))
    assert "This page shows the rules as of Wednesday, January 1, 2014, not as of today." in found.html
    assert shown(found.response)["online"].said == [
        "We do not know the rule of that day. Our data begins on July 25, 2024."
    ]
    today = look(client.get("/state/ga/rules/?on=2028-06-01"))
    assert "not as of today" not in today.html


def test_every_jurisdiction_can_be_shown_from_the_first_day_of_its_data_to_the_last_that_is_taken():
    for code in JURISDICTIONS:
        for day in (first_day(load(code)), date(2027, 6, 1), view.LAST_DAY):
            assert sum(len(group.facts) for group in groups(Standing(load(code)), day)) == len(NAMES)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("tomorrow", "Enter a day as year, month and day, like 2027-01-31."),
        ("20270131", "Enter a day as year, month and day, like 2027-01-31."),
        ("2027-02-30", "Enter a day as year, month and day, like 2027-01-31."),
        ("1999-01-01", "Our data begins on January 1, 2010. Enter that day or a later one."),
        ("2100-01-01", "Enter a day before the year 2100."),
        ("<b>x</b>", "Enter a day as year, month and day, like 2027-01-31."),
    ],
)
def test_a_day_that_cannot_be_shown_is_told_on_the_field_and_kept(client, look, typed, problem):
    found = look(client.get("/state/ga/rules/", {"on": typed}))
    assert (found.response.status_code, found.response.context["asked"].problem) == (422, problem)
    assert found.title.startswith("Error: ")
    assert found.response.context["asked"].day == ON
    assert found.value("on") == typed.replace("<", "&lt;").replace(">", "&gt;")
    assert '<a href="#id_on">' in found.html
    assert 'aria-describedby="hint_on problem_on" aria-invalid="true"' in found.html


def test_the_day_and_the_partner_are_kept_when_the_language_changes(client, look):
    Partner.objects.create(slug="demo", name="Demo", approved_at=timezone.now())
    html = look(client.get("/state/ga/rules/?on=2027-01-31&partner=demo")).html
    assert 'href="/es/state/ga/rules/?on=2027-01-31&amp;partner=demo"' in html
    assert '<input type="hidden" name="partner" value="demo"' in html
    assert 'href="/compare/?partner=demo"' in html


def test_today_is_the_day_there(client):
    with time_machine.travel("2028-06-01 02:00:00+00:00", tick=False):
        assert client.get("/state/ga/rules/").context["day"] == "Wednesday, May 31, 2028"


def test_a_mistake_is_reported_by_mail_with_nothing_personal(settings):
    settings.REPORT_MISTAKES_TO = "rules@vote.example"
    version = rules_version()
    assert Reports(jefferson(), ON, rules_version()).link("deadlines.mail") == (
        f"mailto:rules@vote.example?subject=Mistake%3A%20JF%2C%20deadlines.mail%20%28rules%20{version}%2C%202028-06-01%29"
    )


@pytest.mark.parametrize(("given", "kept"), [("?from=site", "from=site"), ("?new", "new="), ("?new&a=%20", "new=&a=+")])
def test_a_mistake_is_reported_on_the_operators_own_page(settings, given, kept):
    settings.REPORT_MISTAKES_TO = f"https://vote.example/report{given}"
    assert Reports(jefferson(), ON, rules_version()).link("felony") == (
        f"https://vote.example/report?{kept}&state=JF&fact=felony&rules={rules_version()}"
    )


@pytest.mark.parametrize(("target", "links"), [("rules@vote.example", len(NAMES)), ("", 0)])
def test_every_fact_has_a_link_to_report_a_mistake_where_there_is_an_address(client, look, settings, target, links):
    settings.REPORT_MISTAKES_TO = target
    assert look(client.get("/state/ga/rules/")).html.count("Report a mistake<") == links


def test_where_nobody_registers_the_rules_of_registering_are_not_told(client):
    facts = shown(client.get("/state/nd/rules/"))
    told = ["North Dakota has no voter registration. If you may vote, you can go and vote."]
    names = ("deadlines.mail", "same_day", "plain_paper", "pages")
    assert [facts[name].said for name in names] == [told] * len(names)
    row = next(row for row in client.get("/compare/").context["rows"] if row.code == "ND")
    assert row.same_day == "No registration is needed"
