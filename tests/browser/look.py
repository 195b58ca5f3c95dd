"""A page looked at once, on a screen of one width, in one language and theme: what many tests ask about."""

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
HEIGHTS = {390: 844, 1440: 900}
"""Height of a screen by its width: a phone and a desk."""
_FITS = """() => Math.max(document.documentElement.scrollWidth,
    document.querySelector('[data-testid=stMain]').scrollWidth) <= innerWidth"""
_UNSEEN_STOPS = """() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
    .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true})
        && !one.closest('[data-testid=stSkipToContent], .sk-table, .main-svg, [class*="st-key-wide-"]'))
    .filter(one => {
        const box = one.getBoundingClientRect();
        return box.right <= 0 || box.left >= innerWidth;
    })
    .map(one => one.outerHTML.slice(0, 160))"""
_OPEN_FOLDS = """() => document.querySelectorAll('details:not(.sk-menu, .sk-tool)')
    .forEach(one => { one.open = true; })"""
_SOON_MS = 10_000


@dataclass(frozen=True)
class Look:
    """What one view showed, asked, and made the browser say.

    ``sent`` is all that a person or a script could read, in its frames and on the wire; ``faults`` is
    what axe finds with every fold open, ``menu_faults`` what it finds with the menu open; ``fits`` whether
    the screen holds it without scrolling sideways; ``unseen`` are stops of the keyboard beside the screen.
    """

    title: str
    sent: str
    errors: list[str]
    foreign: list[str]
    complaints: list[str]
    charts: int
    named_charts: int
    maps: int
    twins: int
    faults: list[str]
    menu_faults: list[str]
    fits: bool
    unseen: list[str]


Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Sight:
    """A page as one visitor opens it; ``menu`` asks for axe with the open menu too."""

    path: str
    lang: str
    width: int
    theme: Theme
    menu: bool = False

    def __str__(self) -> str:
        """Return how a test names it."""
        return f"{self.path or 'overview'}-{self.lang}-{self.width}-{self.theme}" + "-menu" * self.menu


Looks = Callable[[Sight], Look]
MENUS = ("", "shelters", "privacy")
"""Pages whose menu is opened in the covering set."""
ENGLISH = ("", "displacement", "shelters", "relief", "donations", "solidarity", "sources", "giving")
"""Pages that the covering set opens in English at a desk: tests read figures and count drawings there."""
PHONE_ONLY = ("accessibility", "systems")
"""Pages of text that the covering set leaves out at a desk: it opens at most forty."""


def covering_set() -> list[Sight]:
    """Return each page on a phone and at a desk, in another language and the other theme on each."""
    sights = []
    for place, path in enumerate(PAGES):
        desk = 0 if path in ENGLISH else 1 + place % 2
        phone = (desk + 1 + place // 2 % 2) % len(LANGUAGES)
        dark, menu = place // 3 % 2, path in MENUS
        sights.append(Sight(path, LANGUAGES[phone], 390, THEMES[1 - dark], menu))
        if path not in PHONE_ONLY:
            sights.append(Sight(path, LANGUAGES[desk], 1440, THEMES[dark], menu))
    return sights


def full_matrix() -> list[Sight]:
    """Return each page in each language, width and theme, with the menu closed and open."""
    return [
        Sight(path, lang, width, theme, menu=True)
        for path in PAGES
        for lang in LANGUAGES
        for width in HEIGHTS
        for theme in THEMES
    ]


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


def look(context: BrowserContext, base: str, sight: Sight) -> Look:
    """Open a page in a tab of its own and note everything about it."""
    visit = Visit(context.new_page(), base)
    page = visit.page
    try:
        visit.listen()
        visit.open(sight.path, lang=sight.lang)
        sent = everything(visit)
        complaints, foreign = list(visit.complaints), visit.foreign()
        fits, unseen = _fits(page), page.evaluate(_UNSEEN_STOPS)
        menu_faults = _open_menu(page) if sight.menu else []
        named = page.locator(
            "[data-testid=stPlotlyChart] [aria-label], [data-testid=stPlotlyChart][aria-label]"
        )
        page.evaluate(_OPEN_FOLDS)
        return Look(
            title=page.title(),
            sent=sent,
            errors=page.locator('[data-testid="stException"], .sk-notice-error').all_inner_texts(),
            foreign=foreign,
            complaints=complaints,
            charts=page.locator(".js-plotly-plot").count(),
            named_charts=named.count(),
            maps=page.locator("iframe[title*='folium']").count(),
            twins=page.locator("details.sk-twin").count(),
            faults=findings(page) + [one for frame in page.frames[1:] for one in findings(frame, RULES[:-1])],
            menu_faults=menu_faults,
            fits=fits,
            unseen=unseen,
        )
    finally:
        page.close()


def _open_menu(page: Page) -> list[str]:
    """Return what axe finds with the menu open; it is closed again by the keyboard."""
    page.locator(".sk-menu > summary").click()
    found = findings(page)
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.querySelector('.sk-menu').open")
    return found


def _fits(page: Page) -> bool:
    """Return whether the page soon fits its screen; charts are drawn for it first."""
    try:
        page.wait_for_function(_FITS, timeout=_SOON_MS)
    except Late:
        return False
    return True
