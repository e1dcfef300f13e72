"""Keeping nothing: where it is wanted, and where the database cannot take what a person sent."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
import time_machine
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.utils import timezone

from registration.domain import storing
from registration.models import (
    Application,
    Contact,
    DailyCount,
    Document,
    OptInQuestion,
    Partner,
    WebhookMessage,
)

pytestmark = pytest.mark.django_db
KEPT = "We kept nothing of what you typed."
LOST = "Our storage does not answer right now"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def carried(response) -> dict[str, str]:
    """What the page's own form would post."""
    form = re.search(
        r'<form method="post" action="/(?:embed/\w+/)?form/">(.*?)</form>', response.content.decode(), re.S
    )
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))


def names_on(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(BytesIO(pdf)))


def stored() -> list[int]:
    return [model.objects.count() for model in (Application, Document, Contact, WebhookMessage)]


def test_site_that_keeps_nothing_gives_the_form_from_the_page_alone(client, georgia, settings):
    settings.KEEP_NOTHING = True
    assert "We keep nothing of what you type." in text_of(client.get("/apply/ga/"))
    done = client.post("/apply/ga/", georgia)
    assert (done.status_code, KEPT in text_of(done), LOST in text_of(done)) == (200, True, False)
    assert set(carried(done)) == {"reference", "sealed"}
    assert 'action="/delete/"' not in done.content.decode()
    form = client.post("/form/", carried(done))
    assert (form.status_code, form["Content-Type"]) == (200, "application/pdf")
    assert "Nguyễn" in names_on(form.content)
    assert stored() == [0, 0, 0, 0]
    assert DailyCount.objects.get(kind="form_made").count == 1
    assert client.post("/form/", {"reference": georgia["reference"]}).status_code == 404


def test_partner_that_keeps_nothing_asks_nothing_in_its_frame_either(client, georgia, now):
    acme = Partner.objects.create(slug="acme", name="Acme", approved_at=now, keeps_nothing=True)
    OptInQuestion.objects.create(partner=acme, means="email", text="May we write?", created_at=now)
    page = client.get("/embed/acme/apply/ga/").content.decode()
    assert 'data-step="contact"' not in page
    done = client.post("/embed/acme/apply/ga/", georgia)
    assert (done.status_code, stored()) == (200, [0, 0, 0, 0])
    form = client.post("/embed/acme/form/", carried(done))
    assert (form.status_code, form["Content-Type"]) == (200, "application/pdf")
    assert client.post("/apply/ga/", georgia).status_code == 200  # our own pages keep as ever
    assert stored()[:2] == [1, 1]


def changed(sealed: str) -> list[str]:
    return [
        sealed[:-1] + ("A" if sealed[-1] != "A" else "B"),
        ("A" if sealed[0] != "A" else "B") + sealed[1:],
        sealed.partition(".")[0],
        sealed + "x" * storing.LONGEST,
        "ñ.ñ",
        ".",
    ]


def test_carried_answers_open_only_whole_for_their_reference_and_for_their_time(client, georgia, settings):
    settings.KEEP_NOTHING = True
    sent = carried(client.post("/apply/ga/", georgia))
    for sealed in changed(sent["sealed"]):
        assert client.post("/form/", sent | {"sealed": sealed}).status_code == 404
    assert client.post("/form/", sent | {"reference": "b" * 26}).status_code == 404
    assert client.post("/form/", sent | {"reference": "nonsense"}).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        assert client.post("/form/", sent).status_code == 410


def test_carried_text_holds_nothing_to_read(client, georgia, settings):
    settings.KEEP_NOTHING = True
    sent = carried(client.post("/apply/ga/", georgia))
    data = storing._bytes(sent["sealed"])[0]
    assert [word for word in (b"Nguy", b"057123456", b"GA", b"Atlanta") if word in data] == []


def test_s30_carried_answers_outlive_a_change_of_the_secret_key(client, georgia, settings):
    settings.KEEP_NOTHING = True
    sent = carried(client.post("/apply/ga/", georgia))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert client.post("/form/", sent).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.post("/form/", sent).status_code == 404


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_database_away_gives_the_form_all_the_same(client, georgia, fault):
    def refuse(*_arguments):
        raise fault("away")

    with connection.execute_wrapper(refuse):
        done = client.post("/apply/ga/", georgia)
        form = client.post("/form/", carried(done))
    assert (done.status_code, LOST in text_of(done), KEPT in text_of(done)) == (200, True, False)
    assert "Your contact details were not kept either" not in text_of(done)
    assert (form.status_code, "Nguyễn" in names_on(form.content)) == (200, True)
    assert stored() == [0, 0, 0, 0]
    assert client.post("/apply/ga/", georgia).status_code == 200
    assert stored()[:2] == [1, 1]


def test_read_only_database_says_what_else_was_not_kept(client, georgia, now):
    acme = Partner.objects.create(slug="acme", name="Acme", approved_at=now)
    question = OptInQuestion.objects.create(partner=acme, means="email", text="May we write?", created_at=now)
    yes = {"partner": "acme", f"contact_question_{question.pk}": "yes", "contact_email": "luke@example.org"}

    def refuse_writes(execute, sql, params, many, context):
        if sql.split()[0] in ("INSERT", "UPDATE", "DELETE"):
            raise InternalError("cannot execute INSERT in a read-only transaction")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_writes):
        done = client.post("/apply/ga/", georgia | yes)
        assert client.post("/form/", carried(done)).status_code == 200
    assert (done.status_code, "Your contact details were not kept either" in text_of(done)) == (200, True)
    assert "luke@example.org" not in text_of(done)


def test_stored_form_is_given_while_the_database_is_only_to_be_read(client, georgia):
    client.post("/apply/ga/", georgia)

    def refuse_writes(execute, sql, params, many, context):
        if sql.split()[0] in ("INSERT", "UPDATE", "DELETE"):
            raise OperationalError("attempt to write a readonly database")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_writes):
        form = client.post("/form/", {"reference": georgia["reference"]})
    assert (form.status_code, form["Content-Type"]) == (200, "application/pdf")


def test_mistakes_are_told_without_the_database_too(client, georgia):
    def refuse(*_arguments):
        raise OperationalError("away")

    with connection.execute_wrapper(refuse):
        page = client.post("/apply/ga/", georgia | {"last_name": ""})
    assert (page.status_code, "Łukasz" in page.content.decode()) == (422, True)


@pytest.mark.parametrize("keeps_nothing", [True, False])
def test_page_for_the_code_says_where_nothing_is_stored(client, settings, keeps_nothing):
    settings.KEEP_NOTHING = keeps_nothing
    said = "On this site, nothing that an applicant types is stored at all." in text_of(client.get("/d/"))
    assert said is keeps_nothing
