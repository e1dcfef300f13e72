"""A correction is on the page, in the form and in the calendar while it holds; one that does not fit breaks nothing."""

import io
import re
from html import unescape

import pypdf
import pytest
import time_machine

from registration.models import Application
from tests.registration.fragments import MAIL, MAIL_TO, OFFICE, stored

pytestmark = pytest.mark.django_db
SAID = (
    "We corrected this on June 1, 2028: The office told us so. The correction stands until June 30, 2028 at the latest."
)
AFTER = "2028-07-01 15:00:00+00:00"


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def pdf_text(client, reference: str) -> str:
    response = client.post("/form/", {"reference": reference})
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.content)).pages)


def test_corrected_office_is_on_the_page_until_it_is_over(client):
    stored("office", OFFICE)
    text = text_of(client.get("/state/ga/").content.decode())
    with time_machine.travel(AFTER, tick=False):
        over = text_of(client.get("/state/ga/").content.decode())
    assert ("(404) 555-0199" in text, text.count(SAID)) == (True, 1)
    assert ("(404) 555-0199" in over, over.count("We corrected")) == (False, 0)


def test_corrected_deadline_moves_page_calendar_and_cover_with_its_source(client, georgia):
    stored("deadlines.mail", MAIL)
    response = client.get("/state/ga/")
    card = next(card for card in response.context["open"] if card.channel == "mail")
    assert card.last_day == "Saturday, October 28, 2028"
    assert [source.line for source in card.sources] == ["Notice of the office (read 2028-06-01)"]
    assert [(remark.reason.text, remark.reason.language) for remark in card.corrected] == [
        ("The office told us so.", "")
    ]
    assert b"DTSTART;VALUE=DATE:20281028" in client.get("/state/ga/deadline.ics").content
    assert SAID in text_of(client.get("/apply/ga/").content.decode())
    assert SAID in text_of(client.post("/apply/ga/", georgia).content.decode())
    assert "Saturday, October 28, 2028" in pdf_text(client, georgia["reference"])


def test_corrected_address_is_on_done_page_and_in_the_pdf_until_it_is_over(client, georgia):
    stored("mail_to", MAIL_TO)
    done = client.post("/apply/ga/", georgia).content.decode()
    assert ("1 New Street" in done, SAID in text_of(done)) == (True, True)
    within = pdf_text(client, georgia["reference"])
    # the correction has run out while the answers still wait for their owner
    with time_machine.travel("2028-07-01 05:00:00+00:00", tick=False):
        after = pdf_text(client, georgia["reference"])
    assert ["1 New Street" in text.replace("NEW STREET", "New Street") for text in (within, after)] == [True, False]


def test_reason_in_spanish_stands_on_the_spanish_page(client):
    stored("office", OFFICE, reason_es="La oficina nos lo dijo.")
    assert "La oficina nos lo dijo." in client.get("/es/state/ga/").content.decode()


def test_correction_of_a_rule_without_a_place_of_its_own_is_still_told(client):
    stored("mail_to", MAIL_TO)
    text = text_of(client.get("/state/ga/").content.decode())
    assert text.count(SAID) == 1


def test_application_remembers_the_correction(client, georgia):
    number = stored("office", OFFICE).pk
    client.post("/apply/ga/", georgia)
    assert Application.objects.get().rules_version.endswith(f"+{number}")


def test_no_page_breaks_when_a_correction_does_not_fit(client, georgia):
    pages = ["/state/ga/", "/es/state/ga/", "/state/ga/deadline.ics", "/apply/ga/"]
    hidden = re.compile(rb'name="(?:reference|made)" value="[^"]*"')
    before = [hidden.sub(b"", client.get(address).content) for address in pages]
    stored("office", OFFICE.replace("telephone", "fax"))
    stored("deadlines.mail", MAIL.replace("2028-10-28", "2028-10-29"))
    stored("a_rule_that_a_release_dropped", "")
    stored("office", "[[")
    assert [hidden.sub(b"", client.get(address).content) for address in pages] == before
    assert client.post("/apply/ga/", georgia).status_code == 200
    assert "+" not in Application.objects.get().rules_version
    assert client.post("/form/", {"reference": georgia["reference"]}).status_code == 200
    assert client.post("/apply/ga/check/", {**georgia, "step": "name"}).status_code == 200


def test_page_takes_two_queries(client, django_assert_num_queries):
    stored("office", OFFICE)
    client.get("/state/ga/")
    with django_assert_num_queries(2):
        client.get("/state/ga/")


def test_corrected_rule_is_on_the_page_of_all_rules_and_in_the_comparison(client):
    before = {row.code: row.ways["mail"].day for row in client.get("/compare/").context["rows"]}
    stored("deadlines.mail", MAIL)
    page = client.get("/state/ga/rules/")
    facts = {fact.name: fact for group in page.context["groups"] for fact in group.facts}
    assert [remark.reason.text for remark in facts["deadlines.mail"].corrected] == ["The office told us so."]
    assert page.context["version"].count("+") == 1
    after = {row.code: row.ways["mail"].day for row in client.get("/compare/").context["rows"]}
    assert {code for code, day in after.items() if day != before[code]} == {"GA"}


@pytest.mark.parametrize(
    ("now", "on", "is_corrected"),
    [
        ("2028-06-05", "2028-05-31", False),
        ("2028-06-05", "2028-06-01", True),
        ("2028-06-05", "", True),
        ("2028-06-05", "2028-06-30", True),
        ("2028-06-05", "2028-07-01", False),
        ("2028-05-20", "", False),
        ("2028-05-20", "2028-06-25", True),
        ("2028-07-15", "", False),
        ("2028-07-15", "2028-06-05", True),
    ],
)
def test_page_of_all_rules_has_a_correction_on_its_days_alone_whatever_day_it_is(client, now, on, is_corrected):
    stored("office", OFFICE)
    stored("deadlines.mail", MAIL)
    with time_machine.travel(f"{now} 16:00:00+00:00", tick=False):
        page = client.get("/state/ga/rules/", {"on": on})
    facts = {fact.name: fact for group in page.context["groups"] for fact in group.facts}
    text = " ".join(facts["office"].said)
    told = [len(facts[name].corrected) for name in ("office", "deadlines.mail", "felony")]
    assert (told, "New office" in text) == ([1, 1, 0] if is_corrected else [0, 0, 0], is_corrected)
    assert ("+" in page.context["version"]) is is_corrected
