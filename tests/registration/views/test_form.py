"""The form itself, for whoever brings its reference, and help for whoever brings another code."""

import io

import pypdf
import pytest
import time_machine

from registration.models import Document, Mail

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_reference_brings_the_form(client, georgia):
    client.post("/apply/ga/", georgia)
    response = client.post("/form/", {"reference": georgia["reference"]})
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == 'attachment; filename="voter-registration-ga.pdf"'
    assert "no-store" in response["Cache-Control"]
    text = text_of(response.content)
    assert [value in text for value in ("Nguyễn", "Łukasz", "123 1/2 Main St", "057123456")] == [True] * 4


def test_reference_typed_in_capitals_with_spaces_around_brings_the_form(client, georgia):
    client.post("/apply/ga/", georgia)
    assert client.post("/form/", {"reference": f" {georgia['reference'].upper()} "}).status_code == 200


@pytest.mark.parametrize("code", ["", "x", "a" * 26, "z" * 5000, "\x00"])
def test_unknown_reference_brings_a_helpful_page(client, look, code):
    found = look(client.post("/form/", {"reference": code}))
    assert found.response.status_code == 404
    assert found.headings == ["We found no form for this code"]
    assert 'href="/d/"' in found.html


def test_expired_reference_brings_a_helpful_page(client, look, georgia):
    client.post("/apply/ga/", georgia)
    with time_machine.travel("2028-08-01 12:00:00+00:00", tick=False):
        found = look(client.post("/form/", {"reference": georgia["reference"]}))
    assert found.response.status_code == 410
    assert found.headings == ["This form is no longer here"]


def test_form_is_drawn_in_the_language_in_which_it_was_made(client, georgia):
    client.post("/es/apply/ga/", georgia)
    pdf = pypdf.PdfReader(io.BytesIO(client.post("/form/", {"reference": georgia["reference"]}).content))
    assert pdf.trailer["/Root"]["/Lang"] == "es"


def test_form_is_not_to_be_had_by_an_address(client, georgia):
    client.post("/apply/ga/", georgia)
    assert client.get("/form/", {"reference": georgia["reference"]}).status_code == 405


def test_code_page_has_a_field_that_posts_to_the_form(client, look):
    found = look(client.get("/d/"))
    assert found.headings == ["Get your form again"]
    assert '<form id="again" method="post" action="/form/">' in found.html


def test_r28_answers_with_a_changed_byte_are_never_served_and_are_an_alert(client, look, georgia, settings, caplog):
    settings.ALERTS_TO = "night@example.org"
    client.post("/apply/ga/", georgia)
    document = Document.objects.get()
    for at in (0, 5, 40, len(document.sealed) - 1):
        damaged = bytearray(bytes(document.sealed))
        damaged[at] ^= 1
        Document.objects.update(sealed=bytes(damaged))
        found = look(client.post("/form/", {"reference": georgia["reference"]}))
        assert found.response.status_code == 410
        assert found.response["Content-Type"].startswith("text/html")
    errors = [each for each in caplog.records if each.levelname == "ERROR"]
    assert [each.code for each in errors] == ["field_unreadable"] * 4
    assert Mail.objects.count() == 1
    assert b"night@example.org" not in bytes(Mail.objects.get().sealed)
