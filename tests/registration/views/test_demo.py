"""The made-up partner's page, and what a partner copies."""

import re

import pytest
from django.core.management import call_command

from registration.domain.widget_releases import newest, releases
from registration.models import Partner, PartnerSite
from registration.views.snippet import Embed, snippet

SITE = "https://vote.example.org"


def demo(client, host="localhost:8000", path="/demo/"):
    return client.get(path, headers={"host": host})


def test_demo_page_is_on_another_origin_than_the_widget(client):
    html = demo(client).content.decode()
    assert '<script async src="http://127.0.0.1:8000/w/1/register.js"></script>' in html
    assert '<vote-register partner="demo" state="OH" lang="en" source="demo">' in html
    assert '<a href="http://127.0.0.1:8000/state/oh/?partner=demo">Register to vote</a>' in html


@pytest.mark.parametrize("path", ["/demo/", "/es/demo/"])
def test_demo_page_asked_for_at_our_own_address_leads_to_the_other(client, path):
    response = demo(client, "127.0.0.1:9000", path)
    assert (response.status_code, response.headers["Location"]) == (302, f"http://localhost:9000{path}")


@pytest.mark.parametrize("path", ["/demo/", "/es/demo/"])
def test_demo_page_is_not_on_a_public_site(client, settings, path):
    settings.ALLOWED_HOSTS = ["vote.example.org", "localhost"]
    assert demo(client, path=path).status_code == 404


def test_w02_demo_page_allows_what_a_partner_must_and_no_more(client):
    policy = demo(client).headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; script-src 'self' http://127.0.0.1:8000; frame-src http://127.0.0.1:8000; "
        "style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def test_demo_page_has_nothing_inline(client):
    html = demo(client).content.decode()
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", html) == []


def test_snippet_of_the_newest_version():
    assert snippet(Embed(SITE, "acme", "OH", "es"), newest(releases())) == (
        '<script async src="https://vote.example.org/w/1/register.js"></script>\n'
        '<vote-register partner="acme" state="OH" lang="es">\n'
        '  <a href="https://vote.example.org/es/state/oh/?partner=acme">Inscríbase para votar</a>\n'
        "</vote-register>"
    )


def test_snippet_of_a_pinned_version_carries_its_hash_and_a_state_is_not_needed():
    release = newest(releases())
    assert snippet(Embed(SITE, "acme"), release, pinned=True) == (
        f'<script async src="https://vote.example.org/w/{release.version}/register.js"\n'
        f'        integrity="{release.integrity}" crossorigin="anonymous"></script>\n'
        '<vote-register partner="acme" lang="en">\n'
        '  <a href="https://vote.example.org/?partner=acme">Register to vote</a>\n'
        "</vote-register>"
    )


def test_snippet_says_nothing_that_a_name_could_break_out_of():
    text = snippet(Embed(SITE, '"><script>', "", "en"), newest(releases()))
    assert text.count("<script") == 1


@pytest.mark.django_db
def test_demo_partner_may_show_the_widget_on_this_machine(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "9000")
    for _ in range(2):
        call_command("seed_demo")
    origins = PartnerSite.objects.filter(partner__slug="demo").order_by("pk").values_list("origin", flat=True)
    assert list(origins) == ["http://localhost:9000", "http://localhost:8001", "http://127.0.0.1:8001"]


@pytest.mark.django_db
def test_demo_partner_of_a_public_site_has_no_sites(settings, capsys):
    settings.ALLOWED_HOSTS = ["vote.example.org"]
    call_command("seed_demo")
    assert Partner.objects.filter(slug="demo").exists()
    assert PartnerSite.objects.count() == 0


def test_s04_values_of_a_snippet_are_escaped():
    evil = '"><script>alert(1)</script>'
    text = snippet(Embed(SITE, evil, "", "", evil), newest(releases()))
    assert (text.count("<script"), text.count("</script>")) == (1, 1)
