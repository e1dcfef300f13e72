"""A network that fails on purpose: ``python -m drills.proxy PORT TARGET_PORT MODE_FILE``.

Modes: ``pass``; ``latency=SECONDS`` for each piece in each direction; ``drop`` (half-open: connections stay, and are
taken, but nothing passes); ``reset`` (every connection is reset, old and new); ``reset=SHARE`` (a
share, 0 to 1, of the new ones); ``refuse`` (nobody listens, and the old connections are reset).
"""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import sys
from pathlib import Path

from drills.places import HOST, Program, free_port, listens, plain_environment, until
from drills.switch import Switch

LOOK_EVERY = 0.05
PIECE = 64 * 1024


class FaultProxy:
    def __init__(self, port: int, target: int, mode: Switch) -> None:
        self.port, self.target, self.mode = port, target, mode
        self.open: set[asyncio.StreamWriter] = set()
        self.server: asyncio.Server | None = None

    async def run(self) -> None:
        while True:
            word, share = self.mode.get()
            if word == "refuse" or (word == "reset" and not share):
                self._reset_all()
            if word == "refuse":
                await self._stop_listening()
            elif self.server is None:
                self.server = await asyncio.start_server(self._connected, HOST, self.port)
            await asyncio.sleep(LOOK_EVERY)

    async def _stop_listening(self) -> None:
        if self.server is not None:
            self.server.close()
            self.server = None

    def _reset_all(self) -> None:
        for writer in list(self.open):
            _reset(writer)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        word, share = self.mode.get()
        if word == "reset" and (not share or random.random() < share):  # noqa: S311  a die, no secret
            _reset(writer)
            return
        while self.mode.get()[0] == "drop":
            await asyncio.sleep(LOOK_EVERY)
        try:
            far_reader, far_writer = await asyncio.open_connection(HOST, self.target)
        except OSError:
            _reset(writer)
            return
        both = {writer, far_writer}
        self.open |= both
        await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))
        self.open -= both

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Both ends close when one does."""
        try:
            while piece := await reader.read(PIECE):
                word, seconds = self.mode.get()
                if word == "latency":
                    await asyncio.sleep(seconds)
                while self.mode.get()[0] == "drop":
                    await asyncio.sleep(LOOK_EVERY)
                writer.write(piece)
                await writer.drain()
        except OSError:
            _reset(writer)
        finally:
            writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    """RST instead of a goodbye."""
    end = writer.get_extra_info("socket")
    if end is not None and end.fileno() >= 0:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class Proxy:
    """The proxy in a process of its own, before ``target``."""

    def __init__(self, folder: Path, name: str, target: int) -> None:
        self.port = free_port()
        self.mode = Switch(folder / f"{name}.mode", "pass")
        command = [sys.executable, "-m", "drills.proxy", str(self.port), str(target), str(self.mode.path)]
        self.program = Program(f"proxy {name}", command, folder / f"{name}.log", plain_environment())

    def start(self) -> None:
        self.program.start()
        until(lambda: self.program.is_running and listens(self.port), 20, f"the proxy (log: {self.program.log})")

    def lead_to(self, target: int) -> None:
        """As when an address moves to another machine: open connections end, new ones lead to ``target``."""
        self.program.kill9()
        self.program.command[-2] = str(target)
        self.start()

    def stop(self) -> None:
        self.program.stop(5)


if __name__ == "__main__":
    asyncio.run(FaultProxy(int(sys.argv[1]), int(sys.argv[2]), Switch(Path(sys.argv[3]), "pass")).run())
