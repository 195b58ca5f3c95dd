"""How often one client may ask for what is made for it: files, pictures, embeds, the API and feeds."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Final

from starlette.requests import Request

from utils.server.routes.requests import refuse
from utils.server.security import OPEN

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

MOST: Final = 600
"""Requests of one client in a minute; a hall behind one address stays far below."""
_PATHS: Final = OPEN
"""What pages of other hosts may read is what programs ask for."""
_MINUTE: Final = 60.0


def client_key(address: str) -> str:
    """Return what stands for a client: its address, of IPv6 the network that one line is given (/64)."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or parsed.exploded[:19])


class ClientLimit:
    """Answers 429 to a client that asked :data:`MOST` times within the current minute."""

    def __init__(
        self, app: ASGIApp, *, most: int = MOST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.app = app
        self._most = most
        self._clock = clock
        self._minute = 0
        self._asked: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "http" and scope["path"].startswith(_PATHS) and self._exceeds(scope):
            await refuse(Request(scope), 429)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _exceeds(self, scope: Scope) -> bool:
        minute = int(self._clock() // _MINUTE)
        if minute != self._minute:
            self._minute, self._asked = minute, Counter()
        client = client_key((scope.get("client") or ("",))[0])
        self._asked[client] += 1
        return self._asked[client] > self._most
