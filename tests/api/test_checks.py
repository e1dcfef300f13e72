"""Settings under which the API must not start."""

import pytest

from api.checks import api_settings


def ids() -> list[str]:
    return [each.id for each in api_settings()]


def test_default_settings_are_fine():
    assert ids() == []


@pytest.mark.parametrize("text", ["", "240", "0/60", "240/0", "240/100000", "many"])
def test_rate_that_is_none_is_refused(settings, text):
    settings.API_RATES = {**settings.API_RATES, "write": text}
    assert ids() == ["enfranchise.E010"]
    assert "API_RATE_WRITE" in api_settings()[0].msg


@pytest.mark.parametrize("hops", [-1, 11])
def test_number_of_proxies_that_makes_no_sense_is_refused(settings, hops):
    settings.TRUSTED_PROXIES = hops
    assert ids() == ["enfranchise.E011"]


@pytest.mark.parametrize(("hops", "found"), [(0, ["enfranchise.E013"]), (1, [])])
def test_s26_behind_a_proxy_visitors_are_told_apart(settings, hops, found):
    settings.BEHIND_TLS, settings.TRUSTED_PROXIES = True, hops
    assert ids() == found


def test_counter_that_is_no_redis_is_refused(settings):
    settings.CACHE_URL = "memcached://127.0.0.1"
    assert ids() == ["enfranchise.E012"]
