"""A connection that is over at a set time, however slowly the other side goes on sending."""

from __future__ import annotations

import io
import socket
import ssl
import time


class Timed:
    """As much of a socket as `http.client` uses. Raises TimeoutError once ``seconds`` have passed in all."""

    def __init__(self, connected: socket.socket, until: float) -> None:
        self._socket = connected
        self._until = until

    def hurry(self) -> None:
        """Give the next step the time that is left. Raises TimeoutError where none is."""
        self._socket.settimeout(seconds_left(self._until))

    def sendall(self, data: bytes) -> None:
        self.hurry()
        self._socket.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self))

    def receive(self, buffer: memoryview) -> int:
        self.hurry()
        return self._socket.recv_into(buffer)

    def close(self) -> None:
        """Nothing yet: `http.client` says so when it has the headers, and the body is still to come."""

    def end(self) -> None:
        self._socket.close()


class _Reading(io.RawIOBase):
    def __init__(self, timed: Timed) -> None:
        self._timed = timed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the buffer of BufferedReader
        return self._timed.receive(buffer)


def seconds_left(until: float) -> float:
    """Seconds until a moment of `time.monotonic`. Raises TimeoutError where it is past."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def connect(addresses: tuple[str, ...], port: int, *, each: float, until: float) -> socket.socket:
    """A connection to the first address that takes one. Raises OSError."""
    last: OSError = TimeoutError()
    for address in addresses:
        try:
            return socket.create_connection((address, port), timeout=min(each, seconds_left(until)))
        except OSError as error:
            last = error
    raise last


def secure(plain: socket.socket, host: str, context: ssl.SSLContext, until: float) -> ssl.SSLSocket:
    """Speak TLS with ``host``, whose certificate must be right for its name. Raises OSError; closes on failure."""
    try:
        plain.settimeout(seconds_left(until))
        return context.wrap_socket(plain, server_hostname=host)
    except (OSError, ValueError):
        plain.close()
        raise
