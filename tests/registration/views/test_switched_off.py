"""What a person sees while a way is switched off: why, until when and what is left; and nothing typed is lost."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.utils import timezone

from registration.domain.audit import Order
from registration.domain.switches import Wanted, end_switch, switch_off
from registration.models import Application, Document, Switch

pytestmark = pytest.mark.django_db
WHY, WHY_ES = "The state's site does not answer.", "El sitio del estado no responde."
SITE = "Go to the Georgia website"


def off(channel: str, place: str = "GA", language: str = "") -> Switch:
    """Off for two hours."""
    now = timezone.now()
    wanted = Wanted(channel, now, now + timedelta(hours=2), place, language, WHY_ES)
    return switch_off(wanted, Order("Ana", WHY, now))


def later(**time: int):
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


@pytest.fixture
def cards(client):
    """Where each way stands on a page: "off", "open" or "closed"."""

    def take(address: str = "/state/ga/") -> dict[str, str]:
        context = client.get(address).context
        return {card.channel: name for name in ("off", "open", "closed") for card in context[name]}

    return take


def test_way_that_is_off_has_no_button_and_says_why_until_when_and_what_is_left(client, look):
    off("online")
    html = unescape(look(client.get("/state/ga/")).html)
    assert SITE not in html
    card = html[html.index("<h2>Not available for now</h2>") : html.index("<h2>Ways to register now</h2>")]
    text = " ".join(re.sub(r"<[^>]*>", " ", card[: card.index("<details>")]).split())
    assert text == (
        "Not available for now Not available for now Register online with the state Last day Tuesday, October 10, 2028 "
        "The state's site does not answer. We switched this off at 11:30 a.m. on Thursday, June 1, 2028. "
        "It stays off until 1:30 p.m. on Thursday, June 1, 2028 at the latest. "
        "What you can do instead: Register by mail Register in person"
    )


def test_switch_is_told_in_its_time_alone(cards):
    switch = off("online")
    assert cards()["online"] == "off"
    with later(hours=2):
        assert cards()["online"] == "open"
    with later(hours=1):
        end_switch(switch.pk, Order("Ana", "It answers again.", timezone.now()))
    assert cards()["online"] == "open"


def test_switch_of_one_language_is_told_in_that_language_alone(cards):
    off("online", language="es")
    assert [cards(address)["online"] for address in ("/state/ga/", "/es/state/ga/")] == ["open", "off"]


def test_switch_is_told_in_its_state_alone(cards):
    off("online")
    assert cards("/state/al/")["online"] == "open"


def test_switch_of_everywhere_is_told_in_each_state(cards):
    off("online", place="")
    assert [cards(f"/state/{code}/")["online"] for code in ("ga", "al")] == ["off", "off"]


def test_spanish_page_has_the_spanish_reason_and_without_one_the_english_marked_as_such(client, look):
    switch = off("online")
    assert WHY_ES in look(client.get("/es/state/ga/")).html
    Switch.objects.filter(pk=switch.pk).update(reason_es="")
    assert f'<strong lang="en">{WHY}</strong>' in unescape(look(client.get("/es/state/ga/")).html)


def test_where_nothing_is_left_the_page_leads_to_the_office(client, look):
    for channel in ("online", "mail", "in_person"):
        off(channel)
    html = look(client.get("/state/ga/")).html
    assert "Ways to register now" not in html
    assert html.count("No other way is open now. Ask the election office.") == 3


def test_state_page_is_kept_for_a_minute_at_most(client):
    assert client.get("/state/ga/")["Cache-Control"] == "public, max-age=60"


def test_law_and_calendar_stay_as_they_are(client):
    before = client.get("/state/ga/deadline.ics").content
    for channel in ("online", "mail", "in_person"):
        off(channel)
    assert client.get("/state/ga/deadline.ics").content == before


def test_online_registration_that_is_off_is_not_offered_beside_the_form(client, look):
    assert SITE in look(client.get("/apply/ga/")).html
    off("online")
    assert SITE not in look(client.get("/apply/ga/")).html


def test_way_that_is_off_is_not_what_is_left_when_mail_is_late(client, georgia):
    with time_machine.travel("2028-10-20 15:00:00+00:00", tick=False):
        address = "/apply/wi/"
        before = client.get(address).context["ways_left"]
        off("in_person", "WI")
        after = client.get(address).context["ways_left"]
    assert ("Go in person" in before, "Go in person" in after) == (True, False)


def test_form_that_is_off_is_not_shown(client, look):
    off("mail")
    found = look(client.get("/apply/ga/"))
    assert found.headings == ["No form for Georgia for now"]
    assert WHY in unescape(found.html)
    assert ("<form" in found.html, "no-store" in found.response["Cache-Control"]) == (False, True)
    with later(hours=2):
        assert look(client.get("/apply/ga/")).headings == ["Fill in your form for Georgia"]


def test_state_page_has_no_button_to_a_form_that_is_off_be_it_for_a_later_election(client, look):
    off("mail")
    with time_machine.travel("2028-11-07 12:00:00+00:00", tick=False):
        off("mail", "WI")
        found = client.get("/state/wi/")
    assert [card.channel for card in found.context["closed"] if card.off] == ["mail"]
    for response in (client.get("/state/ga/"), found):
        assert "/apply/" not in look(response).html


def test_post_to_a_form_that_is_off_is_refused_and_everything_typed_is_kept(client, look, georgia):
    off("mail")
    found = look(client.post("/apply/ga/", georgia))
    assert found.response.status_code == 409
    assert "no-store" in found.response["Cache-Control"]
    assert "We cannot make your form for now" in found.html
    assert WHY in unescape(found.html)
    kept = {name: found.value(name) for name in ("reference", "first_name", "last_name", "home_street", "home_zip")}
    assert kept == {name: georgia[name] for name in kept}
    assert found.chosen("citizen") == [georgia["citizen"]]
    assert georgia["licence"] not in found.html
    assert (Application.objects.count(), Document.objects.count()) == (0, 0)


def test_form_refused_while_off_can_be_sent_afterwards(client, georgia):
    off("mail")
    assert client.post("/apply/ga/", georgia).status_code == 409
    with later(hours=2):
        assert client.post("/apply/ga/", georgia).status_code == 200
    assert Application.objects.count() == 1


def test_form_that_is_off_in_spanish_goes_on_in_english_and_says_so_when_the_language_changes(client, look, georgia):
    off("mail", language="es")
    changed = look(client.post("/es/apply/ga/", {**georgia, "switch_language": "es"}))
    assert changed.response.status_code == 200
    assert (changed.value("first_name"), WHY_ES in changed.html) == (georgia["first_name"], True)
    assert [client.post(f"{prefix}/apply/ga/", georgia).status_code for prefix in ("/es", "")] == [409, 200]


def test_form_made_before_is_still_to_be_had_with_its_code(client, georgia):
    client.post("/apply/ga/", georgia)
    off("mail")
    response = client.post("/form/", {"reference": georgia["reference"]})
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")


def test_second_click_on_a_form_made_just_before_gives_its_page_again(client, look, georgia):
    client.post("/apply/ga/", georgia)
    off("mail")
    found = look(client.post("/apply/ga/", georgia))
    assert (found.response.status_code, found.value("reference")) == (200, georgia["reference"])


@pytest.mark.parametrize("broken", ["", "x", "\x00"])
def test_post_with_a_broken_reference_is_refused_like_any_other(client, georgia, broken):
    off("mail")
    assert client.post("/apply/ga/", {**georgia, "reference": broken}).status_code == 409


def test_comparison_says_what_is_off_in_its_place_and_language(client):
    off("online", "GA", "es")
    off("mail", "")
    found = {}
    for address in ("/compare/", "/es/compare/"):
        rows = {row.code: row for row in client.get(address).context["rows"]}
        found[address] = [(rows["GA"].ways[way].is_open, rows["FL"].ways[way].is_open) for way in ("online", "mail")]
    assert found == {"/compare/": [(True, True), (False, False)], "/es/compare/": [(False, True), (False, False)]}
    rows = {row.code: row for row in client.get("/compare/").context["rows"]}
    assert rows["GA"].ways["mail"].said == ("Not available for now",)


def test_last_chance_that_is_off_is_told_as_such_and_not_as_over(client, look):
    with time_machine.travel("2028-11-04 15:00:00+00:00", tick=False):
        off("in_person", "MN")
        found = client.get("/state/mn/")
        rows = {row.code: row for row in client.get("/compare/").context["rows"]}
    assert [(card.channel, card.standing, card.last_day) for card in found.context["off"]] == [
        ("in_person", "off", "Tuesday, November 7, 2028")
    ]
    assert [card.channel for card in found.context["closed"]] == ["online", "mail"]
    assert WHY in unescape(look(found).html)
    assert rows["MN"].ways["in_person"].said == ("Not available for now",)
