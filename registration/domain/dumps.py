"""The whole database as one file, as of one moment, and back: PostgreSQL by its own programs, SQLite by its own API."""

from __future__ import annotations

import glob
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

#: Where Debian, Red Hat and others put PostgreSQL's programs, beside PATH.
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
LONGEST = 6 * 3600
#: What SQLite says of a file without a fault.
SOUND = "ok"


class DumpFailed(Exception):
    """The text says why, in English, without any password."""


def dump(target: Path) -> dict[str, int]:
    """Write the database to ``target``, which exists already; returns the rows of each table in it.

    Others may write meanwhile. Raises DumpFailed and DatabaseError.
    """
    return _dump_file(target) if connection.vendor == "sqlite" else _dump_server(target)


def load(source: Path) -> None:
    """Put what ``source`` holds in place of all that is in the database, or leave everything as it was.

    Raises DumpFailed.
    """
    if connection.vendor == "sqlite":
        _load_file(source)
    else:
        _load_server(source)


def row_counts() -> dict[str, int]:
    """The rows of each table as they are now."""
    names = connection.introspection.table_names()
    with connection.cursor() as cursor:
        return _counted(cursor, names)


def _counted(cursor: Any, names: Iterable[str]) -> dict[str, int]:
    counts = {}
    for name in sorted(names):
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608  a table's own name
        counts[name] = int(cursor.fetchone()[0])
    return counts


def _dump_file(target: Path) -> dict[str, int]:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        named = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        with closing(copy.cursor()) as cursor:
            return _counted(cursor, [name for (name,) in named.fetchall()])


def _load_file(source: Path) -> None:
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy:
        try:
            (said,) = copy.execute("PRAGMA integrity_check").fetchone()
        except sqlite3.DatabaseError:
            said = "not a database"
        if said != SOUND:
            raise DumpFailed(f"The file is damaged: {said}")
        connections.close_all()
        connection.ensure_connection()
        copy.backup(connection.connection)
    connections.close_all()


def _dump_server(target: Path) -> dict[str, int]:
    """The counts are of the very snapshot that is dumped."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        counts = _counted(cursor, connection.introspection.table_names(cursor))
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={target}")
    return counts


def _load_server(source: Path) -> None:
    connections.close_all()
    options = ("--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction", "--exit-on-error")
    _run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(source))


def _run(name: str, *options: str) -> None:
    """A program of PostgreSQL, with the password where no list of processes shows it."""
    settings = connection.settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    secret = {variable: str(settings[key]) for variable, key in named.items() if settings.get(key)}
    if mode := settings.get("OPTIONS", {}).get("sslmode"):
        secret["PGSSLMODE"] = str(mode)
    done = subprocess.run(  # noqa: S603  our own fixed command
        [program(name), "--no-password", *options], env={**os.environ, **secret},
        capture_output=True, text=True, timeout=LONGEST, check=False,
    )  # fmt: skip
    if done.returncode:
        raise DumpFailed(f"{name} failed: {done.stderr.strip()[-500:]}")


def program(name: str) -> str:
    """The newest ``name`` in PostgreSQL's own folders, else the one on PATH. Raises DumpFailed."""
    found = [path for folder in FOLDERS for path in glob.glob(f"{folder}/{name}") if os.access(path, os.X_OK)]
    newest = max(found, key=lambda path: [int(part) for part in Path(path).parts if part.isdigit()], default="")
    best = newest or shutil.which(name)
    if not best:
        raise DumpFailed(f"{name} is not on this machine. On Debian or Ubuntu: apt-get install postgresql-client")
    return best
