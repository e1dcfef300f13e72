"""The frame's addresses: who may show them, what stays inside, and what leads out."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.urls import get_resolver, get_script_prefix, reverse

from registration.domain.theme import theme_css, theme_version
from registration.models import Application, Partner, PartnerLogo, PartnerSite
from tests.conftest import Seconds

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
pytestmark = pytest.mark.django_db
NOW = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)
SITES = ("https://acme.example", "https://www.acme.example:8443")
IN_FRAME = ("/", "/es/", "/state/ga/", "/es/state/ga/", "/apply/ga/", "/d/", "/find/", "/nowhere/", "/apply/nd/")
OUTSIDE = ("/", "/es/", "/state/ga/", "/state/ga/rules/", "/compare/", "/apply/ga/", "/privacy/", "/d/", "/find/",
           "/go/ga/", "/deadline/ga/", "/state/ga/deadline.ics", "/nowhere/", "/embed/acme/theme.css")  # fmt: skip


@pytest.fixture
def acme() -> Partner:
    partner = Partner.objects.create(slug="acme", name="Acme <Votes>", approved_at=NOW)
    for origin in SITES:
        PartnerSite.objects.create(partner=partner, origin=origin, created_at=NOW)
    return partner


def ancestors(response) -> str:
    return re.search(r"frame-ancestors ([^;]*)", response.headers["Content-Security-Policy"])[1]


def links(html: str) -> list[str]:
    return re.findall(r'(?:href|action)="(/[^"]*)"', html)


@pytest.mark.parametrize("path", IN_FRAME)
def test_w03_w15_headers_of_every_page_in_the_frame(client, acme, path):
    response = client.get(f"/embed/acme{path}")
    assert ancestors(response) == " ".join(SITES)
    found = {name: response.headers.get(name) for name in (
        "X-Frame-Options", "Cross-Origin-Resource-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy",
        "Set-Cookie",
    )}  # fmt: skip
    assert found == {
        "X-Frame-Options": None,
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
        "Referrer-Policy": "strict-origin",
        "Set-Cookie": None,
    }
    policy = response.headers["Content-Security-Policy"]
    assert [part in policy for part in ("script-src 'self';", "style-src 'self';", "form-action 'self';")] == [True] * 3
    assert "max-age=300" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", OUTSIDE)
def test_w03_w15_headers_of_every_other_page(client, acme, path):
    response = client.get(path)
    assert ancestors(response) == "'none'"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_w03_every_named_route_of_the_full_site_is_in_no_frame(client, acme):
    """Whatever routes come to be: each that takes a place or nothing is asked for."""
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    addresses = []
    for name in sorted(names):
        for kwargs in ({}, {"code": "ga"}):
            try:
                addresses.append(reverse(name, kwargs=kwargs))
            except Exception:  # noqa: BLE001, S112  a route with other parameters is asked for by its own tests
                continue
    assert len(addresses) >= 10
    assert {address: ancestors(client.get(address)) for address in addresses} == dict.fromkeys(addresses, "'none'")


def test_w03_a_partner_without_sites_is_shown_nowhere(client):
    Partner.objects.create(slug="acme", name="Acme", approved_at=NOW)
    assert ancestors(client.get("/embed/acme/")) == "'none'"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "fields", [{"approved_at": None}, {"approved_at": NOW, "suspended_at": NOW}], ids=["not approved", "suspended"]
)
def test_the_form_of_a_partner_that_is_not_active_cannot_be_shown(client, look, acme, fields, language):
    Partner.objects.filter(pk=acme.pk).update(**fields)
    found = look(client.get("/embed/acme/start/", {"lang": language}))
    assert (found.response.status_code, ancestors(found.response)) == (404, "'none'")
    assert f'<html lang="{language}">' in found.html
    assert re.search(r'<a class="usa-button" href="/(es/)?" target="_blank" rel="noopener">', found.html)


@pytest.mark.parametrize("slug", ["nobody", "site", "ACME", "a%00b", "..", "es"])
def test_the_form_of_nobody_cannot_be_shown(client, acme, slug):
    response = client.get(f"/embed/{slug}/apply/ga/")
    assert (response.status_code, ancestors(response)) == (404, "'none'")


def test_w03_a_site_taken_off_the_list_is_out_within_a_minute(client, acme, outage_clock: Seconds):
    assert ancestors(client.get("/embed/acme/")) == " ".join(SITES)
    PartnerSite.objects.filter(origin=SITES[1]).delete()
    outage_clock.now = 61.0
    assert ancestors(client.get("/embed/acme/")) == SITES[0]


def test_the_frame_stands_without_the_database_for_its_last_known_sites(client, acme, outage_clock: Seconds):
    client.get("/embed/acme/")
    outage_clock.now = 61.0

    def refuse(*_arguments):
        raise OperationalError("away")

    with connection.execute_wrapper(refuse):
        answers = [client.get(f"/embed/acme{path}") for path in ("/", "/state/ga/", "/apply/ga/")]
        check = client.post("/embed/acme/apply/ga/check/", {"step": "name"})
    assert [(answer.status_code, ancestors(answer)) for answer in answers] == [(200, " ".join(SITES))] * 3
    assert check.status_code == 200


@pytest.mark.parametrize("path", ["/", "/es/", "/state/ga/", "/es/apply/ga/", "/d/", "/nowhere/", "/find/"])
def test_every_link_stays_in_the_frame_or_opens_a_tab(client, look, acme, path):
    html = look(client.get(f"/embed/acme{path}")).html
    inside = [each for each in links(html) if not each.startswith("/static/")]
    assert inside != []
    tabs = set(re.findall(r'href="(/[^"]*)" target="_blank" rel="noopener"', html))
    assert [each for each in inside if not each.startswith("/embed/acme/") and each not in tabs] == []
    for name in ("privacy", "rules"):
        assert [each for each in inside if f"/{name}/" in each and each not in tabs] == []


def test_the_language_switch_stays_in_the_frame(client, look, acme):
    html = look(client.get("/embed/acme/state/ga/?source=letter")).html
    assert 'href="/embed/acme/es/state/ga/?source=letter" lang="es"' in html
    back = look(client.get("/embed/acme/es/state/ga/")).html
    assert 'href="/embed/acme/state/ga/" lang="en"' in back


def test_the_prefix_of_a_frame_is_for_its_own_request_alone(client, look, acme):
    for path in ("/embed/acme/", "/embed/acme/nowhere/", "/embed/nobody/", "/embed/deadline/ga/"):
        client.get(path)
        assert get_script_prefix() == "/"
        assert [each for each in links(look(client.get("/state/ga/")).html) if "/embed/" in each] == []


def test_static_files_keep_their_addresses(client, look, acme):
    html = look(client.get("/embed/acme/apply/ga/")).html
    loaded = re.findall(r'(?:src|href)="([^"]*\.(?:js|css|woff2|svg)[^"]*)"', html)
    theme = f"/embed/acme/theme.css?v={theme_version(acme)}"
    assert [each for each in loaded if not each.startswith("/static/")] == [theme]


def test_the_frames_own_layout(client, look, acme):
    html = look(client.get("/embed/acme/state/ga/")).html
    assert 'data-hosts="https://acme.example https://www.acme.example:8443"' in html
    assert "Acme &lt;Votes&gt;" in html
    assert (
        "Enfranchise runs this form. Acme &lt;Votes&gt; gets none of your answers unless you choose to share them."
        in html
    )
    assert "nonpartisan" in html
    assert '<meta name="referrer" content="strict-origin">' in html
    assert 'href="/state/ga/?partner=acme" target="_blank"' in html


@pytest.mark.parametrize(
    ("query", "leads_to"),
    [
        ("", "/embed/acme/?begin=1"),
        ("?state=OH&lang=es", "/embed/acme/es/state/oh/?begin=1"),
        ("?state=oh&source=letter&utm_medium=mail", "/embed/acme/state/oh/?source=letter&utm_medium=mail&begin=1"),
        ("?state=ZZ&lang=fr&source=a%20b", "/embed/acme/?begin=1"),
        ("?lang=es&first_name=Ana&next=//evil.example", "/embed/acme/es/?begin=1"),
    ],
)
def test_start_leads_to_where_the_frame_begins(client, acme, query, leads_to):
    response = client.get(f"/embed/acme/start/{query}")
    assert (response.status_code, response.headers["Location"]) == (302, leads_to)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/compare/?source=x", "/compare/?partner=acme&source=x"),
        ("/es/state/ga/rules/", "/es/state/ga/rules/?partner=acme"),
        ("/privacy/", "/privacy/?partner=acme"),
    ],
)
def test_pages_that_are_not_for_a_frame_lead_out_of_it(client, acme, path, leads_to):
    assert client.get(f"/embed/acme{path}").headers["Location"] == leads_to


def test_w11_theme_is_kept_for_ever_under_its_own_name_only(client, acme):
    named = client.get(f"/embed/acme/theme.css?v={theme_version(acme)}")
    assert (named.headers["Content-Type"], named.content.decode()) == ("text/css; charset=utf-8", theme_css(acme))
    assert named.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/embed/acme/theme.css?v=old").headers["Cache-Control"] == "public, max-age=60"


def test_w11_logo_is_a_picture_of_ours(client, look, acme):
    assert client.get("/embed/acme/logo.png").status_code == 404
    PartnerLogo.objects.create(partner=acme, png=b"\x89PNG...", width=80, height=20, digest="abc", alt="Acme’s logo")
    response = client.get("/embed/acme/logo.png?v=abc")
    assert (response.headers["Content-Type"], response.content) == ("image/png", b"\x89PNG...")
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    html = look(client.get("/embed/acme/")).html
    assert '<img src="/embed/acme/logo.png?v=abc" alt="Acme’s logo" width="80" height="20">' in html


def test_submission_from_the_frame_is_the_partners_and_the_pdf_comes(client, look, acme, georgia):
    own = {"sec-fetch-site": "same-origin"}
    answer = client.post("/embed/acme/apply/ga/", {**georgia, "partner": "other"}, headers=own)
    assert look(answer).headings == ["Your form is ready to print"]
    assert 'data-reached="form_ready"' in answer.content.decode()
    assert Application.objects.values_list("partner__slug", "channel").get() == ("acme", "widget")
    pdf = client.post("/embed/acme/form/", {"reference": georgia["reference"]}, headers=own)
    assert (pdf.headers["Content-Type"], ancestors(pdf)) == ("application/pdf", " ".join(SITES))


@pytest.mark.parametrize("path", ["/find/", "/apply/ga/", "/apply/ga/check/", "/form/"])
def test_another_site_posts_nothing_into_the_frame(client, look, acme, path):
    found = look(client.post(f"/embed/acme{path}", {}, headers={"sec-fetch-site": "cross-site"}))
    assert found.response.status_code == 403
    assert 'data-failed="denied"' in found.html


@pytest.mark.parametrize("path", ["/embed/deadline/ga/", "/embed/deadline/GA/", "/embed/es/deadline/ga/"])
def test_the_next_deadline_alone_may_stand_on_any_site(client, look, path):
    found = look(client.get(path))
    assert (found.response.status_code, ancestors(found.response)) == (200, "*")
    assert found.response.headers["Cache-Control"] == "public, max-age=60"
    assert ("octubre" if "/es/" in path else "October") in found.html
    assert set(links(found.html)) - set(re.findall(r'"(/static/[^"]*)"', found.html)) <= {
        "/state/ga/", "/es/state/ga/", "#main",
    }  # fmt: skip
    assert 'target="_blank"' in found.html


def test_the_next_deadline_where_nobody_registers(client, look):
    found = look(client.get("/embed/deadline/nd/"))
    assert found.headings == ["You do not need to register in North Dakota"]


def test_the_next_deadline_of_no_place(client):
    assert client.get("/embed/deadline/zz/").status_code == 404


def test_a_request_that_cannot_be_read_gets_its_page_in_the_frame(client, look, acme, georgia):
    large = look(client.post("/embed/acme/apply/ga/", {**georgia, "first_name": "a" * 300_000}))
    many = look(client.get("/embed/acme/", {f"a{number}": "1" for number in range(500)}))
    for found in (large, many):
        assert (found.response.status_code, 'data-failed="bad_request"' in found.html) == (400, True)
        assert ancestors(found.response) == " ".join(SITES)


def test_every_address_that_a_page_of_the_frame_names_is_one_of_the_frames():
    """A template that names another one fails in the frame alone, where nobody would look."""
    folders = ("apply", "components", "errors", "form", "widget")
    files = [each for folder in folders for each in (TEMPLATES / folder).glob("*.html")]
    files += [TEMPLATES / name for name in ("home.html", "find.html", "states/state.html", "states/way.html")]
    named = {name for each in files for name in re.findall(r"{% url ['\"]([\w:-]+)['\"]", each.read_text())}
    known = {name for name in get_resolver("config.urls_embedded").reverse_dict if isinstance(name, str)}
    assert named - known == set()


def test_an_error_of_ours_gets_its_page_in_the_frame(client, look, acme, monkeypatch):
    from registration.views import home

    client.raise_request_exception = False
    monkeypatch.setattr(home, "places", lambda: 1 / 0)
    found = look(client.get("/embed/acme/"))
    assert (found.response.status_code, ancestors(found.response)) == (500, " ".join(SITES))
    assert 'data-failed="server_error"' in found.html
    assert f'data-hosts="{" ".join(SITES)}"' in found.html
    assert "/embed/acme/" in found.html
