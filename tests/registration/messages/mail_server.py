"""A real mail server on this machine that behaves as a test says."""

import asyncio
import email
import email.policy
import socket
import ssl
import time
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller


@dataclass
class Behaviour:
    """``rcpt`` and ``data``: the answers to the recipient and to the message. ``data`` "drop" says nothing and hangs
    up; "slow" takes longer than anybody waits. ``messages``: what was taken, also where nothing was said."""

    rcpt: str = "250 OK"
    data: str = "250 OK"
    greeting_seconds: float = 0.0
    messages: list[EmailMessage] = field(default_factory=list)
    envelopes: list[list[str]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    released: bool = False

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, _session, envelope) -> str:
        self.raw.append(envelope.content)
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.envelopes.append(list(envelope.rcpt_tos))
        if self.data == "drop":
            server.transport.abort()
            return "250 nobody hears this"
        if self.data == "slow":
            until = time.monotonic() + 5
            while not self.released and time.monotonic() < until:
                await asyncio.sleep(0.02)
            return "250 late"
        return self.data


class MailServer:
    def __init__(self, **behaviour) -> None:
        self.behaviour = Behaviour(**behaviour)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    def start(self, way: str = "", context: ssl.SSLContext | None = None) -> "MailServer":
        """``way``: "starttls" or "tls", with the server's ``context``."""
        options = {"starttls": {"tls_context": context}, "tls": {"ssl_context": context}}.get(way, {})
        self.controller = Controller(self.behaviour, hostname="127.0.0.1", port=self.port, **options)
        self.controller.start()
        return self

    def stop(self) -> None:
        self.behaviour.released = True
        self.controller.stop()
