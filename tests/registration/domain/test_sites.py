"""A site is an exact origin: what is wider, or not what it seems, is refused with what to do instead."""

from datetime import UTC, datetime

import pytest
from django.db import OperationalError

from registration.domain import sites
from registration.domain.audit import Order, Refused
from registration.domain.sites import MOST_SITES, allow, origin_of, origins_of, remove, sites_of
from registration.domain.validation.problem import Problem
from registration.models import AuditEntry, Partner, PartnerSite

NOW = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)
ORDER = Order("member 7", "Set in the dashboard.", NOW)


@pytest.fixture
def partner(db) -> Partner:
    return Partner.objects.create(slug="acme", name="Acme", approved_at=NOW)


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://www.example.org", "https://www.example.org"),
        ("  HTTPS://WWW.Example.ORG/ ", "https://www.example.org"),
        ("www.example.org", "https://www.example.org"),
        ("example.org:8443", "https://example.org:8443"),
        ("https://example.org:443", "https://example.org"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:80/", "http://127.0.0.1"),
        ("https://localhost:3000", "https://localhost:3000"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ],
)
def test_origin_of_what_people_type(text, origin):
    assert origin_of(text) == origin


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "site_required"),
        ("   ", "site_required"),
        ("https://*.example.org", "site_wildcard"),
        ("*", "site_wildcard"),
        ("ftp://example.org", "site_not_https"),
        ("http://example.org", "site_not_https"),
        ("javascript:alert(1)", "site_shape"),
        ("javascript://example.org/%0aalert(1)", "site_not_https"),
        ("data:text/html,x", "site_shape"),
        ("https://user:secret@example.org", "site_credentials"),
        ("https://example.org@evil.example", "site_credentials"),
        ("https://example.org/vote", "site_path"),
        ("https://example.org?x=1", "site_path"),
        ("https://example.org#top", "site_path"),
        ("https://example.org?", "site_path"),
        ("https://example.org/#", "site_path"),
        ("https://example", "site_shape"),
        ("https://example.org.", "site_shape"),
        ("https://-example.org", "site_shape"),
        ("https://exa_mple.org", "site_shape"),
        ("https://example.org:99999", "site_shape"),
        ("https://example.org:0", "site_shape"),
        ("https://example.org:", "site_shape"),
        ("https://example.org:80a", "site_shape"),
        ("https://example.org; script-src none", "site_shape"),
        ("https://example.org;script-src", "site_shape"),
        ("https://example.org,https://evil.example", "site_shape"),
        ("https://exam\nple.org", "site_shape"),
        ("https://exam\u202eple.org", "site_shape"),
        ("https:\\\\example.org", "site_shape"),
        ("https://example.org\\@evil.example", "site_shape"),
        ("https://[::1]", "site_shape"),
        ("https://[::1", "site_shape"),
        ("https://10.0.0.1", "site_number"),
        ("https://0x7f.1", "site_number"),
        ("https://1.0x7f000001", "site_number"),
        ("https://straße.example", "site_letters"),
        ("https://" + "ü" * 300 + ".example", "site_shape"),
        ("https://" + "a" * 64 + ".example", "site_shape"),
        ("https://<script>.example", "site_shape"),
        ("https://%65xample.org", "site_shape"),
    ],
)
def test_s04_hostile_site_is_refused(text, code):
    found = origin_of(text)
    assert isinstance(found, Problem)
    assert (found.code, found.field) == (code, "site")


def test_s04_look_alike_is_shown_in_ascii():
    """The first letter is Cyrillic."""
    assert origin_of("https://аpple.example") == "https://xn--pple-43d.example"


def test_site_with_a_path_is_told_its_origin():
    assert origin_of("https://Example.org:8443/vote?x") == Problem(
        "site_path", "site", {"origin": "https://example.org:8443"}
    )


def test_site_without_tls_is_told_the_one_with():
    assert origin_of("http://example.org/a") == Problem("site_not_https", "site", {"origin": "https://example.org"})


def test_loopback_is_refused_where_the_service_is_public(settings):
    settings.BEHIND_TLS = True
    assert origin_of("http://localhost:8080") == Problem("site_loopback", "site")


def test_allowed_site_is_kept_and_written_down(partner):
    site = allow(partner, "https://www.example.org/", ORDER)
    assert [each.origin for each in sites_of(partner)] == ["https://www.example.org"]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.who, entry.partner, entry.subject_id, entry.details) == (
        "site_allowed", "member 7", partner, site.pk, {"origin": "https://www.example.org"},
    )  # fmt: skip


def test_site_that_is_there_is_not_taken_twice(partner):
    allow(partner, "https://www.example.org", ORDER)
    assert allow(partner, "HTTPS://www.example.org/", ORDER) == Problem(
        "site_there", "site", {"origin": "https://www.example.org"}
    )
    assert PartnerSite.objects.count() == AuditEntry.objects.count() == 1


def test_there_is_an_end_to_sites(partner):
    for number in range(MOST_SITES):
        PartnerSite.objects.create(partner=partner, origin=f"https://{number}.example", created_at=NOW)
    assert allow(partner, "https://more.example", ORDER) == Problem("site_too_many", "site", {"limit": 50})


def test_order_that_gives_no_name_is_refused(partner):
    with pytest.raises(Refused):
        allow(partner, "https://www.example.org", Order("", "A reason.", NOW))


def test_removed_site_is_gone_and_written_down(partner):
    site = allow(partner, "https://www.example.org", ORDER)
    key = site.pk
    assert origins_of("acme") == ("https://www.example.org",)
    remove(site, ORDER)
    assert (origins_of("acme"), sites_of(partner)) == ((), [])
    entry = AuditEntry.objects.last()
    assert (entry.action, entry.subject_id, entry.details) == (
        "site_removed", key, {"origin": "https://www.example.org"},
    )  # fmt: skip


@pytest.mark.parametrize("state", [{"approved_at": None}, {"suspended_at": NOW}])
def test_partner_that_is_not_active_has_no_origins(partner, state):
    allow(partner, "https://www.example.org", ORDER)
    Partner.objects.update(**state)
    assert origins_of("acme") == ()


def test_w03_origins_are_read_again_after_a_minute(partner, outage_clock, django_assert_num_queries):
    PartnerSite.objects.create(partner=partner, origin="https://one.example", created_at=NOW)
    assert origins_of("acme") == ("https://one.example",)
    PartnerSite.objects.create(partner=partner, origin="https://two.example", created_at=NOW)
    outage_clock.now = 59.9
    with django_assert_num_queries(0):
        assert origins_of("acme") == ("https://one.example",)
    outage_clock.now = 60.0
    assert origins_of("acme") == ("https://one.example", "https://two.example")


def test_origins_stand_while_the_database_is_away(partner, outage_clock, monkeypatch):
    allow(partner, "https://www.example.org", ORDER)
    assert origins_of("acme") == ("https://www.example.org",)

    def away(_slug):
        raise OperationalError

    monkeypatch.setattr(sites, "_query", away)
    outage_clock.now = 100.0
    assert (origins_of("acme"), origins_of("other")) == (("https://www.example.org",), ())


def test_names_without_sites_fill_no_memory(db):
    for number in range(100):
        origins_of(f"nobody-{number}")
    assert sites._origins._read == {}
