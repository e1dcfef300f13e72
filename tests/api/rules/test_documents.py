"""The documents say what the engine says, in the words of the pages; in every jurisdiction and language."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from jsonschema import Draft202012Validator

import state_rules
from api.rules import catalogue, elections, jurisdictions
from api.rules.publishing import Name, encoded
from api.rules.shapes import SHAPES
from api.rules.snapshot import Told, snapshot
from registration import phrases
from registration.domain.rules import as_corrected
from registration.forms.application_form import Setting
from registration.forms.schema import DIALECT
from registration.models import Switch
from registration.views import presenting
from state_rules import CHANNELS, due_dates, form_needs, load_file, target_election, upcoming, ways
from tests.registration.domain.jefferson import FILE
from tests.registration.fragments import MAIL, OFFICE, stored

NOW = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)
LANGUAGES = ("en", "es")
ALL = state_rules.JURISDICTIONS


@pytest.fixture(scope="module")
def today(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return snapshot(NOW)


def made_up(on: date = date(2028, 6, 1), **changed) -> Setting:
    rules = load_file(FILE)
    return Setting(rules, form_needs(rules, on), target_election(rules, on), on, **changed)


def fits(kind: str, document: dict) -> list[str]:
    read = json.loads(encoded(document).plain)
    return [f"{list(error.path)}: {error.message}" for error in Draft202012Validator(SHAPES[kind]).iter_errors(read)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ALL)
def test_documents_of_every_jurisdiction_are_made_and_have_their_shape(today, code, language):
    with translation.override(language):
        told = today.told(code, language)
        found = jurisdictions.whole(told), jurisdictions.fields(told), jurisdictions.short(told)
        wrong = [fits("jurisdiction", found[0]), fits("fields", found[1])]
    assert wrong == [[], []]
    assert {each["code"] for each in found} == {code}
    if found[1]["schema"]:
        Draft202012Validator.check_schema(found[1]["schema"])
        assert found[1]["schema"]["$schema"] == DIALECT
    assert (found[1]["schema"] is None, found[1]["steps"] == []) == (not found[1]["form_made"],) * 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["rules", "jurisdictions", "elections"])
def test_documents_of_all_have_their_shape(today, kind, language):
    made = catalogue.made(today, Name(kind, "", "" if kind == "rules" else language))
    assert fits(kind, json.loads(made.plain)) == []


def test_list_has_every_jurisdiction_by_name(today):
    rows = json.loads(catalogue.made(today, Name("jurisdictions", "", "es")).plain)["jurisdictions"]
    assert sorted(row["code"] for row in rows) == list(ALL)
    assert [row["name"] for row in rows] == sorted(row["name"] for row in rows)


def settings_of(today, code: str) -> Setting:
    return made_up() if code == "JF" else today.told(code, "en").setting


def whole(setting: Setting, version: str = "v") -> dict:
    return jurisdictions.whole(Told(setting, version))


@pytest.mark.parametrize("code", ["JF", *ALL])
def test_ways_are_those_of_the_engine(today, code):
    setting = settings_of(today, code)
    told = whole(setting)
    found = ways(setting.jurisdiction, setting.election, setting.on)
    expected = {
        way.name: (
            way.standing,
            way.last_day.isoformat() if way.last_day else None,
            list(way.needs),
            list(way.instead),
        )
        for way in found
        if setting.needs.acceptance != "no_registration"
    }
    said = {
        each["way"]: (each["standing"], each["last_day"], each["need_codes"], each["instead"]) for each in told["ways"]
    }
    assert said == expected
    assert told["election"]["day"] == setting.election.day.isoformat()
    assert told["day"] == setting.on.isoformat()


@pytest.mark.parametrize("code", ["JF", *ALL])
def test_deadlines_are_those_of_the_engine(today, code):
    setting = settings_of(today, code)
    for each in whole(setting)["ways"]:
        due = due_dates(setting.jurisdiction, setting.election, each["channel"], setting.on)
        told = each["deadline"]
        regular = (due.ordinary or due.dates) if due.available else ()
        assert [(one["event"], one["by"], one["time"]) for one in told["dates"]] == [
            (one.event, one.by.isoformat(), one.time) for one in regular
        ]
        assert told["in_words"] == phrases.due(due)
        assert told["zones"] == list(setting.jurisdiction.timezones)
        last = told["last_chance"]
        assert (last["in_words"] if last else "") == phrases.last_chance(due)
        assert [one["by"] for one in last["dates"]] == [one.by.isoformat() for one in due.dates] if last else True


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["AZ", "GA", "ND", "NH", "OH", "PR", "WI"])
def test_document_says_what_the_page_says(client, code, language, time_machine):
    time_machine.move_to(NOW)
    prefix = "" if language == "en" else f"/{language}"
    context = client.get(f"{prefix}/state/{code.lower()}/").context
    with translation.override(language):
        told = jurisdictions.whole(snapshot(NOW).told(code, language))
    cards = [*context["open"], *context["off"], *context["closed"]]
    shown = [each for each in told["ways"] if each["shown"]]
    assert [
        (each["title"], each["status"], each["last_day_in_words"], each["in_words"], each["last_chance_in_words"])
        for each in shown
    ] == [(card.title, card.status, card.last_day, card.due, card.last_chance) for card in cards]
    assert [(each["needs"], each["confirm"]) for each in shown] == [(card.needs, card.confirm) for card in cards]
    assert [[(source["in_words"], source["url"]) for source in each["sources"]] for each in shown] == [
        [(source.line, source.url) for source in card.sources] for card in cards
    ]
    assert told["election"]["name"] == context["election_name"]
    assert told["election"]["day_in_words"] == context["election_day"]
    assert told["form"]["in_words"] == context["acceptance"]
    assert told["form"]["made"] == context["form_made"]
    assert (told["who_may"] or {"in_words": []})["in_words"] == context["requirements"]
    assert [
        (row["name"], row["day_in_words"], [last["in_words"] for last in row["last_days"]]) for row in told["elections"]
    ] == [(row.name, row.day, [said for _way, said in row.last_days]) for row in context["elections"]]
    assert [told["office"][name] for name in ("name", "telephone", "website")] == [
        context["office"].name,
        context["office"].telephone,
        context["office"].website,
    ]
    assert told["pages"]["status"] == context["status_url"]


@pytest.mark.parametrize("code", ["JF", *ALL])
def test_form_is_that_of_the_engine(today, code):
    setting = settings_of(today, code)
    needs, form = setting.needs, whole(setting)["form"]
    assert form["acceptance"] == needs.acceptance
    assert set(form["boxes"]) == needs.boxes
    assert (form["id_number"]["kind"], form["id_number"]["required"]) == (
        needs.id_number.value.kind,
        needs.id_number.value.required,
    )
    assert (form["party"]["asked"], form["party"]["parties"]) == (
        needs.party.value.asked,
        list(needs.party.value.parties),
    )
    assert form["race"]["asked"] == needs.race.value.asked
    told = whole(setting)["mail_to"]
    assert (told["lines"], told["local"]) == (list(needs.mail_to.value.lines), needs.mail_to.value.local)


def test_elections_are_those_of_the_calendar_with_the_laws_own_rule(today):
    found = elections.of_places(today, ("GA",))["elections"]
    expected = upcoming("GA", today.places["GA"].on, 6)
    assert [(each["day"], each["kind"], each["rule"], len(each["sources"])) for each in found] == [
        (each.day.isoformat(), each.kind, each.rule, len(each.sources)) for each in expected
    ]
    of_all = elections.of_places(today, ALL)["elections"]
    assert [each for each in of_all if each["jurisdiction"] == "GA"] == found
    assert [each["day"] for each in of_all] == sorted(each["day"] for each in of_all)


def switch(channel: str = "mail", **changed) -> Switch:
    row = {
        "jurisdiction": "JF",
        "channel": channel,
        "starts_at": NOW,
        "ends_at": NOW + timedelta(hours=2),
        "reason": "The site does not answer.",
        "reason_es": "",
    }
    return Switch(**{**row, **changed})


def test_switch_stands_at_its_way_and_at_the_form():
    setting = made_up(switches=(switch(),))
    told, form = whole(setting), jurisdictions.fields(Told(setting, "v"))
    (mail,) = [each for each in told["ways"] if each["way"] == "mail"]
    assert (mail["standing"], mail["off"]["reason"], mail["off"]["until"]) == (
        "off",
        "The site does not answer.",
        "2028-06-01T17:30:00+00:00",
    )
    assert told["switches"] == [mail["off"]]
    assert form["off"] == mail["off"]
    assert [fits("jurisdiction", told), fits("fields", form)] == [[], []]


def test_reason_in_another_language_is_marked():
    setting = made_up(switches=(switch(), switch("online", reason_es="No responde.")))
    with translation.override("es"):
        told = whole(setting)["switches"]
    assert [(each["channel"], each["reason_language"]) for each in told] == [("online", None), ("mail", "en")]


@pytest.mark.django_db
def test_correction_stands_beside_its_fact_and_in_the_version():
    stored("office", OFFICE)
    row = stored("deadlines.mail", MAIL)
    told = jurisdictions.whole(snapshot(NOW).told("GA", "en"))
    assert told["office"]["telephone"] == "(404) 555-0199"
    assert [each["rule"] for each in told["corrections"]] == ["office", "deadlines.mail"]
    assert told["office"]["corrections"] == told["corrections"][:1]
    (mail,) = [each for each in told["ways"] if each["way"] == "mail"]
    assert mail["corrections"] == told["corrections"][1:]
    assert told["rules_version"] == f"{state_rules.rules_version()}+{row.pk - 1}.{row.pk}"
    assert told["corrections"][0]["in_words"] == (
        "We corrected this on June 1, 2028: The office told us so. "
        "The correction stands until June 30, 2028 at the latest."
    )
    assert as_corrected(row).number == told["corrections"][1]["number"]
    assert fits("jurisdiction", told) == []


def test_warning_where_nothing_was_ever_read():
    setting = made_up()
    assert jurisdictions.whole(Told(setting, "v", unread=True))["warning"].startswith("We cannot see now")
    assert jurisdictions.whole(Told(setting, "v"))["warning"] == ""


def test_order_of_ways_is_the_pages(today):
    setting = today.told("GA", "en").setting
    shown = [way.name for group in presenting.groups(setting) for way in group]
    assert [each["way"] for each in whole(setting)["ways"]][: len(shown)] == shown
    assert {each["channel"] for each in whole(setting)["ways"]} == set(CHANNELS)
