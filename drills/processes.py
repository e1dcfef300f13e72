"""The product's own processes as an operator starts them: web server, relay, workers, commands."""

from __future__ import annotations

import http.client
import os
import signal
import sys
from pathlib import Path

from drills.places import HOST, ROOT, Program, free_port, plain_environment, quietly, until

QUEUES = "mail,sms,print,chores,celery"


class Site:
    """One installation of the product: its settings, its folder, and what runs of it."""

    def __init__(self, folder: Path, settings: dict[str, str], name: str = "site", code: Path = ROOT) -> None:
        """``code``: the source that runs, another one for an older or newer release."""
        self.folder = folder / name
        self.code = code
        self.logs = self.folder / "logs"
        self.var = self.folder / "var"
        self.temporary = self.folder / "tmp"
        for path in (self.folder, self.logs, self.var, self.temporary):
            path.mkdir(mode=0o700, exist_ok=True)
        self.settings = settings
        self.port = free_port()
        self.programs: list[Program] = []
        self.web: Program | None = None
        self.workers: list[Program] = []
        self.relays: list[Program] = []

    def environment(self, **more: str) -> dict[str, str]:
        own = {
            "VAR_DIR": str(self.var),
            "TMPDIR": str(self.temporary),
            "PORT": str(self.port),
            "LOG_LEVEL": "INFO",
            "OFFER_SMS": "true",
            "SMS_URL": "console:",
            # Each person of the drill has an address of their own, as behind a real proxy.
            "TRUSTED_PROXIES": "1",
            "API_RATE_WRITE": "100000/60",
            "API_RATE_KEY": "100000/60",
            # The people of a drill type faster than a person could, and are more than a street's.
            "FORM_FASTEST_SECONDS": "0",
            "FORM_RATE_ADDRESS": "100000/60",
            "FORM_RATE_NETWORK": "100000/60",
            "FORM_RATE_MISSES": "100000/60",
            "STATIC_ROOT": str(self.code / "staticfiles"),
            "PYTHONFAULTHANDLER": "1",
        }
        return plain_environment(**{**own, **self.settings, **more})

    def manage(self, *words: str, **more: str) -> str:
        """What a command of manage.py printed. Raises NotReady where it failed."""
        command = [sys.executable, str(self.code / "manage.py"), *words]
        return quietly(command, self.environment(**more), seconds=170)

    def _program(self, name: str, words: list[str], more: dict[str, str]) -> Program:
        log = self.logs / f"{name}.log"
        made = Program(name, [sys.executable, *words], log, self.environment(**more), folder=self.code)
        made.start()
        self.programs.append(made)
        return made

    def start_web(self, port: int = 0, workers: int = 1, **more: str) -> Program:
        """The server of ``manage.py serve``, ready."""
        more = {"PORT": str(port or self.port), "WEB_WORKERS": str(workers), **more}
        made = self._program(f"web-{more['PORT']}", ["manage.py", "serve"], more)
        if not port or port == self.port:
            self.web = made
        self.wait_for_web(port)
        return made

    def wait_for_web(self, port: int = 0, seconds: float = 60) -> float:
        return until(lambda: answers(port or self.port), seconds, f"the web server (logs: {self.logs})")

    def start_relay(self, **more: str) -> Program:
        made = self._program(f"relay-{len(self.relays)}", ["manage.py", "relay"], more)
        self.relays.append(made)
        return made

    def start_worker(self, queues: str = QUEUES, at_once: int = 2, idle: bool = False, **more: str) -> Program:
        """``idle``: it works when the machine has nothing else to do, as docs/runbook.md says for the last night."""
        name = f"worker-{len(self.workers)}"
        words = ["-m", "celery", "-A", "config", "worker", "-Q", queues, "-c", str(at_once), "-n", f"{name}@drills"]
        made = self._program(name, [*words, "--loglevel", "INFO"], more)
        if idle:
            _stand_back(made.pid)
        self.workers.append(made)
        return made

    def stop(self) -> None:
        for each in self.programs:
            if each.is_running:
                each.signal(signal.SIGCONT)  # one that is stopped hears no other
                os.kill(each.pid, signal.SIGTERM)
        for each in self.programs:
            each.wait(10)
            each.kill9()

    def web_workers(self) -> list[int]:
        """The server's own processes that answer."""
        assert self.web is not None
        path = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children")
        pids = [int(text) for text in path.read_text().split()] if path.exists() else []
        return [pid for pid in pids if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def texts(self) -> list[Path]:
        """The text messages that were sent, a file each."""
        return sorted((self.var / "sms").glob("*.txt"))

    def said(self, word: str) -> int:
        """How many lines of the logs hold ``word``."""
        return sum(path.read_text(errors="replace").count(word) for path in self.logs.glob("*.log"))


def _stand_back(pid: int) -> None:
    """Let others have the cores first, also where the kernel shares them by session."""
    os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
    group = Path(f"/proc/{pid}/autogroup")
    if group.exists():
        group.write_text("19")


def answers(port: int, seconds: float = 2) -> bool:
    """Whether a server is ready: by /readyz, or by the front page where there is none."""
    for path in ("/readyz", "/"):
        try:
            connection = http.client.HTTPConnection(HOST, port, timeout=seconds)
            connection.request("GET", path)
            status = connection.getresponse().status
            connection.close()
        except (OSError, http.client.HTTPException):
            return False
        if status != 404:
            return status == 200
    return False


def memory(pids: list[int]) -> int:
    """Resident bytes of the processes together."""
    pages = 0
    for pid in pids:
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except OSError:
            continue
    return pages * os.sysconf("SC_PAGE_SIZE")
