"""Time limits for clients that send headers or a body drop by drop, each of which holds a connection open."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import PlainTextResponse
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS: Final = 20.0
"""From the first byte of a request to the end of its headers, and from there to the end of its body."""


class TimedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which closes a connection whose next request is not asked in time.

    Between requests uvicorn closes by itself; it waits for ever for a first request and for the rest of one.
    """

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came; wait on while the headers of a request are not whole."""
        before = self.cycle
        if self._timer is None and not self._is_asked():
            self._wait()
        super().data_received(data)
        if self.cycle is not before or self._is_asked():
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timer."""
        self._stop()
        super().connection_lost(exc)

    def _is_asked(self) -> bool:
        """Return whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(SECONDS, self._close)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _close(self) -> None:
        self._timer = None
        if self.transport.get_protocol() is self:  # else it is a web socket by now
            self.transport.close()


class BodyLimit:
    """Answers 408 where the body of a request is not there in time."""

    def __init__(self, app: ASGIApp, *, seconds: float = SECONDS) -> None:
        self.app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        deadline = asyncio.get_running_loop().time() + self._seconds
        begun = whole = False

        async def receive_in_time() -> Message:
            nonlocal whole
            if whole:
                return await receive()
            async with asyncio.timeout_at(deadline):
                message = await receive()
            whole = not message.get("more_body", False)
            return message

        async def send_on(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive_in_time, send_on)
        except TimeoutError:
            if whole or begun:
                raise
            answer = PlainTextResponse("Too slow", 408, {"Connection": "close"})
            await answer(scope, receive, send)
