"""A counted, and if asked a slow, link to a server: a loopback forwarder that sees every byte."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

_CHUNK = 16_384


@dataclass
class Link:
    """Bytes that went through, both ways together, and the port to connect to."""

    port: int = 0
    down: int = 0
    up: int = 0
    bits_per_second: float = 0
    round_trip: float = 0
    _free_at: float = field(default=0.0, repr=False)

    @property
    def url(self) -> str:
        """The address of the server through this link."""
        return f"http://127.0.0.1:{self.port}"

    def reset(self) -> None:
        """Count from zero."""
        self.down = self.up = 0

    def arrives_in(self, size: int, now: float) -> float:
        """Return the seconds until ``size`` bytes have come down a line shared by all connections."""
        if not self.bits_per_second:
            return self.round_trip / 2
        begin = max(now, self._free_at)
        self._free_at = begin + size * 8 / self.bits_per_second
        return self._free_at - now + self.round_trip / 2


@contextmanager
def link(target: int, *, megabits: float = 0, round_trip: float = 0) -> Iterator[Link]:
    """Forward a free loopback port to ``target``; ``megabits`` a second and ``round_trip`` seconds."""
    made = Link(bits_per_second=megabits * 1e6, round_trip=round_trip)
    ready, over = threading.Event(), threading.Event()

    async def run() -> None:
        server = await asyncio.start_server(partial(_serve, made, target), "127.0.0.1", 0)
        made.port = int(server.sockets[0].getsockname()[1])
        ready.set()
        await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=asyncio.run, args=(run(),), name="link", daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield made
    finally:
        over.set()
        thread.join(5)


async def _serve(made: Link, target: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(made.round_trip)
    far: asyncio.StreamWriter | None = None
    try:
        far_reader, far = await asyncio.open_connection("127.0.0.1", target)
        async with asyncio.TaskGroup() as ways:
            ways.create_task(_down(made, far_reader, writer))
            ways.create_task(_up(made, reader, far))
    except (OSError, ExceptionGroup, asyncio.CancelledError):
        return
    finally:
        writer.close()
        if far is not None:
            far.close()


async def _down(made: Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)
    loop = asyncio.get_running_loop()

    async def receive() -> None:
        chunk = b"-"
        while chunk:
            chunk = await reader.read(_CHUNK)
            made.down += len(chunk)
            now = loop.time()
            await waiting.put((now + made.arrives_in(len(chunk), now), chunk))

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(receive())
        while True:
            due, chunk = await waiting.get()
            if not chunk:
                break
            if due > loop.time():
                await asyncio.sleep(due - loop.time())
            writer.write(chunk)
            await writer.drain()
    writer.close()


async def _up(made: Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(_CHUNK):
        made.up += len(chunk)
        if made.round_trip:
            await asyncio.sleep(made.round_trip / 2)
        writer.write(chunk)
        await writer.drain()
    writer.close()
