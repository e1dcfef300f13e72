"""Rates hold whoever counts, for all processes together, and never shut the door when the counting fails."""

import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, connections

from registration.domain import rates
from registration.domain.last_known import Outage
from registration.domain.rates import Rate, guest_of_address, take
from registration.models import RateWindow
from tests.api.conftest import Caller, key_of, problem

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = "20/86400"


@pytest.fixture(autouse=True)
def _counts_of_this_test(monkeypatch):
    monkeypatch.setattr(rates, "_own", rates._OwnCount())
    monkeypatch.setattr(rates, "_outage", Outage())


@pytest.fixture
def twenty(settings):
    settings.API_RATES = dict.fromkeys(settings.API_RATES, DAY)


@pytest.mark.urls("tests.api.doors")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_200_calls_40_of_them_at_once_let_exactly_20_through(twenty):
    def call(_number: int) -> int:
        try:
            return Caller().get("open/").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(40) as pool:
        statuses = Counter(pool.map(call, range(200)))
    assert statuses == {200: 20, 429: 180}


def database_url() -> str:
    """The address of the test's own database, for another process."""
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{here['NAME']}"
    secret = f":{quote(here['PASSWORD'])}" if here["PASSWORD"] else ""
    return f"postgres://{here['USER']}{secret}@{here['HOST'] or '127.0.0.1'}:{here['PORT'] or 5432}/{here['NAME']}"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_limit_holds_across_processes(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from registration.domain.rates import Rate, take\n"
        "rate = Rate('key', 20, 86400)\n"
        "print(sum(not take(rate, 'guest', 1_860_000_000).is_over for _ in range(50)))\n"
    )
    environment = {
        "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(tmp_path),
        "DATABASE_URL": database_url(),
    }  # fmt: skip
    connection.close()
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    let_through = [int(each.communicate(timeout=60)[0]) for each in running]
    assert sum(let_through) == 20
    assert RateWindow.objects.get().count == 200


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_s07_two_server_processes_share_the_count_of_forms(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.test import RequestFactory\n"
        "from registration.views.challenge import challenge\n"
        "request = lambda: RequestFactory().post('/apply/ga/', {'reference': 'a' * 26}, REMOTE_ADDR='192.0.2.1')\n"
        "print(sum(challenge(request()) is None for _ in range(30)))\n"
    )
    environment = {
        "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(tmp_path),
        "DATABASE_URL": database_url(), "SECRET_KEY": "one key of 50 characters or more for both of the processes",
        "FORM_FASTEST_SECONDS": "0", "FORM_RATE_ADDRESS": DAY,
    }  # fmt: skip
    connection.close()
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    taken = [int(each.communicate(timeout=60)[0]) for each in running]
    assert sum(taken) == 20
    assert sorted(RateWindow.objects.values_list("count", flat=True)) == [60, 60]


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def redis_server(tmp_path):
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    for _ in range(100):
        import socket

        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield server, f"redis://127.0.0.1:{port}/0"
    server.kill()
    server.wait()


def test_redis_counts_200_at_once_and_forgets_them(redis_server, settings):
    _server, settings.CACHE_URL = redis_server
    rate = Rate("key", 20, 3600)
    with ThreadPoolExecutor(40) as pool:
        let_through = list(pool.map(lambda _: not take(rate, "guest", 1_860_000_000).is_over, range(200)))
    assert sum(let_through) == 20
    assert (rates.look(rate, "guest", 1_860_000_000).count, rates.look(rate, "other", 1_860_000_000).count) == (200, 0)
    [key] = rates._redis(settings.CACHE_URL).keys()
    assert 0 < rates._redis(settings.CACHE_URL).ttl(key) <= 3601


@pytest.mark.urls("tests.api.doors")
@pytest.mark.django_db
def test_dead_redis_is_no_failure_and_the_process_counts_itself(redis_server, settings, twenty, caplog):
    server, settings.CACHE_URL = redis_server
    assert Caller().get("open/").status_code == 200
    server.kill()
    server.wait()
    statuses = [Caller().get("open/").status_code for _ in range(25)]
    assert statuses == [200] * 20 + [429] * 5
    assert [each.msg for each in caplog.records if each.name == rates.__name__] == [
        "rates are counted by each process for itself"
    ]


