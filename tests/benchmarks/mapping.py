"""The map alone: from a changed filter to the new points drawn, and the browser's heap over time."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import cast

from playwright.sync_api import Browser, Page

_CHANGE = """async turn => {
  const map = [...document.querySelectorAll('iframe')].map(f => f.contentDocument)
    .map(d => d && d.querySelector('.leaflet-container')).find(m => m);
  const before = map.dataset.samakiDraws, began = performance.now();
  document.querySelectorAll('[data-testid="stRadio"] input')[turn % 2].click();
  while (map.dataset.samakiDraws === before && performance.now() - began < 20000)
    await new Promise(requestAnimationFrame);
  return performance.now() - began;
}"""
_READY = """() => [...document.querySelectorAll('iframe')].some(f => f.contentDocument
  && f.contentDocument.querySelector('.leaflet-container[data-samaki-ready]'))"""
_IDLE = "() => document.querySelector('.stApp[data-test-script-state=\"notRunning\"]')"


@dataclass(frozen=True)
class Redraw:
    """Seconds until drawn (median and longest), and the heap in MB at the start and at the end."""

    middle: float
    longest: float
    heap_first: float
    heap_last: float


def redraws(browser: Browser, url: str, points: int, changes: int) -> Redraw:
    """Change the filter ``changes`` times on a map with ``points`` points."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    try:
        page.goto(f"{url}/?points={points}")
        page.wait_for_function(_READY, timeout=60_000)
        for turn in range(1, 11):
            _change(page, turn)
        first = _heap(page)
        times = [_change(page, turn) for turn in range(11, 11 + changes)]
        return Redraw(median(times), max(times), first, _heap(page))
    finally:
        page.close()


def _change(page: Page, turn: int) -> float:
    page.wait_for_function(_IDLE)
    return cast(float, page.evaluate(_CHANGE, turn)) / 1000


def _heap(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return cast(float, used) / 1e6
