"""Files go out compressed once and cached where their name changes with their content; safe headers.

Streamlit expects a proxy to compress its bundles. Without one a first visit costs seven megabytes,
so each file is packed here once, in the background, with Brotli and gzip.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import mimetypes
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers as RequestHeaders
from starlette.datastructures import MutableHeaders
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

IMMUTABLE: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "no-cache"
_PACKABLE: Final = re.compile(r"text/|javascript|json|svg|wasm|xml")
_SMALLEST: Final = 1024
_QUICK, _BEST = 5, 10
_FINGERPRINT: Final = re.compile(r"[-.][0-9A-Za-z_-]{8,}\.\w+$|/vendor/[^/]*\d+\.\d+|/fonts/.+\.woff2$")
_CLOSED: Final = ("/_stcore/metrics", "/_stcore/agent")

_POLICY: Final = {
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
_FRAME_POLICY: Final = _POLICY | {"script-src": "'self' 'unsafe-inline' 'unsafe-eval'"}
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def _written(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())


class Headers:
    """Adds the safe headers to every answer and closes what nobody outside needs."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        # the frame of the map runs the script that its library sends to it
        policy = _written(_FRAME_POLICY if path.startswith("/component/") else _POLICY)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        if path.startswith(_CLOSED):
            await Response("Not found", 404)(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    media_type: str
    cache: str


class Delivery:
    """Serves the known files of Streamlit, of the map component and of ``static/``, packed.

    Only files that were there at start are served; everything else goes on to Streamlit.
    """

    def __init__(self, app: ASGIApp, *, root: Path) -> None:
        self.app = app
        self._files = dict(_known_files(root))
        self._packed: dict[tuple[str, str], tuple[bytes, str]] = {}
        self._tags: dict[str, str] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._pack_all, name="pack", daemon=True).start()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        known = self._files.get(scope["path"]) if scope["type"] == "http" else None
        if known is None or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        headers = RequestHeaders(scope=scope)
        body, encoding, tag = await run_in_threadpool(
            self._content, scope["path"], known, headers.get("accept-encoding", "")
        )
        sent = {
            "Cache-Control": known.cache,
            "ETag": tag,
            "Vary": "Accept-Encoding",
            "Access-Control-Allow-Origin": "*",
        }
        if encoding:
            sent["Content-Encoding"] = encoding
        if headers.get("if-none-match") == tag:
            await Response(status_code=304, headers=sent)(scope, receive, send)
            return
        await Response(body, headers=sent, media_type=known.media_type)(scope, receive, send)

    def _content(self, url: str, known: _File, accepted: str) -> tuple[bytes, str, str]:
        offered = {part.split(";")[0].strip() for part in accepted.split(",")}
        encoding = "br" if "br" in offered else "gzip" if "gzip" in offered else ""
        if not _PACKABLE.search(known.media_type):
            encoding = ""
        with self._lock:
            ready = self._packed.get((url, encoding))
        if ready is None:
            ready = self._pack(url, known, encoding, _QUICK)
        body, tag = ready
        return body, encoding, tag

    def _pack(self, url: str, known: _File, encoding: str, quality: int) -> tuple[bytes, str]:
        raw = known.path.read_bytes()
        tag = f'"{hashlib.sha256(raw).hexdigest()[:16]}{"-" + encoding if encoding else ""}"'
        if encoding == "br":
            body = brotli.compress(raw, quality=quality)
        elif encoding == "gzip":
            body = gzip.compress(raw, 6, mtime=0)
        else:
            return raw, tag
        with self._lock:
            self._packed[url, encoding] = (body, tag)
        return body, tag

    def _pack_all(self) -> None:
        """Pack what browsers ask for, the largest first; Brotli works outside the interpreter's lock."""
        wanted = [
            (url, known)
            for url, known in self._files.items()
            if _PACKABLE.search(known.media_type) and known.path.stat().st_size > _SMALLEST
        ]
        first = sorted(wanted, key=lambda item: ("Plotly" not in item[0], -item[1].path.stat().st_size))
        for url, known in first:
            self._pack(url, known, "br", _BEST if known.path.stat().st_size < 1_000_000 else 9)


def _known_files(root: Path) -> list[tuple[str, _File]]:
    import streamlit

    found = []
    bundles = Path(streamlit.__file__).parent / "static" / "static"
    found += _walk(bundles, "/static", lambda _url: IMMUTABLE)
    found += _walk(root / "static", "/app/static", _cache_of)
    component = importlib.util.find_spec("streamlit_folium")
    if component and component.origin:
        build = Path(component.origin).parent / "frontend" / "build"
        found += _walk(build, "/component/streamlit_folium.st_folium", _cache_of)
    return found


def _cache_of(url: str) -> str:
    return IMMUTABLE if _FINGERPRINT.search(url) else REVALIDATE


def _walk(folder: Path, prefix: str, cache: Callable[[str], str]) -> list[tuple[str, _File]]:
    if not folder.is_dir():
        return []
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            url = f"{prefix}/{path.relative_to(folder).as_posix()}"
            media_type = _media_type(path)
            found.append((url, _File(path, media_type, cache(url))))
    return found


def _media_type(path: Path) -> str:
    special = {".geojson": "application/geo+json", ".woff2": "font/woff2", ".js": "text/javascript"}
    return special.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
