"""What goes out over HTTP: packed files with cache headers, safe headers, closed doors.

Streamlit expects a proxy to pack and guard its answers. Without one a first visit costs seven
megabytes and any page may be framed by anyone; these two layers do what the proxy would do.
``python -m utils.delivery`` packs every file ahead of the first visitor.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import mimetypes
import re
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from markupsafe import escape
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers as RequestHeaders
from starlette.datastructures import MutableHeaders
from starlette.responses import Response

from utils.packing import Packed, Packer, accepted, pack_ahead, packable
from utils.text.locale import LANGUAGES, M_, language_of, translator

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ROOT: Final = Path(__file__).parents[1]
CACHE: Final = ROOT / ".cache" / "packed"
IMMUTABLE: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "no-cache"
CLOSED: Final = ("/_stcore/metrics", "/_stcore/agent")
"""Paths that nobody outside needs: how busy the server is, and driving the app by program."""

EMBEDS: Final = "/embed/"
_COMPONENT: Final = "/component/streamlit_folium.st_folium"
_FINGERPRINT: Final = re.compile(
    r"/vendor/[^/]+-\d+(\.\d+)+/|/(geo|js|fonts)/[^/]+[-.][0-9a-f]{8,}\.\w+$|-\d+(\.\d+)+\.woff2$"
)
_BUNDLE_FINGERPRINT: Final = re.compile(r"\.[0-9A-Za-z_-]{8}\.\w+$")
_PAGE: Final = re.compile(r"/[a-z][a-z_-]*|/")
_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_DOCUMENT: Final = re.compile(r"html|xml|pdf")
"""What a browser shows as a page of its own; a hundred scripts a visit need no policy each."""
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_PRELOADED_FONT: Final = re.compile(r"<link\s+rel=\"preload\"[^>]*as=\"font\"[^>]*>")
_SERVICE: Final = re.compile(r"<link\s+rel=\"service-desc\"[^>]*>")
_NO_SCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_NEEDS_SCRIPT: Final = M_("This page needs JavaScript.")
_LATIN_FONT: Final = "noto-sans-latin-[0-9]*.woff2"
_LANGUAGE_SCRIPT: Final = "language.js"
_DOWNLOADS_SCRIPT: Final = "downloads.js"
_FIRST_FONT: Final = re.compile(r"/static/media/SourceSansVF-Upright\..*\.woff2")
_ENGINE: Final = re.compile(r"/static/js/PlotlyChart\.[0-9A-Za-z_-]{8}\.js")
_EXPORTS: Final = re.compile(r"export\{([\w$, ]+)\};?\s*$")
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


@dataclass(frozen=True, slots=True)
class Preview:
    """What a page says of itself before any script runs: for readers' machines, search and shared links.

    ``image`` and ``address`` are whole addresses, ``""`` where the host is not known.
    """

    lang: str
    title: str
    description: str
    address: str
    image: str
    image_alt: str


Describe = Callable[["Scope"], Preview | None]
"""What a page that is asked for says of itself; ``None`` for no page of ours."""


def policy(path: str, host: str, scripts: Collection[str] = ()) -> str:
    """Return the Content-Security-Policy of the answer to ``path``.

    ``host`` lets the web socket in for browsers whose ``'self'`` leaves it out; ``scripts`` are the
    inline scripts that Streamlit's own page holds. The frame of the map runs the script that its
    library sends to it, so that frame alone may evaluate. Embeds, and nothing else, may stand in the
    pages of others; they run no script.
    """
    written = dict(_POLICY)
    if path.startswith("/component/"):
        written["script-src"] = "'self' 'unsafe-inline' 'unsafe-eval'"
    elif path.startswith(EMBEDS):
        written["script-src"] = "'none'"
        written["frame-ancestors"] = "*"
    else:
        written["script-src"] = " ".join(("'self'", *map(_script_hash, scripts)))
    if _HOST.fullmatch(host):
        written["connect-src"] = f"'self' ws://{host} wss://{host}"
    return "; ".join(f"{name} {value}" for name, value in written.items())


def _script_hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def same_origin(origin: str | None, host: str) -> bool:
    """Return whether a browser's ``Origin`` is the host it asks; programs send none and may pass."""
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()


