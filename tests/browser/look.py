"""Each page looked at once in each language, on a screen and on a phone: what many tests ask about."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from playwright.sync_api import BrowserContext, Frame, Page
from playwright.sync_api import TimeoutError as Late

from tests.browser.visit import LANGUAGES, PAGES, Visit

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The last are no part of WCAG: frames and embeds, no pages of their own, are not held to them."""
_FITS = """() => Math.max(document.documentElement.scrollWidth,
    document.querySelector('[data-testid=stMain]').scrollWidth) <= innerWidth"""
_SOON_MS = 10_000


@dataclass(frozen=True)
class Look:
    """What one page in one language showed, asked, and made the browser say.

    ``sent`` is all that a person or a script could read, in its frames and on the wire; ``faults`` is
    what axe finds, ``fits`` whether a screen of 390 pixels holds it without scrolling sideways.
    """

    sent: str
    errors: list[str]
    foreign: list[str]
    complaints: list[str]
    charts: int
    named_charts: int
    maps: int
    twins: int
    faults: list[str]
    fits: bool


Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
Looks = Callable[[str, str], Look]


@cache
def axe() -> str:
    """Return the script of the checker, from the package that brings it."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None
    assert found.origin is not None
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def findings(frame: Page | Frame, rules: list[str] = RULES) -> list[str]:
    """Return what axe finds in a document, a line for each kind of fault with where it is.

    The inside of a chart is a picture: its name and its twin are what is read.
    """
    frame.evaluate(axe())
    result = frame.evaluate(
        """rules => axe.run({exclude: [['.main-svg']]},
            {runOnly: {type: 'tag', values: rules}, iframes: false, resultTypes: ['violations']})""",
        rules,
    )
    return [
        f"{fault['id']} ({fault['impact']}): " + "; ".join(node["html"][:160] for node in fault["nodes"][:4])
        for fault in result["violations"]
    ]


def everything(visit: Visit) -> str:
    """Return all that a person or a script could read on the page, in its frames and on the wire."""
    documents = "\n".join(frame.content() for frame in visit.page.frames)
    return documents.replace("&nbsp;", "\u00a0") + visit.received()


def theme_of(path: str, lang: str) -> Theme:
    """Return light and dark by turns: every page and every language has both."""
    return "dark" if (PAGES.index(path) + LANGUAGES.index(lang)) % 2 else "light"


def look(context: BrowserContext, base: str, path: str, lang: str) -> Look:
    """Open a page in a tab of its own and note everything about it, every fold open, on two screens."""
    visit = Visit(context.new_page(), base)
    page = visit.page
    try:
        visit.listen()
        visit.open(path, lang=lang)
        sent = everything(visit)
        complaints, foreign = list(visit.complaints), visit.foreign()
        named = page.locator(
            "[data-testid=stPlotlyChart] [aria-label], [data-testid=stPlotlyChart][aria-label]"
        )
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        return Look(
            sent=sent,
            errors=page.locator('[data-testid="stException"], .sk-notice-error').all_inner_texts(),
            foreign=foreign,
            complaints=complaints,
            charts=page.locator(".js-plotly-plot").count(),
            named_charts=named.count(),
            maps=page.locator("iframe[title*='folium']").count(),
            twins=page.locator("details.sk-twin").count(),
            faults=findings(page) + [one for frame in page.frames[1:] for one in findings(frame, RULES[:-1])],
            fits=_fits_a_phone(page),
        )
    finally:
        page.close()


def _fits_a_phone(page: Page) -> bool:
    """Return whether the page soon fits a screen of 390 pixels; charts are drawn anew for it first."""
    page.set_viewport_size({"width": 390, "height": 844})
    try:
        page.wait_for_function(_FITS, timeout=_SOON_MS)
    except Late:
        return False
    return True
