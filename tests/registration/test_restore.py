"""A restore over a newer database, one that breaks off, and what must not be lost with the database of before."""

import hashlib
import json
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from registration.domain import dumps
from registration.domain.retention import BACKUPS
from tests.registration.test_backup import COUNT, FILL, WHO, Site, site  # noqa: F401  fixtures

REPLACE = (*WHO, "--replace", "--yes")
NEWER = """
from django.db import connection
kind = "uuid" if connection.vendor == "postgresql" else "char(32)"
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE newer (id integer, of_one %s REFERENCES registration_application (id))" % kind)
    cursor.execute("CREATE VIEW newest AS SELECT id FROM newer")
    if connection.vendor == "postgresql":
        cursor.execute("CREATE TYPE mood AS ENUM ('well'); CREATE SCHEMA aside; CREATE TABLE aside.one (id mood)")
"""
TABLES = "from django.db import connection; print(' '.join(connection.introspection.table_names(include_views=True)))"
#: Committed, and not yet in the journal.
DELETE = """
from django.utils import timezone
from registration.models import *
gone = Application.objects.get(reference_hash=bytes([7]) * 32)
Document.objects.filter(application=gone).delete()
Tombstone.objects.create(kind="application", subject=gone.pk, at=timezone.now())
"""
LEFT = "from registration.models import *; print(Document.objects.filter(reference_hash=bytes([7]) * 32).count())"
REVOKE = """
from django.db import transaction
from django.utils import timezone
from registration.domain.audit import Order, record
from registration.models import *
with transaction.atomic():
    partner = Partner.objects.get(slug="site")
    for action in ("exported", "key_revoked"):
        record(Order("Ana", "It leaked.", timezone.now()), action, ApiKey(pk=5), {}, partner)
"""
SAY = "from django.db import connection; connection.cursor().execute('%s')"
IN_THE_WAY = SAY % "CREATE TABLE registration_printbatch (id int)"
OUT_OF_IT = SAY % "DROP TABLE registration_printbatch"


def cut(file: Path) -> Path:
    """The end of it is missing, and its manifest does not know."""
    short = file.with_name("enfranchise-20200101T000000Z.backup")
    short.write_bytes(file.read_bytes()[:-5000])
    said = json.loads(file.with_suffix(".json").read_text())
    said["sha256"] = hashlib.sha256(short.read_bytes()).hexdigest()
    short.with_suffix(".json").write_text(json.dumps(said))
    return short


def journal(site: Site) -> list[str]:  # noqa: F811
    path = site.folder / "var/tombstones.jsonl"
    return path.read_text().splitlines() if path.exists() else []


def test_r23_s31_backup_of_an_older_schema_comes_back_over_a_newer_one(site):  # noqa: F811
    site.manage("migrate", "registration", "0008")
    site.manage("migrate", "sessions")
    site.shell(FILL)
    file = site.backup()
    site.manage("migrate")
    site.shell(NEWER)
    site.shell(DELETE)
    out = site.manage("restore", str(file), *REPLACE)
    assert "       1 rows deleted again on request\n" in out
    assert "Everything that the backup held is back." in out
    tables = site.shell(TABLES).split()
    assert [name for name in tables if name in ("newer", "newest", "registration_printbatch")] == [
        "registration_printbatch"
    ]
    assert (site.shell(COUNT), site.shell(LEFT)) == ("30 28", "0")
    site.manage("migrate", "--check")
    site.manage("audit", "verify")


def test_s31_deletion_that_the_database_alone_knew_is_written_down_before_it_goes(site):  # noqa: F811
    site.manage("migrate")
    site.shell(FILL)
    file = site.backup()
    site.shell(DELETE)
    assert journal(site) == []
    site.manage("restore", str(file), *REPLACE)
    assert site.shell(LEFT) == "0"
    assert [json.loads(line)["kind"] for line in journal(site)] == ["application"]
    site.manage("restore", str(file), *REPLACE)
    assert (site.shell(LEFT), len(journal(site))) == ("0", 1)


