"""One visitor in Chromium, with a log of every request, frame and complaint of the browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, WebSocket

from utils.product.sitemap import PATHS

PAGES = PATHS
LANGUAGES = ("en", "fr", "km")
_PATIENCE_MS = 60_000
_OWN_SCHEMES = ("data", "blob", "about")
_READY = """() => {
  const app = document.querySelector('.stApp');
  const frames = [...document.querySelectorAll('iframe[title*="folium"]')];
  const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  return app && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && document.querySelector('.sk-page-foot, [data-testid="stException"]')
    && frames.every(f => f.contentDocument
        && f.contentDocument.querySelector('.leaflet-container[data-samaki-ready]'))
    && charts.every(c => c.querySelector('.main-svg'))
    && !document.querySelector('[data-testid="stSkeleton"]');
}"""


@dataclass
class Visit:
    """A page of its own at ``base``, and what the browser asked and said."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)

    def open(self, path: str = "", *, lang: str = "en", query: str = "") -> Page:
        """Open a page of the app and wait until all of it is painted.

        A ``lang`` inside ``query`` leads.
        """
        words = [query] if "lang=" in query else [f"lang={lang}", query]
        self.page.goto(f"{self.base}/{path}?{'&'.join(filter(None, words))}")
        self.ready()
        return self.page

    def ready(self) -> None:
        """Wait until the script has finished and each map and chart is drawn."""
        self.page.wait_for_function(_READY, timeout=_PATIENCE_MS)

    def foreign(self) -> list[str]:
        """Return the requests that went to another host than ours."""
        own = urlsplit(self.base).netloc
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in _OWN_SCHEMES and urlsplit(url).netloc != own
        ]

    def received(self) -> str:
        """Return everything that came over the web socket, as text."""
        return b"\n".join(self.frames).decode("utf-8", errors="ignore")

    def listen(self) -> None:
        """Begin the log."""
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._complain)
        self.page.on("websocket", self._connect)

    def _complain(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def _connect(self, socket: WebSocket) -> None:
        self.requests.append(socket.url)
        socket.on("framereceived", self._receive)

    def _receive(self, frame: str | bytes) -> None:
        self.frames.append(frame if isinstance(frame, bytes) else frame.encode())


@contextmanager
def visiting(
    browser: Browser,
    base: str,
    *,
    width: int = 1440,
    height: int = 900,
    theme: Literal["light", "dark"] = "light",
    locale: str = "en-GB",
) -> Iterator[Visit]:
    """Give a visitor a context of its own, with an empty cache, closed when the block is left."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, locale=locale
    )
    visitor = Visit(context.new_page(), base)
    visitor.listen()
    try:
        yield visitor
    finally:
        context.close()
