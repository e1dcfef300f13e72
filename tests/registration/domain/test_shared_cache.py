"""What the server processes share says nothing of a person, and goes."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.utils import timezone

from registration.domain import shared_cache

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(settings.CACHE_URL), reason="Redis has it, and forgets by itself"),
]


def table() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM shared_cache ORDER BY expires")
        return cursor.fetchall()


def test_s30_address_of_who_tries_to_sign_in_is_no_name_of_an_entry():
    caches["default"].set("allauth:rl:login_failed:ip:203.0.113.7", 1)
    ((key, _value),) = table()
    assert ("203.0.113.7" in key, len(key)) == (False, 64)
    assert caches["default"].get("allauth:rl:login_failed:ip:203.0.113.7") == 1
    assert caches["default"].get("allauth:rl:login_failed:ip:203.0.113.8") is None


def test_what_is_over_goes_although_nobody_asks_for_it():
    now = timezone.now()
    caches["default"].set("a", 1, timeout=60)
    caches["default"].set("b", 2, timeout=3600)
    assert shared_cache.clear(now) == 0
    assert shared_cache.clear(now + timedelta(minutes=10)) == 1
    assert [caches["default"].get(key) for key in ("a", "b")] == [None, 2]