class Guard:
    """Adds the safe headers to every answer and turns away what nobody outside needs.

    A web socket from another site is refused here: Streamlit would first ask an outside host for
    this machine's address. With ``hosts`` only these names are answered, so that no page from
    elsewhere can reach a private address under a name of its own. ``private`` answers are stored
    by no cache, files that never change excepted.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str] | None = None, private: bool = False) -> None:
        self.app = app
        self._hosts = hosts
        self._private = private
        self._scripts = tuple(_INLINE.findall(front_page(ROOT)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        asked = RequestHeaders(scope=scope)
        host = asked.get("host", "")
        known = self._hosts is None or (urlsplit(f"//{host}").hostname or "") in self._hosts
        if scope["type"] == "websocket":
            if known and same_origin(asked.get("origin"), host):
                await self.app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        path = scope["path"]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                if _DOCUMENT.search(headers.get("content-type", "text/html")):
                    headers.update(_HEADERS)
                    headers["Content-Security-Policy"] = policy(path, host, self._scripts)
                if self._private and "immutable" not in headers.get("cache-control", ""):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        if not known:
            await Response("Unknown host", 421)(scope, receive, with_headers)
        elif path.startswith(CLOSED):
            await Response("Not found", 404)(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes out as it is; ``fingerprinted``: its name changes with its content."""

    path: Path
    media_type: str
    fingerprinted: bool


