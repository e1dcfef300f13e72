"""The services that a site leans on, each in a folder and on ports of its own: PostgreSQL, Redis, RabbitMQ."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

from drills.places import HOST, Program, free_port, listens, plain_environment, program, quietly, until

POSTGRES_FOLDERS = tuple(str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))
#: The person that PostgreSQL runs as where we are root, which it refuses to run as.
POSTGRES_USER = "postgres" if os.geteuid() == 0 else ""
#: Durable as in service. The rest keeps a small machine quiet.
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "log_statement": "none",
    "listen_addresses": HOST,
    "max_connections": "200",
    "shared_buffers": "128MB",
    "unix_socket_directories": "",
    "wal_level": "replica",
    "max_wal_senders": "5",
    "hot_standby": "on",
    "idle_in_transaction_session_timeout": "60s",
}


def postgres_program(name: str) -> str:
    return program(name, *POSTGRES_FOLDERS, package="postgresql")


class Postgres:
    """A cluster. ``name`` is the folder's; a standby is made from a primary by ``standby_of``."""

    def __init__(self, folder: Path, name: str = "postgres") -> None:
        self.folder = folder / name
        self.data = self.folder / "data"
        self.port = free_port()
        self.log = self.folder / "postgres.log"
        self.program: Program | None = None
        self.settings = dict(SETTINGS)
        self.wal: Path | None = None

    def _own_folder(self) -> None:
        self.folder.mkdir(mode=0o700)
        self.log.touch()
        if POSTGRES_USER:
            for path in (self.folder, self.log):
                shutil.chown(path, POSTGRES_USER, POSTGRES_USER)

    def create(self, wal: Path | None = None, segment_megabytes: int = 16) -> None:
        """``wal``: another place for the write-ahead log, such as a small file system."""
        self._own_folder()
        command = [postgres_program("initdb"), "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        command += ["--locale", "C.UTF-8", "--no-instructions", "--wal-segsize", str(segment_megabytes)]
        quietly([*command, *(["-X", str(wal)] if wal else [])], plain_environment(), POSTGRES_USER)
        self.wal = wal
        self.start()

    def standby_of(self, primary: Postgres, slot: str = "standby") -> None:
        """A copy of ``primary`` that follows it; the primary waits for it with each commit from then on."""
        self._own_folder()
        where = f"host={HOST} port={primary.port} user=postgres application_name={slot}"
        command = [postgres_program("pg_basebackup"), "-D", str(self.data), "-d", where, "-R", "-X", "stream"]
        quietly([*command, "-c", "fast"], plain_environment(), POSTGRES_USER)
        self.start()
        primary.query(f"ALTER SYSTEM SET synchronous_standby_names = '{slot}'")
        primary.query("SELECT pg_reload_conf()")
        # A commit waits from the moment that the standby is known as synchronous.
        asked = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
        until(lambda: primary.query(asked) == "1", 20, "the standby follows")

    def start(self) -> None:
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        command = [postgres_program("postgres"), "-D", str(self.data), "-p", str(self.port), *options]
        self.program = Program("postgres", command, self.log, plain_environment(), user=POSTGRES_USER)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.program.start()
        until(self.is_ready, 60, f"PostgreSQL (log: {self.log})")

    def is_ready(self) -> bool:
        import psycopg

        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def url(self, database: str, port: int = 0) -> str:
        return f"postgres://postgres@{HOST}:{port or self.port}/{database}"

    def query(self, statement: str, database: str = "postgres") -> str:
        """The first value of the first row as text, "" where there is none; outside of any transaction."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True, connect_timeout=5) as connection:
            done = connection.execute(statement)
            row = done.fetchone() if done.description else None
            return "" if row is None else str(row[0])

    def create_database(self, name: str, template: str = "template1") -> None:
        self.query(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def dump(self, database: str) -> bytes:
        command = [postgres_program("pg_dump"), "-d", self.url(database)]
        return quietly(command, plain_environment()).encode()

    def kill9(self) -> None:
        """Every process of the cluster at once."""
        if self.program:
            # Each server process made a group of its own, so that the group of the first holds it alone.
            for pid in [*_children(self.program.pid), self.program.pid]:
                _kill(pid, signal.SIGKILL)
            self.program.wait(10)

    def immediate(self) -> None:
        """As ``pg_ctl -m immediate stop``: no goodbye, no checkpoint."""
        if self.program and self.program.is_running:
            os.kill(self.program.pid, signal.SIGQUIT)
            self.program.wait(30)

    def stop(self) -> None:
        if self.program and self.program.is_running:
            os.kill(self.program.pid, signal.SIGINT)
            if self.program.wait(20) is None:
                self.kill9()

    def promote(self) -> None:
        self.query("SELECT pg_promote(true, 60)")
        # It follows nobody now, and waits for nobody.
        self.query("ALTER SYSTEM RESET synchronous_standby_names")
        self.query("SELECT pg_reload_conf()")

    def wipe(self) -> None:
        self.kill9()
        shutil.rmtree(self.folder, ignore_errors=True)


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(text) for text in path.read_text().split()] if path.exists() else []


def _kill(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


class Redis:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "redis"
        self.port = free_port()
        self.program: Program | None = None

    def create(self) -> None:
        self.folder.mkdir()
        command = [program("redis-server", package="redis-server"), "--port", str(self.port), "--bind", HOST]
        command += ["--dir", str(self.folder), "--appendonly", "yes", "--save", "60 1000"]
        command += ["--enable-debug-command", "local"]
        self.program = Program("redis", command, self.folder / "redis.log", plain_environment())
        self.start()

    def start(self) -> None:
        assert self.program is not None
        self.program.start()
        until(lambda: listens(self.port), 20, f"Redis (log: {self.folder / 'redis.log'})")

    def url(self, number: int = 0) -> str:
        return f"redis://{HOST}:{self.port}/{number}"

    def command(self, *words: str, seconds: float = 5) -> object:
        import redis

        with redis.Redis(port=self.port, socket_timeout=seconds) as connection:
            return connection.execute_command(*words)

    def kill9(self) -> None:
        if self.program:
            self.program.kill9()

    def stop(self) -> None:
        if self.program:
            self.program.stop(10)

    def wipe(self) -> None:
        self.command("FLUSHALL")


class RabbitMQ:
    """A node with a name, ports, a cookie and an epmd of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "rabbitmq"
        self.port, self._inner_port, self._names_port = free_port(), free_port(), free_port()
        self.node = f"drills{self.port}@localhost"
        self.log = self.folder / "rabbitmq.log"
        self.program: Program | None = None
        self._names: Program | None = None

    @property
    def _environment(self) -> dict[str, str]:
        base = str(self.folder / "data")
        return plain_environment(
            HOME=str(self.folder),
            RABBITMQ_NODENAME=self.node,
            RABBITMQ_NODE_IP_ADDRESS=HOST,
            RABBITMQ_NODE_PORT=str(self.port),
            RABBITMQ_DIST_PORT=str(self._inner_port),
            RABBITMQ_MNESIA_BASE=base,
            RABBITMQ_LOG_BASE=str(self.folder / "log"),
            RABBITMQ_CONFIG_FILE=str(self.folder / "rabbitmq"),
            RABBITMQ_ENABLED_PLUGINS_FILE=str(self.folder / "enabled_plugins"),
            RABBITMQ_PID_FILE=str(self.folder / "pid"),
            ERL_EPMD_PORT=str(self._names_port),
            ERL_EPMD_ADDRESS=HOST,
            # Two schedulers are enough, and leave the machine to the others.
            RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
        )

    @staticmethod
    def _program(name: str) -> str:
        # The one in /usr/sbin becomes another person where we are root, who could not read the folder.
        return program(name, "/usr/lib/rabbitmq/bin", package="rabbitmq-server")

    def create(self) -> None:
        self.folder.mkdir()
        (self.folder / "log").mkdir()
        (self.folder / "enabled_plugins").write_text("[].\n")
        (self.folder / "rabbitmq.conf").write_text(f"listeners.tcp.1 = {HOST}:{self.port}\nlog.console = false\n")
        (self.folder / ".erlang.cookie").write_text(f"DRILLS{self.port}")
        (self.folder / ".erlang.cookie").chmod(0o400)
        self.start()

    def start(self) -> None:
        if not (self._names and self._names.is_running):
            command = [program("epmd", package="erlang-base"), "-port", str(self._names_port), "-address", HOST]
            self._names = Program("epmd", command, self.folder / "epmd.log", self._environment)
            self._names.start()
        until(lambda: listens(self._names_port), 10, "epmd")
        self.program = Program("rabbitmq", [self._program("rabbitmq-server")], self.log, self._environment)
        self.program.start()
        until(self.is_ready, 90, f"RabbitMQ (log: {self.log})", 0.5)

    def is_ready(self) -> bool:
        import amqp

        try:
            with amqp.Connection(f"{HOST}:{self.port}", connect_timeout=2):
                return True
        except (OSError, amqp.AMQPError):
            return False

    def url(self, vhost: str = "/") -> str:
        return f"amqp://guest:guest@{HOST}:{self.port}/{'' if vhost == '/' else vhost}" + ("/" if vhost == "/" else "")

    def control(self, *words: str) -> str:
        return quietly([self._program("rabbitmqctl"), "-q", *words], self._environment, seconds=60)

    def add_vhost(self, name: str) -> None:
        self.control("add_vhost", name)
        self.control("set_permissions", "-p", name, "guest", ".*", ".*", ".*")

    def delete_vhost(self, name: str) -> None:
        self.control("delete_vhost", name)

    def kill9(self) -> None:
        if self.program:
            self.program.kill9()

    def stop(self) -> None:
        if self.program:
            self.program.stop(20)
        if self._names:
            self._names.kill9()

    def wipe(self) -> None:
        """Everything that it knew, as after the loss of its disk."""
        self.kill9()
        shutil.rmtree(self.folder / "data", ignore_errors=True)
