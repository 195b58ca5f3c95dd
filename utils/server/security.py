"""Safe headers, and doors that stay closed to whoever has no business here."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers as RequestHeaders
from starlette.datastructures import MutableHeaders
from starlette.responses import Response

from utils.server.streamlit_internals import CLOSED, INLINE_SCRIPTS
from utils.settings.address import same_origin

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

EMBEDS: Final = "/embed/"
OPEN: Final = (
    "/export/",
    "/api/",
    "/image/",
    EMBEDS,
    "/feeds/",
    "/calendar.ics",
    "/datapackage.json",
    "/digest.txt",
)
"""Public files that pages of other hosts may read; no cookie goes with them."""
_SHARED: Final = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_PREFLIGHT: Final = {
    **_SHARED,
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match, Prefer",
    "Access-Control-Max-Age": "86400",
}
_DOCUMENT: Final = re.compile(r"html|xml|pdf")
"""What a browser shows as a page of its own; a hundred scripts a visit need no policy each."""
_HOST: Final = re.compile(r"[0-9A-Za-z.:\[\]-]{1,255}")
_POLICY: Final[Mapping[str, str]] = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
_HEADERS: Final = {
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy(path: str, host: str, scripts: Collection[str] = ()) -> str:
    """Return the Content-Security-Policy of the answer to ``path``.

    ``host`` lets the web socket in for browsers whose ``'self'`` leaves it out; ``scripts`` are the
    inline scripts that Streamlit's own page holds. The frame of the map runs the script that its
    library sends to it, so that frame alone may evaluate. Embeds, and nothing else, may stand in the
    pages of others; they run no script.
    """
    rules = dict(_POLICY)
    if path.startswith("/component/"):
        rules["script-src"] = "'self' 'unsafe-inline' 'unsafe-eval'"
    elif path.startswith(EMBEDS):
        rules["script-src"] = "'none'"
        rules["frame-ancestors"] = "*"
    else:
        rules["script-src"] = " ".join(("'self'", *map(_script_hash, scripts)))
    if _HOST.fullmatch(host):
        rules["connect-src"] = f"'self' ws://{host} wss://{host}"
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _script_hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


class Guard:
    """Adds the safe headers to every answer and turns away what nobody outside needs.

    A web socket from another site is refused here: Streamlit would first ask an outside host for
    this machine's address. ``front_page`` holds the inline scripts that may run. With ``hosts`` only
    these names are answered, so that no page from elsewhere can reach a private address under a name
    of its own. ``private`` answers are stored by no cache, files that never change excepted, and
    are read by no page of another host.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        front_page: str,
        hosts: Collection[str] | None = None,
        private: bool = False,
    ) -> None:
        self.app = app
        self._hosts = hosts
        self._private = private
        self._scripts = tuple(INLINE_SCRIPTS.findall(front_page))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        request = RequestHeaders(scope=scope)
        host = request.get("host", "")
        known = self._hosts is None or (urlsplit(f"//{host}").hostname or "") in self._hosts
        if scope["type"] == "websocket":
            if known and same_origin(request.get("origin"), host):
                await self.app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        path = scope["path"]
        shared = path.startswith(OPEN) and not self._private

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                if shared:
                    headers.update(_SHARED)
                    headers["Access-Control-Expose-Headers"] = "ETag"
                else:
                    headers["Cross-Origin-Resource-Policy"] = "same-origin"
                if not path.startswith(EMBEDS):
                    headers["X-Frame-Options"] = "SAMEORIGIN"
                if _DOCUMENT.search(headers.get("content-type", "text/html")):
                    headers.update(_HEADERS)
                    headers["Content-Security-Policy"] = policy(path, host, self._scripts)
                if self._private and "immutable" not in headers.get("cache-control", ""):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        if not known:
            await Response("Unknown host", 421)(scope, receive, with_headers)
        elif shared and scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, with_headers)
        elif path.startswith(CLOSED):
            await Response("Not found", 404)(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)
