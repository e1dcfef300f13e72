"""The whole database as one file, as of one moment, and back: PostgreSQL by its own programs, SQLite by its own API."""

from __future__ import annotations

import glob
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from django.db import connection, connections, transaction

#: Where Debian, Red Hat and others put PostgreSQL's programs, beside PATH.
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
LONGEST = 6 * 3600
#: What SQLite says of a file without a fault.
SOUND = "ok"
AT_ONCE = 1 << 20
#: What psql ends with where the server refused a statement: then it took everything back.
REFUSED = 3
#: What the web server's patience and its own rows are; a program of PostgreSQL has others.
OURS = frozenset({"connect_timeout", "client_encoding"})
#: Takes away all that is in the database, also what the dump does not know of. The schema "public" itself stays: before
#: PostgreSQL 15 it is not ours to drop, and others' rights hang on it. Extensions stay, with what belongs to them, and
#: so do schemas of other owners. What hangs on a table, such as the sequence of its key, goes with it.
EMPTY = """BEGIN;
SET LOCAL client_min_messages = warning;
DO $empty$
DECLARE
    command text;
    commands text[] := ARRAY(
        WITH bound AS (SELECT classid, objid FROM pg_depend WHERE deptype IN ('e', 'i', 'a'))
        SELECT format('DROP SCHEMA IF EXISTS %I CASCADE', nspname) FROM pg_namespace
            WHERE nspname !~ '^pg_' AND nspname NOT IN ('public', 'information_schema')
            AND pg_has_role(nspowner, 'USAGE') AND ('pg_namespace'::regclass, oid) NOT IN (SELECT * FROM bound)
        UNION ALL
        SELECT format('DROP %s IF EXISTS public.%I CASCADE', CASE relkind
                WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END, relname) FROM pg_class
            WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
            AND ('pg_class'::regclass, oid) NOT IN (SELECT * FROM bound)
        UNION ALL
        SELECT format('DROP ROUTINE IF EXISTS public.%I(%s) CASCADE', proname, pg_get_function_identity_arguments(oid))
            FROM pg_proc WHERE pronamespace = to_regnamespace('public')
            AND ('pg_proc'::regclass, oid) NOT IN (SELECT * FROM bound)
        UNION ALL
        SELECT format('DROP TYPE IF EXISTS public.%I CASCADE', typname) FROM pg_type
            WHERE typnamespace = to_regnamespace('public') AND typtype IN ('e', 'd', 'r')
            AND ('pg_type'::regclass, oid) NOT IN (SELECT * FROM bound)
    );
BEGIN
    FOREACH command IN ARRAY commands LOOP
        EXECUTE command;
    END LOOP;
END
$empty$;
"""


class DumpFailed(Exception):
    """The text says why, in English, without any password."""


class Unsure(Exception):
    """The connection broke while the load was being ended: it stands, or everything is as it was."""


def dump(target: Path) -> dict[str, int]:
    """Write the database to ``target``, which exists already; returns the rows of each table in it.

    Others may write meanwhile. Raises DumpFailed and DatabaseError.
    """
    return _dump_file(target) if connection.vendor == "sqlite" else _dump_server(target)


def load(source: Path) -> None:
    """Put what ``source`` holds in place of all that is in the database, or leave everything as it was.

    Raises DumpFailed and, where nobody knows which of the two it is, Unsure.
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
        try:
            copy.backup(connection.connection)
        except sqlite3.Error as error:
            raise DumpFailed(f"The file could not be put in place: {error}") from None
    connections.close_all()


def _dump_server(target: Path) -> dict[str, int]:
    """The counts are of the very snapshot that is dumped."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # This transaction does nothing but hold the snapshot, for as long as pg_dump takes.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        counts = _counted(cursor, connection.introspection.table_names(cursor))
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={target}")
    return counts


def _load_server(source: Path) -> None:
    """One transaction empties the database and fills it again, as pg_restore reads the file.

    COMMIT comes last, and only where pg_restore came to its end. Whatever breaks off before that takes all of it back.
    """
    connections.close_all()
    reads = [program("pg_restore"), "--no-owner", "--no-acl", "--file=-", str(source)]
    # Terse: what the server says of a row that it refuses holds no values.
    told = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=terse", "--file=-")
    writes = [program("psql"), "--no-password", *told]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(reads, stdout=subprocess.PIPE, stderr=said) as reader,  # noqa: S603  our own fixed command
        subprocess.Popen(  # noqa: S603  our own fixed command
            writes, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
        ) as writer,
        _in_time(reader, writer),
    ):
        is_ended = _poured(reader, writer)
        failed = [name for name, each in (("psql", writer), ("pg_restore", reader)) if each.wait()]
        said.seek(0)
        why = f"{' and '.join(failed)} failed: {said.read().decode(errors='replace').strip()[-500:]}"
    if is_ended and writer.returncode not in (0, REFUSED):
        raise Unsure(why)
    if not is_ended or failed:
        raise DumpFailed(why)


def _poured(reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes]) -> bool:
    """Have the server do what pg_restore says; whether it was told to COMMIT."""
    source, target = _pipe(reader.stdout), _pipe(writer.stdin)
    is_ended = False
    try:
        with target:
            target.write(EMPTY.encode())
            shutil.copyfileobj(source, target, AT_ONCE)
            target.flush()
            if reader.wait() == 0:
                is_ended = True
                target.write(b"COMMIT;\n")
    except BrokenPipeError:  # psql has ended and says why
        reader.kill()
    return is_ended


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("not a pipe")
    return pipe


@contextmanager
def _in_time(*programs: subprocess.Popen[bytes]) -> Iterator[None]:
    def end() -> None:
        for each in programs:
            each.kill()

    timer = threading.Timer(LONGEST, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _run(name: str, *options: str) -> None:
    """A program of PostgreSQL, with the password where no list of processes shows it."""
    done = subprocess.run(  # noqa: S603  our own fixed command
        [program(name), "--no-password", *options], env=_environment(),
        capture_output=True, text=True, timeout=LONGEST, check=False,
    )  # fmt: skip
    if done.returncode:
        raise DumpFailed(f"{name} failed: {done.stderr.strip()[-500:]}")


def _environment() -> dict[str, str]:
    return {**os.environ, **variables(connection.get_connection_params())}


def variables(parameters: Mapping[str, Any]) -> dict[str, str]:
    """The variables by which a program of PostgreSQL goes where ``parameters`` lead us, by its library's own list."""
    from psycopg.pq import Conninfo

    known = {each.keyword.decode(): each.envvar.decode() for each in Conninfo.get_defaults() if each.envvar}
    return {known[key]: str(value) for key, value in parameters.items() if key in known and key not in OURS}


def program(name: str) -> str:
    """The newest ``name`` in PostgreSQL's own folders, else the one on PATH. Raises DumpFailed."""
    found = [path for folder in FOLDERS for path in glob.glob(f"{folder}/{name}") if os.access(path, os.X_OK)]
    newest = max(found, key=lambda path: [int(part) for part in Path(path).parts if part.isdigit()], default="")
    best = newest or shutil.which(name)
    if not best:
        raise DumpFailed(f"{name} is not on this machine. On Debian or Ubuntu: apt-get install postgresql-client")
    return best
