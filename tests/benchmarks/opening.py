"""Opening a page in Chromium: when its figures can be read, its map is drawn, all is painted."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Literal, cast

from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as TooLate

from tests.benchmarks.link import Link
from utils.product.sitemap import Page as Wanted

_PATIENCE_MS = 60_000
_QUIET_MS = 800
_WATCH = """
(() => {
  if (window.top !== window) return;
  const maps = () => [...document.querySelectorAll('iframe[title*="folium"]')];
  const drawn = frame => frame.contentDocument
    && frame.contentDocument.querySelector('.leaflet-container[data-samaki-ready]');
  const done = () => document.querySelector(
    '.stApp[data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]');
  const charts = () => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  const tests = {
    figures: () => { const f = document.querySelector('[data-figure], table');
      return f && f.getClientRects().length && f.textContent.trim(); },
    map: () => maps().length && drawn(maps()[0]),
    painted: () => done() && document.querySelector('[data-figure], .stMarkdown, .stHtml')
      && maps().every(drawn) && charts().every(c => c.querySelector('.main-svg'))
      && !document.querySelector('[data-testid="stSkeleton"]'),
  };
  window.__seen = {};
  const look = () => {
    for (const name in tests) if (!(name in window.__seen) && tests[name]())
      window.__seen[name] = performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""


@dataclass(frozen=True)
class Opening:
    """Seconds from the start of the visit, and bytes over the wire; ``map`` is 0 without a map."""

    figures: float
    map: float
    painted: float
    bytes: int
    failed: tuple[str, ...] = ()


def new_page(browser: Browser, *, width: int = 1440, height: int = 900) -> Page:
    """Return a page of a visitor with an empty cache, watched from its first moment."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    context.add_init_script(_WATCH)
    return context.new_page()


def open_cold(browser: Browser, link: Link, path: str) -> Opening:
    """Open ``path`` as a first-time visitor and wait until everything is painted."""
    page = new_page(browser)
    try:
        return open_in(page, link, path)
    finally:
        page.context.close()


def open_in(page: Page, link: Link, path: str) -> Opening:
    """Open ``path`` in a page that may have files cached."""
    link.reset()
    failed: list[str] = []
    page.goto(link.url + path, wait_until="commit", timeout=_PATIENCE_MS)
    try:
        page.wait_for_function("() => 'painted' in window.__seen", timeout=_PATIENCE_MS)
    except TooLate:
        failed.append(f"{path} was not painted after {_PATIENCE_MS // 1000} s")
    _quiet(page, link)
    seen = cast(dict[str, float], page.evaluate("() => window.__seen"))
    if "figures" not in seen:
        failed.append(f"{path} shows no figure")
    read = {name: seen.get(name, 0.0) / 1000 for name in ("figures", "map", "painted")}
    return Opening(**read, bytes=link.down + link.up, failed=tuple(failed))


def next_page_bytes(browser: Browser, link: Link, path: str, wanted: Wanted) -> int:
    """Return the bytes of changing to another page from ``path`` by its link in the navigation."""
    page = new_page(browser)
    try:
        open_in(page, link, path)
        link.reset()
        if wanted.section:
            page.get_by_role("button", name=wanted.section.msgid, exact=True).click()
        role: Literal["link", "menuitem"] = "menuitem" if wanted.section else "link"
        page.get_by_role(role, name=wanted.title.msgid, exact=True).first.click()
        page.wait_for_url(f"**/{wanted.path}**")
        settle(page)
        _quiet(page, link)
        return link.down + link.up
    finally:
        page.context.close()


def settle(page: Page) -> None:
    """Wait until the page has run and nothing more is asked of the server."""
    page.wait_for_function(
        "() => document.querySelector('.stApp[data-test-script-state=\"notRunning\"]')"
        " && [...document.querySelectorAll('iframe[title*=\"folium\"]')].every("
        "f => f.contentDocument && f.contentDocument.querySelector('[data-samaki-ready]'))",
        timeout=_PATIENCE_MS,
    )


def _quiet(page: Page, link: Link) -> None:
    """Wait until nothing has come down the link for a while."""
    before = -1
    while link.down != before:
        before = link.down
        page.wait_for_timeout(_QUIET_MS)


def middle(openings: list[Opening]) -> Opening:
    """Return the median of each quantity over several openings."""
    return Opening(
        figures=median(one.figures for one in openings),
        map=median(one.map for one in openings),
        painted=median(one.painted for one in openings),
        bytes=int(median(one.bytes for one in openings)),
        failed=tuple(sorted({word for one in openings for word in one.failed})),
    )
