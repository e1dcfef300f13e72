"""A mail server that takes everything and delivers nothing: ``python -m drills.smtp_sink PORT MODE_FILE MESSAGES``.

Modes: ``ok``; ``slow=SECONDS``; ``421`` and ``550`` (to the recipient); ``drop-after-DATA`` (the message is taken, and
the connection ends before it is said); ``refuse`` (the connection ends at once). A message is kept as a line of JSON;
who was refused for good, as a line of ``MESSAGES.refused``.
"""

from __future__ import annotations

import asyncio
import email
import json
import os
import sys
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from drills.places import HOST, Program, free_port, listens, plain_environment, until
from drills.switch import Switch


def refused_beside(messages: Path) -> Path:
    return messages.with_name(f"{messages.name}.refused")


class Keeper:
    """What aiosmtpd asks for each recipient and each message."""

    def __init__(self, mode: Switch, messages: Path) -> None:
        self.mode, self.messages = mode, messages

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:  # the shape that aiosmtpd calls
        word, _ = self.mode.get()
        if word == "421":
            return "421 4.3.2 Come back later"
        if word == "550":
            with refused_beside(self.messages).open("a", encoding="utf-8") as file:
                file.write(address + "\n")
            return "550 5.1.1 Nobody of this name"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        word, seconds = self.mode.get()
        if word == "slow":
            await asyncio.sleep(seconds)
        dropped = word == "drop-after-DATA"
        self.keep(envelope, answered=not dropped)
        if dropped:
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]  # a socket's transport has it
        return "250 OK"

    def keep(self, envelope: Envelope, *, answered: bool) -> None:
        raw = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        read = email.message_from_bytes(raw, policy=default)
        line = {
            "at": datetime.now(UTC).isoformat(),
            "message_id": str(read["Message-ID"] or ""),
            "to": sorted(envelope.rcpt_tos),
            "subject": str(read["Subject"] or ""),
            "answered": answered,
            "raw": raw.decode("utf-8", "replace"),
        }
        with self.messages.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


class Listening(SMTP):
    """Ends a connection at once while the mode says so."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self.event_handler.mode.get()[0] == "refuse":
            transport.abort()  # type: ignore[attr-defined]  # a socket's transport has it
            return
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self.transport is not None:
            super().connection_lost(error)


async def serve(port: int, mode: Switch, messages: Path) -> None:
    keeper = Keeper(mode, messages)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Listening(keeper, hostname="sink.example", enable_SMTPUTF8=True, loop=loop), HOST, port
    )
    async with server:
        await server.serve_forever()


class Sink:
    """The sink in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.mode = Switch(folder / "sink.mode", "ok")
        self.messages = folder / "sink.jsonl"
        command = [sys.executable, "-W", "ignore", "-m", "drills.smtp_sink", str(self.port), str(self.mode.path)]
        self.program = Program("sink", [*command, str(self.messages)], folder / "sink.log", plain_environment())

    def start(self) -> None:
        for path in (self.messages, refused_beside(self.messages)):
            path.touch()
        self.program.start()
        until(lambda: self.program.is_running and listens(self.port), 20, f"the mail sink (log: {self.program.log})")

    def stop(self) -> None:
        self.program.stop(5)

    def received(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.messages.read_text(encoding="utf-8").splitlines()]

    def refused(self) -> set[str]:
        """Addresses to which a message was refused for good."""
        return set(refused_beside(self.messages).read_text(encoding="utf-8").splitlines())

    @property
    def url(self) -> str:
        return f"smtp://{HOST}:{self.port}"


if __name__ == "__main__":
    os.umask(0o077)
    asyncio.run(serve(int(sys.argv[1]), Switch(Path(sys.argv[2]), "ok"), Path(sys.argv[3])))
