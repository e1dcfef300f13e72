"""A partner's server on this machine: it keeps what it was sent and answers as a test says."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[socket.socket], None]


def status(code: int, *lines: str, body: bytes = b"") -> Answer:
    head = [f"HTTP/1.1 {code} Said", f"Content-Length: {len(body)}", *lines, "", ""]
    return lambda peer: peer.sendall("\r\n".join(head).encode() + body)


def raw(*parts: bytes, pause: float = 0.0) -> Answer:
    def say(peer: socket.socket) -> None:
        for part in parts:
            peer.sendall(part)
            time.sleep(pause)

    return say


def drop(_peer: socket.socket) -> None:
    """Close without a word."""


def after(seconds: float, answer: Answer) -> Answer:
    def say(peer: socket.socket) -> None:
        time.sleep(seconds)
        answer(peer)

    return say


@dataclass
class Receiver:
    """Answers with ``answers`` in turn, the last of them from then on."""

    answers: list[Answer] = field(default_factory=lambda: [status(204)])
    context: ssl.SSLContext | None = None
    received: list[Received] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def stop(self) -> None:
        if self._listener.fileno() != -1:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                peer, _address = self._listener.accept()
            except (OSError, IndexError, ValueError):
                return
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer: socket.socket) -> None:
        with self._lock:
            self.connections += 1
        try:
            peer.settimeout(30)
            if self.context is not None:
                peer = self.context.wrap_socket(peer, server_side=True)
            self._take(peer)
        except (OSError, IndexError, ValueError):
            pass  # the other side went away, or did not like our certificate
        finally:
            peer.close()

    def _take(self, peer: socket.socket) -> None:
        with peer.makefile("rb") as file:
            path = file.readline().split()[1].decode()
            headers: dict[str, str] = {}
            while line := file.readline().strip():
                name, _, value = line.decode().partition(":")
                headers[name.lower()] = value.strip()
            body = file.read(int(headers.get("content-length", "0")))
        with self._lock:
            answer = self.answers[min(len(self.received), len(self.answers) - 1)]
            self.received.append(Received(path, headers, body))
        answer(peer)