@pytest.mark.urls("tests.api.doors")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_dead_database_is_no_failure_and_the_process_counts_itself(twenty):
    table = RateWindow._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO away")
    try:
        statuses = [Caller().get("open/").status_code for _ in range(25)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE away RENAME TO {table}")
    assert statuses == [200] * 20 + [429] * 5
    assert rates.look(Rate("address", 20, 86400), guest_of_address("127.0.0.1", ""), time.time()).count == 25


@pytest.mark.urls("tests.api.doors")
@pytest.mark.django_db
def test_too_many_says_when_to_come_back(twenty):
    answers = [Caller().get("open/") for _ in range(21)]
    assert answers[0].headers["RateLimit-Policy"] == '"address";q=20;w=86400'
    left = [each.headers["RateLimit"].split(";")[1] for each in answers]
    assert left == [f"r={number}" for number in range(19, -1, -1)] + ["r=0"]
    assert problem(answers[20])[:2] == (429, "throttled")
    reset = int(answers[20].headers["RateLimit"].split("t=")[1])
    assert int(answers[20].headers["Retry-After"]) == reset
    assert 0 < reset <= 86400


@pytest.mark.urls("tests.api.doors")
@pytest.mark.django_db
def test_keys_count_apart_from_each_other_and_from_their_address(partner, twenty):
    first, second = Caller(key_of(partner)), Caller(key_of(partner))
    assert [first.get("guarded/").status_code for _ in range(21)] == [200] * 20 + [429]
    assert second.get("guarded/").status_code == 200
    assert Caller().get("open/").status_code == 200


@pytest.mark.urls("tests.api.doors")
@pytest.mark.django_db
def test_wrong_keys_are_counted_by_address(twenty):
    statuses = [Caller(f"ef_live_{number}").get("open/").status_code for number in range(25)]
    assert statuses == [401] * 20 + [429] * 5


@pytest.mark.urls("tests.api.doors")
@pytest.mark.django_db
def test_s26_only_the_trusted_hop_is_believed(settings, twenty):
    settings.TRUSTED_PROXIES = 1
    forged = [Caller().get("open/", x_forwarded_for=f"10.0.0.{n}, 203.0.113.9").status_code for n in range(25)]
    assert forged == [200] * 20 + [429] * 5
    assert Caller().get("open/", x_forwarded_for="203.0.113.9, 203.0.113.10").status_code == 200
    settings.TRUSTED_PROXIES = 0
    direct = [Caller().get("open/", x_forwarded_for=f"198.51.100.{n}").status_code for n in range(25)]
    assert direct == [200] * 20 + [429] * 5


@pytest.mark.parametrize(
    ("hops", "forwarded", "same_as"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (3, "198.51.100.7, 203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9:41234", "203.0.113.9"),
        (1, "[2001:db8:1:2::7]:443", "2001:db8:1:2:ffff::1"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "nonsense", "other nonsense"),
    ],
)
def test_s26_guest_of_an_address(settings, hops, forwarded, same_as):
    settings.TRUSTED_PROXIES = hops
    guest = guest_of_address("192.0.2.1", forwarded)
    settings.TRUSTED_PROXIES = 0
    assert guest == guest_of_address(same_as, "")


@pytest.mark.urls("tests.api.doors")
@pytest.mark.django_db
def test_address_is_kept_as_a_keyed_digest_only(settings):
    Caller().get("open/")
    first = RateWindow.objects.get().guest
    assert "127.0.0.1" not in first
    settings.SECRET_KEY = "another key of 50 characters, for a digest that differs"
    Caller().get("open/")
    assert RateWindow.objects.filter(guest=first).get().count == 1
    assert RateWindow.objects.count() == 2


@pytest.mark.django_db
def test_windows_that_are_over_are_cleared(monkeypatch):
    monkeypatch.setitem(rates._cleared, "at", 0)
    rate, start = Rate("key", 5, 60), 1_860_000_000
    take(rate, "old", start)
    take(rate, "new", start + rates.LONGEST_WINDOW + 120)
    assert list(RateWindow.objects.values_list("guest", flat=True)) == ["key:new"]


def test_every_rate_of_the_settings_is_one(settings):
    for name, text in settings.API_RATES.items():
        assert rates.rate(name, text).limit > 0
    for text in ("", "10", "0/60", "10/0", "10/86401", "-1/60", "1.5/60", "ten/60", "10/60/60"):
        with pytest.raises(rates.BadRate):
            rates.rate("key", text)
