"""Every page in house style: no third party, nothing inline, its language said, errors that repeat nothing."""

import re

import pytest
from django.test import RequestFactory

from registration.views.errors import bad_request, server_error

pytestmark = pytest.mark.django_db
ADDRESSES = ["/", "/privacy/", "/d/", "/state/ga/", "/state/nd/", "/state/pr/", "/apply/ga/", "/apply/nh/", "/nowhere/"]
ADDRESSES += ["/compare/", "/compare/?online=no&open=online", "/state/ga/rules/", "/state/pr/rules/?on=x"]


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_page_loads_nothing_from_elsewhere_and_has_nothing_inline(client, look, address, prefix):
    html = look(client.get(prefix + address)).html
    loaded = re.findall(r'<(?:script|img|link|source|iframe)[^>]* (?:src|href)="([^"]*)"', html)
    assert [source for source in loaded if not source.startswith("/static/")] == []
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", html) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_has_one_first_heading_and_a_title_and_a_way_past_the_header(client, look, address):
    found = look(client.get(address))
    assert len(found.headings) == 1
    assert found.title.endswith(" – Enfranchise")
    assert 'href="#main"' in found.html
    assert 'id="main"' in found.html


def test_page_names_its_language_and_links_to_the_other(client, look):
    english, spanish = look(client.get("/state/ga/")), look(client.get("/es/state/ga/"))
    assert '<html lang="en">' in english.html
    assert '<a class="top__language" href="/es/state/ga/" lang="es" hreflang="es">Español</a>' in english.html
    assert '<html lang="es">' in spanish.html
    assert '<a class="top__language" href="/state/ga/" lang="en" hreflang="en">English</a>' in spanish.html


def test_page_says_that_it_is_not_the_government(client, look):
    assert "This is not a government website." in look(client.get("/")).html


def test_privacy_page_says_for_how_long(client, look, settings):
    settings.SEALED_ANSWERS_DAYS = 12
    assert "We delete the locked answers after 12 days." in look(client.get("/privacy/")).html


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "/privacy/",
            (
                "For the link it waits 3 days at most.",
                "For a printed form it waits 21 days at most.",
                "We erase our copy within 5 days.",
                "Without your code, nobody here can read it.",
                "We write only where somebody typed in your address or number",
            ),
        ),
        (
            "/es/privacy/",
            (
                "Para el enlace espera 3 días como máximo.",
                "Para un formulario impreso espera 21 días como máximo.",
                "Borramos nuestra copia en un plazo de 5 días.",
                "Sin su código, nadie aquí puede leerlo.",
                "Solo escribimos cuando alguien anotó su dirección o número",
            ),
        ),
    ],
)
def test_privacy_page_says_what_waits_for_the_link_and_for_paper(client, look, settings, address, said):
    settings.KEEP_DAYS = ["print_batches=5"]
    html = look(client.get(address)).html
    assert [each for each in said if each not in html] == []
    for untrue in ("and we do not keep it", "never stored", "nowhere else", "did not ask for it"):
        assert untrue not in html


def test_error_pages_in_house_style(look):
    request = RequestFactory().get("/apply/ga/?name=Canary")
    for answer, status in ((bad_request(request), 400), (server_error(request), 500)):
        found = look(answer)
        assert (found.response.status_code, len(found.headings)) == (status, 1)
        assert "Canary" not in found.html


def test_page_that_is_not_there(client, look):
    found = look(client.get("/nowhere/"))
    assert (found.response.status_code, found.headings) == (404, ["We cannot find this page"])


def test_more_than_an_honest_form_is_refused(client, georgia):
    assert client.post("/apply/ga/", {**georgia, "first_name": "a" * 300_000}).status_code == 400


@pytest.mark.parametrize(
    ("address", "kept"),
    [("/", True), ("/state/ga/", True), ("/privacy/", True), ("/apply/ga/", False), ("/d/", False)],
)
def test_page_may_be_kept_only_where_it_holds_nothing_of_a_person(client, address, kept):
    control = client.get(address)["Cache-Control"]
    assert ("public" in control, "no-store" in control) == (kept, not kept)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_request_that_cannot_be_read_gets_the_page_for_bad_requests(client, method):
    many = {f"a{number}": "1" for number in range(500)}
    response = getattr(client, method)("/", many)
    assert response.status_code == (400 if method == "get" else 405)


def test_a_post_in_a_foreign_charset_gets_the_page_for_bad_requests(client):
    response = client.generic("POST", "/find/", b"zip=30303", "application/x-www-form-urlencoded; charset=latin-1")
    assert response.status_code == 400
