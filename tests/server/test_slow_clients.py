"""A client that sends drop by drop is not waited for; one that waits for a slow answer is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.loops import finish
from utils.server import slow_clients
from utils.server.slow_clients import BodyLimit, TimedProtocol

SHORT = 0.2
HEAD = b"Host: hall.test\r\n"


@dataclass
class Hall:
    """A server on a free port; ``/late`` answers once ``answer_now`` is set."""

    answer_now: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    async def late(self, _request: Request) -> PlainTextResponse:
        await self.answer_now.wait()
        return PlainTextResponse("late")

    async def body(self, request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    async def send(self, text: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(text)
        return reader, writer


@asynccontextmanager
async def hall() -> AsyncIterator[Hall]:
    """Run it with our limits until the block is left."""
    opened = Hall()
    routes = [Route("/late", opened.late), Route("/body", opened.body, methods=["POST"])]
    app = Starlette(routes=routes, middleware=[Middleware(BodyLimit, seconds=SHORT)])
    config = uvicorn.Config(app, http=TimedProtocol, port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0)
    opened.port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield opened
    finally:
        server.should_exit = True
        await running


@pytest.mark.parametrize("drop", [b"", b"GET /late HTT", b"GET /late HTTP/1.1\r\n" + HEAD])
def test_headers_that_never_end_close_the_connection_and_nobody_elses(
    drop: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slow_clients, "SECONDS", SHORT)

    async def visit() -> None:
        async with hall() as server:
            patient, kept = await server.send(b"GET /late HTTP/1.1\r\n" + HEAD + b"Connection: close\r\n\r\n")
            slow, cut = await server.send(drop)
            assert await slow.read() == b""
            server.answer_now.set()
            assert (await patient.read()).endswith(b"late")
            kept.close()
            cut.close()

    finish(visit())


def test_a_body_that_never_ends_is_answered_too_slow() -> None:
    async def visit() -> None:
        async with hall() as server:
            start = b"POST /body HTTP/1.1\r\n" + HEAD + b"Content-Length: 4\r\n"
            slow, cut = await server.send(start + b"\r\nab")
            assert (await slow.read()).startswith(b"HTTP/1.1 408 ")
            whole, kept = await server.send(start + b"Connection: close\r\n\r\nabcd")
            assert (await whole.read()).endswith(b"4")
            kept.close()
            cut.close()

    finish(visit())