def test_s31_restore_that_broke_off_keeps_the_site_shut_until_one_comes_to_its_end(site):  # noqa: F811
    shut = site.folder / "var/restoring"
    site.manage("migrate", "registration", "0008")
    site.manage("migrate", "sessions")
    site.shell(FILL)
    good = site.backup()
    site.shell(IN_THE_WAY)
    bad = site.backup()
    site.shell(OUT_OF_IT)
    site.manage("migrate")
    site.shell(DELETE)
    site.shell(REVOKE)
    broken = site.tried("restore", str(bad), *REPLACE)
    assert (broken.returncode, "Traceback" in broken.stderr) == (1, False)
    assert "already exists" in broken.stderr
    assert "run restore again, until it comes to its end" in broken.stderr
    assert (site.shell(LEFT), shut.stat().st_mode & 0o777) == ("1", 0o600)
    assert "Run manage.py restore again" in shut.read_text()
    damaged = site.tried("restore", str(cut(good)), *REPLACE)
    assert (damaged.returncode, shut.exists()) == (1, True)
    out = site.manage("restore", str(good), *REPLACE)
    assert (site.shell(LEFT), shut.exists()) == ("0", False)
    [line] = [line for line in out.splitlines() if "key_revoked" in line]
    assert line.endswith(" UTC key_revoked apikey 5 of site")
    assert "exported" not in out


def test_file_that_ends_too_early_changes_nothing(site):  # noqa: F811
    site.manage("migrate")
    site.shell(FILL)
    file = cut(site.backup())
    site.shell(DELETE)
    refused = site.tried("restore", str(file), *REPLACE)
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert ("damaged" in refused.stderr, "pg_restore failed" in refused.stderr).count(True) == 1
    assert (site.shell(COUNT), site.shell(LEFT)) == ("30 29", "0")
    assert not (site.folder / "var/restoring").exists()
    site.manage("audit", "verify")


def test_restore_of_a_database_that_is_gone_says_that_its_audit_was_not_read(site):  # noqa: F811
    site.manage("migrate")
    site.shell(FILL)
    file = site.backup()
    if (site.folder / "var/enfranchise.sqlite3").exists():
        for path in site.folder.glob("var/enfranchise.sqlite3*"):
            path.unlink()
    else:
        site.shell(SAY % "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    out = site.manage("restore", str(file), *WHO)
    assert "    The audit of before could not be read" in out
    assert site.shell(COUNT) == "30 29"


def test_backups_are_kept_as_long_as_is_promised_and_no_longer(tmp_path):
    keeper = Site(tmp_path)
    keeper.manage("migrate")
    folder = tmp_path / "kept"
    folder.mkdir()
    old = folder / "enfranchise-20200101T000000Z.backup"
    old.touch()
    for days in ("0", str(BACKUPS + 1)):
        refused = keeper.tried("backup", str(folder), "--keep-days", days)
        assert f"--keep-days must be 1 to {BACKUPS}" in refused.stderr
    assert [path.name for path in folder.iterdir()] == [old.name]
    assert f"1 older than {BACKUPS} days removed" in keeper.manage("backup", str(folder))
    assert not old.exists()


def test_programs_of_postgresql_go_where_we_go():
    pytest.importorskip("psycopg")
    tls = {"sslmode": "verify-full", "sslrootcert": "/a", "sslcert": "/b", "sslkey": "/c", "sslcrl": "/d"}
    place = {"dbname": "votes", "user": "us", "password": "secret", "host": "db", "hostaddr": "192.0.2.1", "port": 99}
    found = dumps.variables({**place, **tls, "connect_timeout": 2, "context": object()})
    assert {name.removeprefix("PG").lower(): value for name, value in found.items()} == {
        **{name: str(value) for name, value in place.items() if name != "dbname"},
        **tls,
        "database": "votes",
    }


def test_host_among_the_options_of_the_address_is_where_the_backup_goes_back_to(site):  # noqa: F811
    if "DATABASE_URL" not in site.environment:
        pytest.skip("of PostgreSQL alone")
    url = urlsplit(site.environment["DATABASE_URL"])
    options = f"host={url.hostname}&port={url.port or 5432}"
    site.environment["DATABASE_URL"] = url._replace(netloc=f"{url.username}@", query=options).geturl()
    if url.password:
        site.environment["PGPASSWORD"] = url.password
    site.environment["PGHOST"] = os.devnull  # where a program goes that was not told
    site.manage("migrate")
    site.shell(FILL)
    site.manage("restore", str(site.backup()), *REPLACE)
    assert site.shell(COUNT) == "30 29"
