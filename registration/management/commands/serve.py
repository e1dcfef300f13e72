"""manage.py serve: the production server on this machine, with the addresses to open."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from registration.domain.loopback import is_own

HOST = "127.0.0.1"
#: Seconds that a server process has to end once it is told to. A client that never ends its request, or an order that
#: comes while the process still starts, would else keep it for ever.
GOODBYE = 20
#: Threads that are free to answer without waiting, whatever the crowd.
TELLING = 16


def refuse_taken(port: int) -> None:
    """Raise CommandError if something serves there. The server itself would share the port without a word."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            reason = error.strerror or "it cannot be used"
            raise CommandError(f"Port {port}: {reason}. Try another, such as PORT={port + 1} make run.") from None


def for_trying_out() -> dict[str, str]:
    """What is set unless it is said otherwise: webhooks may go to this machine where only this machine calls."""
    return {"WEBHOOK_ALLOW_LOOPBACK": "true"} if is_own() else {}


def server_command(port: str, workers: str, goodbye: int = GOODBYE) -> list[str]:
    # Those that are served, those that wait, and enough to tell the others to come again.
    threads = str(settings.SERVED_AT_ONCE + settings.SERVED_SOON + TELLING)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", port]
    command += ["--working-dir", str(settings.BASE_DIR), "--workers-kill-timeout", str(goodbye)]
    # One that dies is started again; else the server ends with it, and nobody is served until somebody starts it.
    command += ["--respawn-failed-workers", "--respawn-interval", "0.5"]
    # Not its warnings: it has one of so many threads, of which most only wait (config.admission).
    command += ["--workers", workers, "--blocking-threads", threads, "--no-access-log", "--log-level", "error"]
    return [*command, "config.wsgi:application"]


class Command(BaseCommand):
    help = "Serve on 127.0.0.1 through the production WSGI server. PORT in the environment, 8000 by default."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="first do what manage.py prepare does")

    def handle(self, *_args: Any, **options: Any) -> None:
        port = os.environ.get("PORT", "8000")
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise CommandError(f"PORT must be a number from 1 to 65535, not {port!r}.")
        refuse_taken(int(port))
        if options["prepare"]:
            call_command("prepare")
        base = f"http://{HOST}:{port}"
        self.stdout.write(f"Register to vote      {base}/")
        self.stdout.write(f"In Spanish            {base}/es/")
        self.stdout.write(f"From a demo partner   {base}/?partner=demo")
        if is_own():
            self.stdout.write(f"On a partner's page   http://localhost:{port}/demo/")
        # By name, since browsers have no passkeys for an address that is only a number.
        self.stdout.write(f"For partners          http://localhost:{port}/partners/")
        self.stdout.write("Stop with Ctrl-C.")
        self.stdout.flush()
        for name, value in for_trying_out().items():
            os.environ.setdefault(name, value)
        os.umask(0o077)
        command = server_command(port, os.environ.get("WEB_WORKERS", "1"))
        os.execv(sys.executable, command)  # noqa: S606  our own fixed command