class Delivery:
    """Hands out the known files of Streamlit, of the map component and of ``static/``, packed.

    Known are the files that were there at start; everything else goes on to Streamlit, and so do the
    paths ``answered`` by routes of the app.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        root: Path,
        packer: Packer,
        answered: Collection[str] = (),
        describe: Describe | None = None,
    ) -> None:
        self.app = app
        self._answered = frozenset(answered)
        self._describe = describe
        self._files = known_files(root)
        self._texts = {
            url: late_engine(file.path).encode()
            for url, file in self._files.items()
            if _ENGINE.fullmatch(url) and late_engine(file.path)
        }
        self._front = front_page(root)
        self._packer = packer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or scope["path"] in self._answered
        ):
            await self.app(scope, receive, send)
            return
        asked = RequestHeaders(scope=scope)
        file = self._files.get(scope["path"])
        text = self._texts.get(scope["path"])
        if text is not None and not scope.get("query_string"):
            packed = self._packer.pack_text(text, accepted(asked.get("accept-encoding", "")))
            answer = _answer(packed, asked, "text/javascript", REVALIDATE)
        elif file is not None:
            answer = await run_in_threadpool(self._file, file, asked, scope)
        elif _PAGE.fullmatch(scope["path"]):
            answer = await run_in_threadpool(self._page, asked, scope)
        else:
            await self.app(scope, receive, send)
            return
        await answer(scope, receive, send)

    def _page(self, asked: RequestHeaders, scope: Scope) -> Response:
        told = self._describe(scope) if self._describe else None
        page = introduced(self._front, told) if told else self._front
        packed = self._packer.pack_text(page.encode(), accepted(asked.get("accept-encoding", "")))
        answer = _answer(packed, asked, "text/html", REVALIDATE)
        answer.headers["Vary"] = "Accept-Encoding, Accept-Language"
        return answer

    def _file(self, file: File, asked: RequestHeaders, scope: Scope) -> Response:
        offered = accepted(asked.get("accept-encoding", ""))
        encodings = offered if packable(file.media_type) else offered[-1:]
        packed = self._packer.pack(file.path, encodings)
        return _answer(packed, asked, file.media_type, self._cache(file, scope))

    def _cache(self, file: File, scope: Scope) -> str:
        versions = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("v", [""])
        stamped = len(versions[0]) > 7 and self._packer.digest(file.path).startswith(versions[0])
        return IMMUTABLE if file.fingerprinted or stamped else REVALIDATE


def _answer(packed: Packed, asked: RequestHeaders, media_type: str, cache: str) -> Response:
    headers = {"Cache-Control": cache, "ETag": packed.tag, "Vary": "Accept-Encoding"}
    if packed.tag in re.split(r"\s*,\s*", asked.get("if-none-match", "").replace("W/", "")):
        return Response(status_code=304, headers=headers)
    if packed.encoding != "identity":
        headers["Content-Encoding"] = packed.encoding
    return Response(packed.body, headers=headers, media_type=media_type)


def late_engine(bundle: Path) -> str:
    """Return a module that stands before Streamlit's charts and loads them once the map is drawn.

    It is empty when the bundle does not end with its exports, and the bundle goes out as it is.
    """
    exports = _EXPORTS.search(bundle.read_text(encoding="utf-8"))
    if exports is None:
        return ""
    names = [pair.split(" as ")[-1].strip() for pair in exports[1].split(",")]
    lines = [
        f"export default engine.{name};" if name == "default" else f"export const {name} = engine.{name};"
        for name in names
    ]
    script = (ROOT / "utils" / "late.js").read_text(encoding="utf-8")
    return script.replace("ENGINE", f'"./{bundle.name}?engine"') + "\n".join(lines) + "\n"


def front_page(root: Path) -> str:
    """Return Streamlit's page under our name: our font first, and a word for readers without script."""
    page = (_package("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    fonts = "".join(
        f'<link rel="preload" as="font" type="font/woff2" crossorigin '
        f'href="./app/static/fonts/{path.name}" />'
        for path in sorted((root / "static" / "fonts").glob(_LATIN_FONT))
    )
    page = _COMMENT.sub("", page)
    page = _PRELOADED_FONT.sub(fonts, page)
    page = _SERVICE.sub("", page)
    page = _NO_SCRIPT.sub(f"<noscript>{_without_script()}</noscript>", page)
    return page.replace("<title>Streamlit</title>", "<title>Samaki</title>").lstrip()


def _without_script() -> str:
    """Return what a reader without script reads, in each language."""
    texts = {lang: translator(lang).msg(_NEEDS_SCRIPT) for lang in LANGUAGES}
    return "".join(f'<p lang="{lang}">{escape(text)}</p>' for lang, text in texts.items())


def introduced(page: str, told: Preview) -> str:
    """Return the front page with language, title, description and preview tags; all is escaped."""
    tags = [
        _meta("name", "description", told.description),
        _meta("property", "og:site_name", "Samaki"),
        _meta("property", "og:type", "website"),
        _meta("property", "og:title", told.title),
        _meta("property", "og:description", told.description),
        _meta("property", "og:locale", language_of(told.lang).locale),
        _meta("property", "og:url", told.address),
        _meta("property", "og:image", told.image),
        _meta("property", "og:image:width", "1200"),
        _meta("property", "og:image:height", "630"),
        _meta("property", "og:image:alt", told.image_alt),
        _meta("name", "twitter:card", "summary_large_image"),
        f'<script src="./app/static/js/{_LANGUAGE_SCRIPT}" data-languages="{" ".join(LANGUAGES)}"></script>',
        f'<script defer src="./app/static/js/{_DOWNLOADS_SCRIPT}"></script>',
    ]
    page = page.replace('<html lang="en">', f'<html lang="{escape(told.lang)}">', 1)
    return page.replace(
        "<title>Samaki</title>", f"<title>{escape(told.title)}</title>\n    " + "".join(tags), 1
    )


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}" />' if content else ""


def known_files(root: Path) -> dict[str, File]:
    """Return address -> file for everything handed out from ``root`` and the installed packages."""
    found = _walk(_package("streamlit") / "static" / "static", "/static", _BUNDLE_FINGERPRINT)
    for ours in (root / "static" / "fonts").glob(_LATIN_FONT):
        # asked for before the theme arrives; ours is the one that stays
        for url in filter(_FIRST_FONT.fullmatch, found):
            found[url] = File(ours, "font/woff2", fingerprinted=False)
    found |= _walk(root / "static", "/app/static", _FINGERPRINT)
    build = _package("streamlit_folium") / "frontend" / "build"
    return found | _walk(build, _COMPONENT, _BUNDLE_FINGERPRINT)


def _package(name: str) -> Path:
    """Return the folder of an installed package without importing it."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed", name=name)
    return Path(found.origin).parent


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
    wanted = [file.path for file in known_files(ROOT).values() if packable(file.media_type)]
    before, after = pack_ahead(Packer(CACHE), wanted)
    print(f"{len(wanted)} files packed for the browser: {before / 1e6:.1f} to {after / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
