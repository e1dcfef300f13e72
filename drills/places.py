"""Where a run keeps its files, which ports are its own, and the programs that it ends by their number."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
FIRST_PORT = int(os.environ.get("DRILLS_PORT", "18000"))
LAST_PORT = FIRST_PORT + 999
_handed_out: set[int] = set()
_handing_out = threading.Lock()


class Missing(Exception):
    """A program that a drill needs is not on this machine; the text says which and how to get it."""


class NotReady(Exception):
    """What was started did not answer in time; the text says what, and where its log is."""


def free_port() -> int:
    """A port of the drills' own range that nothing uses and that was not handed out in this process."""
    with _handing_out:
        for port in range(FIRST_PORT, LAST_PORT + 1):
            if port not in _handed_out and _is_free(port):
                _handed_out.add(port)
                return port
    raise Missing(f"No port from {FIRST_PORT} to {LAST_PORT} is free. Set DRILLS_PORT to the first of 1000 others.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def program(name: str, *folders: str, package: str) -> str:
    """The path of a program. Raises Missing with the Debian package that brings it."""
    found = shutil.which(name, path=os.pathsep.join([*folders, os.environ.get("PATH", ""), "/usr/sbin", "/usr/bin"]))
    if not found:
        raise Missing(f"{name} is not installed. On Debian or Ubuntu: apt-get install {package}")
    return found


def until(ready: Callable[[], bool], seconds: float, what: str, every: float = 0.1) -> float:
    """Wait until ``ready()``; gives the seconds that it took. Raises NotReady with ``what``."""
    begun = time.monotonic()
    while not ready():
        if time.monotonic() - begun > seconds:
            raise NotReady(f"{what}: not within {seconds:g} s")
        time.sleep(every)
    return time.monotonic() - begun


def listens(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def run_folder() -> Iterator[Path]:
    """A folder for everything that a run writes, gone afterwards unless DRILLS_KEEP is set."""
    folder = Path(tempfile.mkdtemp(prefix="drills-"))
    folder.chmod(0o755)  # PostgreSQL runs as a person of its own
    try:
        yield folder
    finally:
        if not os.environ.get("DRILLS_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)


class Program:
    """One process group, with its output in a file. Started again with ``start()``."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        log: Path,
        environment: dict[str, str],
        *,
        user: str = "",
        folder: Path = ROOT,
    ) -> None:
        self.name, self.command, self.log, self.environment = name, list(command), log, environment
        self.user, self.folder = user, folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        who: dict[str, Any] = {}
        if self.user:
            known = pwd.getpwnam(self.user)
            who = {"user": known.pw_uid, "group": known.pw_gid, "extra_groups": []}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  our own commands
                self.command,
                cwd=self.folder if not self.user else "/",
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **who,
            )

    @property
    def pid(self) -> int:
        assert self.process is not None, f"{self.name} was never started"
        return self.process.pid

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> None:
        """To the whole group; nothing where it is gone already."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    def kill9(self) -> None:
        """The whole group at once, as when the machine takes it."""
        self.signal(signal.SIGKILL)
        self.wait(10)

    def wait(self, seconds: float) -> int | None:
        """The exit code, or None where it still runs."""
        if self.process is None:
            return None
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self, seconds: float = 30) -> float:
        """SIGTERM to the first process, SIGKILL to the group if that was not enough; gives the seconds that it took."""
        begun = time.monotonic()
        if self.is_running:
            os.kill(self.pid, signal.SIGTERM)
            self.wait(seconds)
        took = time.monotonic() - begun
        self.kill9()
        return took


def quietly(command: Sequence[str], environment: dict[str, str], user: str = "", seconds: float = 120) -> str:
    """What a command printed. Raises NotReady with its last words where it failed."""
    who: dict[str, Any] = {}
    if user:
        known = pwd.getpwnam(user)
        who = {"user": known.pw_uid, "group": known.pw_gid, "extra_groups": []}
    done = subprocess.run(  # noqa: S603  our own commands
        list(command),
        cwd=ROOT if not user else "/",
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
        **who,
    )
    if done.returncode:
        words = (done.stdout + done.stderr).strip()[-800:]
        raise NotReady(f"{Path(command[0]).name} {' '.join(command[1:3])} failed: {words}")
    return str(done.stdout)


def plain_environment(**more: str) -> dict[str, str]:
    """What a service may know of our own environment, and ``more``."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME", "TZ")}
    return {"LANG": "C.UTF-8", **kept, **more}
