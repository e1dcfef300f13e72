"""What the service refuses to start with."""

import pytest

from config import urls_public
from registration import urls
from registration.checks import (
    TAKEN,
    dashboard_is_safe,
    form_limits_are_sound,
    local_elections_load,
    operators_pages_stand_well,
    rule_files,
    secrets_are_secret,
    settings_are_safe,
)
from state_rules import elections, federal


@pytest.mark.parametrize(
    ("target", "ids"),
    [
        ("", []),
        ("rules@vote.example", []),
        ("https://vote.example/report?from=site", []),
        ("http://vote.example/report", ["enfranchise.E005"]),
        ("https://", ["enfranchise.E005"]),
        ("javascript:alert(1)", ["enfranchise.E005"]),
        ("mailto:rules@vote.example", ["enfranchise.E005"]),
        ("the office", ["enfranchise.E005"]),
    ],
)
def test_reports_of_mistakes_go_to_an_address_of_mail_or_https(settings, target, ids):
    settings.REPORT_MISTAKES_TO = target
    assert [each.id for each in settings_are_safe()] == ids


def test_broken_federal_file_or_calendar_stops_the_check(tmp_path, monkeypatch):
    for module, name in ((federal, "us.toml"), (elections, "elections.toml")):
        broken = tmp_path / name
        broken.write_text("surprise = 1\n" + module.FILE.read_text(encoding="utf-8"), encoding="utf-8")
        loader = module.federal if module is federal else module.calendar
        monkeypatch.setattr(module, "FILE", broken)
        load = {"us.toml": federal.load_federal, "elections.toml": elections.load_calendar}[name]
        monkeypatch.setattr(load, "__defaults__", (broken,))
        loader.cache_clear()
    try:
        found = [(each.id, each.msg) for each in rule_files()]
    finally:
        monkeypatch.undo()
        federal.federal.cache_clear()
        elections.calendar.cache_clear()
    assert found == [
        ("enfranchise.E001", "elections.toml: surprise: unknown key"),
        ("enfranchise.E001", "us.toml: surprise: unknown key"),
    ]
    assert rule_files() == []


def test_faulty_local_elections_stop_the_check(tmp_path, settings):
    settings.LOCAL_ELECTIONS = str(tmp_path / "none.toml")
    assert [each.id for each in local_elections_load()] == ["enfranchise.E006"]
    settings.LOCAL_ELECTIONS = ""
    assert local_elections_load() == []


@pytest.mark.parametrize(
    ("allowed", "hosts", "ids"),
    [
        (True, ["127.0.0.1", "localhost"], []),
        (True, ["localhost", "vote.example"], ["enfranchise.E015"]),
        (False, ["vote.example"], []),
    ],
)
def test_webhooks_to_this_machine_are_refused_with_a_public_host(settings, allowed, hosts, ids):
    settings.WEBHOOK_ALLOW_LOOPBACK, settings.ALLOWED_HOSTS = allowed, hosts
    assert [each.id for each in settings_are_safe()] == ids


@pytest.mark.parametrize(
    ("url", "behind_tls", "ids"),
    [
        ("http://localhost:8000", False, []),
        ("https://vote.example.org", True, []),
        ("http://vote.example.org", True, ["enfranchise.E025"]),
        ("https://vote.example.org/partners", True, ["enfranchise.E025"]),
        ("vote.example.org", False, ["enfranchise.E025"]),
    ],
)
def test_links_in_emails_need_the_sites_own_address(settings, url, behind_tls, ids):
    settings.SITE_URL, settings.BEHIND_TLS = url, behind_tls
    assert [each.id for each in dashboard_is_safe()] == ids


def test_tries_to_sign_in_are_not_counted_by_each_process_alone(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert [each.id for each in dashboard_is_safe()] == ["enfranchise.E026"]


@pytest.mark.parametrize(
    ("name", "value", "ids"),
    [
        ("FORM_FASTEST_SECONDS", 4, []),
        ("FORM_RATES", {"address": "many", "network": "0/600", "misses": "1000000/600"}, ["enfranchise.E050"] * 2),
        ("FORM_FASTEST_SECONDS", -1, ["enfranchise.E051"]),
        ("FORM_FASTEST_SECONDS", 31, ["enfranchise.E051"]),
        ("FORM_WORK_BITS", 7, ["enfranchise.E052"]),
        ("FORM_WORK_BITS", 21, ["enfranchise.E052"]),
        ("FORM_WAIT_SECONDS", 0, ["enfranchise.E053"]),
        ("FORM_WAIT_SECONDS", 121, ["enfranchise.E053"]),
    ],
)
def test_limits_of_the_form_that_count_nothing_or_shut_people_out_stop_the_check(settings, name, value, ids):
    setattr(settings, name, value)
    assert [each.id for each in form_limits_are_sound()] == ids


@pytest.mark.parametrize(
    ("path", "host", "behind_tls", "ids"),
    [
        ("", "", False, []),
        ("ops-7f3a", "", True, []),
        ("ops-7f3a", "ops.vote.example", True, []),
        ("admin", "", True, ["enfranchise.E042"]),
        ("partners", "", True, ["enfranchise.E042"]),
        ("Ops-7f3a", "", True, ["enfranchise.E042"]),
        ("ops/7f3a", "", True, ["enfranchise.E042"]),
        ("ops-7f3a", "other.example", True, ["enfranchise.E043"]),
        ("ops-7f3a", "", False, ["enfranchise.E044"]),
    ],
)
def test_s38_operators_pages_stand_where_nothing_else_does(settings, path, host, behind_tls, ids):
    settings.ALLOWED_HOSTS = ["vote.example", "ops.vote.example"]
    settings.ADMIN_PATH, settings.ADMIN_HOST, settings.BEHIND_TLS = path, host, behind_tls
    assert [each.id for each in operators_pages_stand_well()] == ids


def test_s38_addresses_of_the_site_that_are_long_enough_are_taken():
    first = {str(each.pattern).partition("/")[0] for each in [*urls.urlpatterns, *urls_public.urlpatterns]}
    assert {each for each in first if len(each) >= 6} - TAKEN == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "https://vote.example.org"),
        ("BEHIND_TLS", True),
        ("ALLOWED_HOSTS", ["localhost", "vote.example.org"]),
    ],
)
def test_s20_site_is_public_also_behind_a_proxy_that_calls_it_by_this_machines_name(settings, name, value):
    settings.DEBUG = True
    assert [each.id for each in settings_are_safe()] == []
    setattr(settings, name, value)
    assert [each.id for each in settings_are_safe()] == ["enfranchise.E003"]


def test_s20_former_secret_key_is_secret_too(settings):
    settings.SECRET_KEY_FALLBACKS = ["changeme"]
    assert [each.id for each in secrets_are_secret()] == ["enfranchise.E035"]
