"""A backup is made while the site runs, the database is lost, and all is there again; what was to go is gone."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection

from registration.domain import sealed_files

ROOT = Path(__file__).resolve().parent.parent.parent
WHO = ("--by", "Ana", "--reason", "A drill.")
FILL = """
from datetime import timedelta
from django.utils import timezone
from registration.models import *
site, now = Partner.objects.get(slug="site"), timezone.now()
for number in range(30):
    made = Application.objects.create(partner=site, reference_hash=bytes([number]) * 32, jurisdiction="GA",
        channel="web", language="en", rules_version="1", election_day=now.date(), created_at=now)
    ends = now + timedelta(days=1 if number else 0, seconds=0 if number else 1)
    Document.objects.create(application=made, reference_hash=bytes([number]) * 32, sealed=b"x" * 300, expires_at=ends)
"""
COUNT = "from registration.models import *; print(Application.objects.count(), Document.objects.count())"
EMPTY = "from registration.models import *; Document.objects.all().delete(); Application.objects.all().delete()"


class Site:
    """Commands on a database of its own."""

    def __init__(self, folder: Path, **more: str) -> None:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        self.folder, self.environment = folder, {**kept, "VAR_DIR": str(folder / "var"), **more}

    def manage(self, *arguments: str, **more: str) -> str:
        done = self.tried(*arguments, **more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tried(self, *arguments: str, **more: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env={**self.environment, **more},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def shell(self, code: str) -> str:
        return self.manage("shell", "--no-imports", "-c", code).strip()

    def backup(self, **more: str) -> Path:
        return Path(self.manage("backup", str(self.folder / "kept"), "--keep-days", "35", **more).split()[0])


def on_server(folder: Path) -> tuple[Site, str]:
    """A database of its own on the server that DATABASE_URL names."""
    name = f"drill_{uuid4().hex[:12]}"
    url = urlsplit(os.environ["DATABASE_URL"])
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    return Site(folder, DATABASE_URL=url._replace(path=f"/{name}").geturl()), name


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request, tmp_path, django_db_blocker):
    if request.param == "sqlite":
        yield Site(tmp_path)
        return
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("DATABASE_URL names no PostgreSQL")
    with django_db_blocker.unblock():
        made, name = on_server(tmp_path)
        yield made
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        connection.close()


def test_r23_database_is_lost_and_everything_is_back_but_what_had_to_go(site):
    site.manage("migrate")
    site.shell(FILL)
    file = site.backup()
    assert (file.stat().st_mode & 0o777, file.with_suffix(".json").stat().st_mode & 0o777) == (0o600, 0o600)
    manifest = json.loads(file.with_suffix(".json").read_text())
    assert (manifest["rows"]["registration_application"], manifest["rows"]["registration_document"]) == (30, 30)
    refused = site.tried("restore", str(file), *WHO)
    assert "holds something. To lose it: --replace" in refused.stderr
    site.shell(EMPTY)
    out = site.manage("restore", str(file), *WHO)
    assert "1 rows forgotten since their time was over" in out
    assert "Everything that the backup held is back." in out
    assert site.shell(COUNT) == "30 29"
    assert "restored" in site.manage("audit")
    assert not (site.folder / "var/restoring").exists()
    assert list(site.folder.glob("var/restore-*")) == []


def test_backup_is_encrypted_to_a_key_that_is_not_here(site):
    private, public = sealed_files.new_pair()
    key = site.folder / "private"
    key.write_text(private)
    site.manage("migrate")
    site.shell(FILL)
    file = site.backup(BACKUP_KEY_PUBLIC=public)
    assert sealed_files.is_sealed(file)
    assert b"registration_application" not in file.read_bytes()
    without = site.tried("restore", str(file), *WHO, "--replace", "--yes")
    assert "The backup is encrypted." in without.stderr
    key.write_text(sealed_files.new_pair()[0])
    wrong = site.tried("restore", str(file), *WHO, "--replace", "--yes", "--key", str(key))
    assert "The private key does not open it" in wrong.stderr
    assert site.shell(COUNT) == "30 30"
    key.write_text(private)
    site.manage("restore", str(file), *WHO, "--replace", "--yes", "--key", str(key))
    assert site.shell(COUNT) == "30 29"


def test_s31_what_was_killed_and_left_readable_is_cleared_by_a_later_backup(site):
    site.manage("migrate")
    for name, days in (("kept/.making-killed", 2), ("var/restore-killed", 2), ("kept/.making-now", 0)):
        work = site.folder / name
        work.mkdir(parents=True)
        (work / "plain").write_text("a database")
        os.utime(work, (time.time() - days * 86400,) * 2)
    site.backup()
    left = [*site.folder.glob("kept/.making-*"), *site.folder.glob("var/restore-*")]
    assert [path.name for path in left] == [".making-now"]


@pytest.mark.parametrize("site", ["postgresql"], indirect=True)
def test_backup_takes_longer_than_the_server_lets_a_transaction_idle(site):
    site.manage("migrate")
    url = site.environment["DATABASE_URL"] + "?options=-c%20idle_in_transaction_session_timeout%3D20ms"
    assert site.backup(DATABASE_URL=url).exists()


def test_changed_backup_is_refused_and_changes_nothing(site):
    site.manage("migrate")
    site.shell(FILL)
    file = site.backup()
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    refused = site.tried("restore", str(file), *WHO, "--replace", "--yes")
    assert "its SHA-256 differs" in refused.stderr
    assert site.shell(COUNT) == "30 30"


def test_r23_whatever_journal_of_deletions_there_is_is_replayed():
    """The module of the journal and the step that reads it come and go together."""
    from importlib.util import find_spec

    from registration.domain import backups

    has_journal = find_spec("registration.domain.tombstones") is not None
    assert any("deleted again" in name for name, _step in backups._steps) == has_journal
