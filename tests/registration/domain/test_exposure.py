"""What would leave the machine unencrypted, and what is no secret."""

import pytest

from registration.domain.exposure import address_faults, database_faults, is_here, is_secret, mail_faults

CLEAR, KNOWN = "without encryption", "everybody knows"
GOOD = "k7Qw2pXz9LmN4vB8cR1tY6uH3jF5sD0a"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "changeme",
        "secret",
        "a" * 64,
        "abab" * 20,
        GOOD[:-1],
        f"changeme-{GOOD}",
        f"Change-Me {GOOD}",
        f"django-insecure-{GOOD}",
        f"your_secret_key_{GOOD}",
        f"password{GOOD}",
        "0123456789" * 5,
    ],
)
def test_s20_short_or_known_text_is_no_secret(text):
    assert not is_secret(text)


@pytest.mark.parametrize("text", [GOOD, "5f0c9a1be37d42685f0c9a1be37d4268", "mAe8+Jd/2rVx0yKq4TnW7zLs5uBg1hCp9iFo=="])
def test_s20_long_random_text_is_a_secret(text):
    assert is_secret(text)


@pytest.mark.parametrize(
    "host", ["", "localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1", "[::1]", "/run/pg", "@pg"]
)
def test_s20_this_machine_is_known(host):
    assert is_here(host)


@pytest.mark.parametrize("host", ["db", "10.0.0.5", "localhost.example.org", "::2", "127.0.0.1.example.org"])
def test_s20_another_machine_is_known(host):
    assert not is_here(host)


def postgres(**more):
    return {"ENGINE": "django.db.backends.postgresql", "HOST": "", "USER": "app", "PASSWORD": "", "OPTIONS": {}} | more


@pytest.mark.parametrize(
    ("database", "environment", "found"),
    [
        ({"ENGINE": "django.db.backends.sqlite3"}, {}, []),
        (postgres(), {}, []),
        (postgres(HOST="127.0.0.1", PASSWORD="postgres"), {}, []),
        (postgres(HOST="/var/run/postgresql"), {}, []),
        (postgres(HOST="db"), {}, [CLEAR]),
        (postgres(HOST="127.0.0.1,db"), {}, [CLEAR]),
        (postgres(HOST="db", OPTIONS={"sslmode": "prefer"}), {}, [CLEAR]),
        (postgres(HOST="db", OPTIONS={"sslmode": "require"}), {}, []),
        (postgres(HOST="db", OPTIONS={"sslmode": "verify-full"}), {}, []),
        (postgres(HOST="db"), {"PGSSLMODE": "verify-full"}, []),
        (postgres(), {"PGHOST": "db"}, [CLEAR]),
        (postgres(HOST="localhost", OPTIONS={"hostaddr": "10.0.0.5"}), {}, [CLEAR]),
        (postgres(OPTIONS={"service": "main"}), {}, ["names a service"]),
        (postgres(HOST="db", PASSWORD="app", OPTIONS={"sslmode": "require"}), {}, [KNOWN]),
        (postgres(HOST="db", PASSWORD="postgres"), {}, [CLEAR, KNOWN]),
    ],
)
def test_s20_way_to_the_database_is_judged(database, environment, found):
    said = database_faults(database, environment)
    assert [word in text for word, text in zip(found, said, strict=True)] == [True] * len(found)


@pytest.mark.parametrize(
    ("addresses", "found"),
    [
        ("", []),
        ("memory://", []),
        ("amqp://", []),
        ("amqp://guest:guest@localhost//", []),
        ("redis://127.0.0.1:6379/1", []),
        ("redis://[::1]:6379/1", []),
        ("redis+socket:///run/redis.sock", []),
        ("amqps://app:k7Qw2pXz@mq.example.org//", []),
        ("rediss://:k7Qw2pXz@cache.example.org:6379/1?ssl_cert_reqs=required", []),
        ("amqp://app:k7Qw2pXz@mq.example.org//", [CLEAR]),
        ("pyamqp://mq", [CLEAR]),
        ("redis://cache:6379/1", [CLEAR]),
        ("sentinel://one:26379", [CLEAR]),
        ("rediscache://one:6379,two:6379/1", [CLEAR]),
        ("redis://127.0.0.1:6379,two:6379/1", [CLEAR]),
        ("memcache://cache:11211", [CLEAR]),
        ("amqp://localhost//;amqp://mq//", [CLEAR]),
        ("amqps://guest:guest@mq//", [KNOWN]),
        ("amqp://[mq", ["is no address"]),
    ],
)
def test_s20_way_to_a_broker_or_cache_is_judged(addresses, found):
    said = address_faults(addresses)
    assert [word in text for word, text in zip(found, said, strict=True)] == [True] * len(found)


def test_s20_way_to_the_mail_server_is_judged():
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    assert mail_faults(smtp, "mail.example.org", encrypted=False) != []
    assert mail_faults(smtp, "mail.example.org", encrypted=True) == []
    assert mail_faults(smtp, "localhost", encrypted=False) == []
    assert mail_faults("config.mail_files.EmailBackend", "mail.example.org", encrypted=False) == []
