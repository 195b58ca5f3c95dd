"""Hands out files: packed for the browser, with cache headers, pages with their preview tags.

Streamlit expects a proxy to pack its answers. Without one a first visit costs seven megabytes; this
layer does what the proxy would do. ``python -m utils.server.static_files`` packs every file ahead of the
first visitor.
"""

from __future__ import annotations

import mimetypes
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers as RequestHeaders
from starlette.responses import Response

from utils.server import streamlit_internals
from utils.server.compression import Packed, Packer, accepted, pack_ahead, packable
from utils.server.link_preview import Describe, add_preview

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

ROOT: Final = Path(__file__).parents[2]
CACHE: Final = ROOT / ".cache" / "packed"
IMMUTABLE: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "no-cache"
_FINGERPRINT: Final = re.compile(
    r"/vendor/[^/]+-\d+(\.\d+)+/|/(geo|js|fonts)/[^/]+[-.][0-9a-f]{8,}\.\w+$|-\d+(\.\d+)+\.woff2$"
)
_PAGE: Final = re.compile(r"/[a-z][a-z_-]*|/")
Answers = Callable[["Scope"], bool]
"""Whether a route of the app answers a request."""
Refuse = Callable[["Scope"], Response]
"""Answers what does not exist."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes out as it is; ``fingerprinted``: its name changes with its content."""

    path: Path
    media_type: str
    fingerprinted: bool


class StaticFiles:
    """Hands out the known files of Streamlit, of the map component and of ``static/``, packed.

    Known are the files that were there at start. Paths that are ``answered`` go on to the routes of the
    app, those of Streamlit to Streamlit; whatever is neither, nor a page that ``describe`` knows, is refused.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        root: Path,
        packer: Packer,
        answered: Answers,
        describe: Describe,
        refuse: Refuse,
    ) -> None:
        self.app = app
        self._answered = answered
        self._describe = describe
        self._refuse = refuse
        self._files = known_files(root)
        self._front = streamlit_internals.front_page(root)
        self._texts = {
            url: text.encode()
            for url, file in self._files.items()
            if (
                text := streamlit_internals.plotly_loader(url, file.path)
                or streamlit_internals.frame_page(url, file.path)
            )
        }
        self._packer = packer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        headers = RequestHeaders(scope=scope)
        file = self._files.get(scope["path"])  # first: a visit asks for a hundred of them
        if file is None and self._answered(scope):
            await self.app(scope, receive, send)
            return
        text = self._texts.get(scope["path"])
        engine = scope.get("query_string") == b"engine" and scope["path"].endswith(".js")
        if file is not None and text is not None and not engine:
            packed = self._packer.pack_text(text, accepted(headers.get("accept-encoding", "")))
            answer = _answer(packed, headers, file.media_type, REVALIDATE)
        elif file is not None:
            answer = await run_in_threadpool(self._file, file, headers, scope)
        elif scope["path"].startswith(streamlit_internals.COMPONENTS):
            answer = Response("Not found", 404)  # Streamlit finds the frame under other spellings too
        elif _PAGE.fullmatch(scope["path"]):
            answer = await run_in_threadpool(self._page, headers, scope)
        elif streamlit_internals.OWN_PATHS.match(scope["path"]):
            await self.app(scope, receive, send)
            return
        else:
            answer = self._refuse(scope)
        await answer(scope, receive, send)

    def _page(self, headers: RequestHeaders, scope: Scope) -> Response:
        preview = self._describe(scope)
        if preview is None:
            return self._refuse(scope)
        page = add_preview(self._front, preview)
        packed = self._packer.pack_text(page.encode(), accepted(headers.get("accept-encoding", "")))
        answer = _answer(packed, headers, "text/html", REVALIDATE)
        answer.headers["Vary"] = "Accept-Encoding, Accept-Language"
        return answer

    def _file(self, file: File, headers: RequestHeaders, scope: Scope) -> Response:
        offered = accepted(headers.get("accept-encoding", ""))
        encodings = offered if packable(file.media_type) else offered[-1:]
        packed = self._packer.pack(file.path, encodings)
        return _answer(packed, headers, file.media_type, self._cache(file, scope))

    def _cache(self, file: File, scope: Scope) -> str:
        versions = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("v", [""])
        stamped = len(versions[0]) > 7 and self._packer.digest(file.path).startswith(versions[0])
        return IMMUTABLE if file.fingerprinted or stamped else REVALIDATE


def _answer(packed: Packed, request: RequestHeaders, media_type: str, cache: str) -> Response:
    headers = {"Cache-Control": cache, "ETag": packed.tag, "Vary": "Accept-Encoding"}
    if packed.tag in re.split(r"\s*,\s*", request.get("if-none-match", "").replace("W/", "")):
        return Response(status_code=304, headers=headers)
    if packed.encoding != "identity":
        headers["Content-Encoding"] = packed.encoding
    return Response(packed.body, headers=headers, media_type=media_type)


def known_files(root: Path) -> dict[str, File]:
    """Return address -> file for everything handed out from ``root`` and the installed packages."""
    files: dict[str, File] = {}
    for folder, prefix in streamlit_internals.served_folders():
        files |= _walk(folder, prefix, streamlit_internals.BUNDLE_FINGERPRINT)
    for font in streamlit_internals.latin_fonts(root):
        # asked for before the theme arrives; ours is the one that stays
        for url in filter(streamlit_internals.FIRST_FONT.fullmatch, files):
            files[url] = File(font, "font/woff2", fingerprinted=False)
    return files | _walk(root / "static", "/app/static", _FINGERPRINT)


def _walk(folder: Path, prefix: str, fingerprint: re.Pattern[str]) -> dict[str, File]:
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix != ".map":
            url = f"{prefix}/{path.relative_to(folder).as_posix()}"
            files[url] = File(path, _media_type(path), bool(fingerprint.search(url)))
    return files


def _media_type(path: Path) -> str:
    special = {
        ".geojson": "application/geo+json",
        ".js": "text/javascript",
        ".md": "text/markdown",
        ".woff2": "font/woff2",
    }
    guessed = special.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return guessed or "text/plain"


def main() -> int:
    """Pack every file the server hands out, so that no visitor waits for it."""
    paths = [file.path for file in known_files(ROOT).values() if packable(file.media_type)]
    before, after = pack_ahead(Packer(CACHE), paths)
    print(f"{len(paths)} files packed for the browser: {before / 1e6:.1f} to {after / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
