"""S-20: a server or a worker does not start with settings that are not safe, whoever starts it and however."""

import os
import subprocess
import sys

import pytest

GOOD = "k7Qw2pXz9LmN4vB8cR1tY6uH3jF5sD0aGe2"
UNSAFE = {
    "SECRET_KEY=short": ({"SECRET_KEY": "changeme"}, ["E035"]),
    "SECRET_KEY=placeholder": ({"SECRET_KEY": f"django-insecure-{GOOD}"}, ["E035"]),
    "FIELD_KEYS=placeholder": ({"FIELD_KEYS": f"a:changeme{GOOD}"}, ["E036"]),
    "FIELD_KEYS=short": ({"FIELD_KEYS": "a:short"}, ["E007", "E036"]),
    "DELIVERY_KEYS=placeholder": ({"DELIVERY_KEYS": f"a:changeme{GOOD}"}, ["E036"]),
    "DELIVERY_KEYS=short": ({"DELIVERY_KEYS": "a:short"}, ["E007", "E036"]),
    "AUDIT_KEY=placeholder": ({"AUDIT_KEY": f"changeme{GOOD}"}, ["E036"]),
    "DEBUG": ({"DEBUG": "true", "ALLOWED_HOSTS": "vote.example.org"}, ["E003"]),
    "hosts=*": ({"ALLOWED_HOSTS": "*"}, ["E004"]),
    "hosts=.": ({"ALLOWED_HOSTS": "localhost,.example.org"}, ["E037"]),
    "hosts=*.": ({"ALLOWED_HOSTS": "*.example.org"}, ["E037"]),
    "database": ({"DATABASE_URL": "postgres://app:9vKq@10.0.0.5/app"}, ["E038"]),
    "broker": ({"CELERY_BROKER_URL": "amqp://app:9vKq@10.0.0.5//"}, ["E039"]),
    "cache": ({"CACHE_URL": "redis://10.0.0.5:6379/1"}, ["E040"]),
    "mail": ({"EMAIL_URL": "smtp://app:9vKq@10.0.0.5:25"}, ["E041"]),
}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = ("PATH", "HOME", "VAR_DIR", "VIRTUAL_ENV")
    return subprocess.run(
        [sys.executable, *command],
        env={name: os.environ[name] for name in known if name in os.environ} | environment,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("case", UNSAFE)
def test_s20_server_refuses_to_start(case, tmp_path):
    environment, numbers = UNSAFE[case]
    done = run("-c", "import config.wsgi", RELAY="false", VAR_DIR=str(tmp_path), **environment)
    assert done.returncode == 1
    assert done.stderr.startswith("This does not start with these settings (docs/settings.md):\n")
    lines = done.stderr.splitlines()[1:]
    assert sorted(line.split(":")[0].strip() for line in lines) == [f"enfranchise.{each}" for each in numbers]
    assert not [value for value in environment.values() if value in done.stderr and len(value) > 20]


@pytest.mark.parametrize(
    "command",
    [
        ("-c", "import config.asgi"),
        ("-m", "celery", "-A", "config", "worker", "--pool", "solo"),
        ("-m", "config.relay"),
        ("manage.py", "serve"),
    ],
    ids=["asgi", "worker", "relay", "serve"],
)
def test_s20_every_door_is_guarded(command, tmp_path):
    done = run(*command, ALLOWED_HOSTS=".example.org", CELERY_BROKER_URL="memory://", VAR_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "enfranchise.E037" in done.stderr


def test_s20_server_starts_with_safe_settings(tmp_path):
    environment = {"SECRET_KEY": GOOD, "FIELD_KEYS": f"a:{GOOD}", "ALLOWED_HOSTS": "vote.example.org"}
    done = run(
        "-c",
        "import config.wsgi",
        RELAY="false",
        BEHIND_TLS="true",
        TRUSTED_PROXIES="1",
        VAR_DIR=str(tmp_path),
        **environment,
    )
    assert (done.returncode, "enfranchise" in done.stderr) == (0, False)


def test_s20_public_host_without_tls_is_a_warning(tmp_path):
    done = run("-c", "import config.wsgi", RELAY="false", VAR_DIR=str(tmp_path), ALLOWED_HOSTS="vote.example.org")
    assert (done.returncode, "enfranchise.W037" in done.stderr) == (0, True)


def test_s20_keys_that_are_made_here_are_safe(tmp_path):
    done = run("-c", "import config.wsgi", RELAY="false", VAR_DIR=str(tmp_path))
    assert (done.returncode, "enfranchise" in done.stderr) == (0, False)
